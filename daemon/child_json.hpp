// A line of JSON for each file that an operator names, made in the confined child: the frame of
// `dengji read` and `dengji see`.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/form_json.hpp"
#include "daemon/reader.hpp"

namespace dengji {

// Called once in the nursery; what it gives is called in a child a file, with the file's name and
// its bytes, and answers one JSON object; a NUL and other bytes may follow.
using FileReader =
    std::function<std::function<std::string(const std::string& name, std::string_view bytes)>()>;

// Takes the bytes after the NUL, which a child made that read hostile ones, and the line that will
// be printed of the file.
using Enclosed = std::function<void(Json& line, std::string_view bytes)>;

// Prints {"file": NAME, ...} a line, in the order given, "-" being standard input; "error" says why
// a file could not be read. The exit status.
int print_files(const std::vector<std::string>& files, const FileReader&, ReaderLimits,
                const Enclosed& = {});

}  // namespace dengji
