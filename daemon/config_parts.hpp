// The parts that load_config() is made of, a file each. Each notes its mistakes and goes on.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/config_reader.hpp"

namespace dengji {

// [postman] and [[office.mailbox]]: relative paths are relative to the configuration's folder,
// those of maildir: URLs to the state folder.
struct Folders {
  std::filesystem::path configuration, state;
};

// The file that `key` names as `name`, or systemd's credential of that name; "" of "". A mistake
// where it is absent or everybody may read it.
std::filesystem::path secret_path(const Section& section, const std::string& key,
                                  const std::string& name, const Folders& folders);

PostmanConfig read_postman(const Section& section, const Folders& folders);

// offices.toml. `postman` is that of offices without their own.
std::vector<OfficeConfig> read_offices(const std::filesystem::path& file, const Folders& folders,
                                       const PostmanConfig& postman, Mistakes& mistakes);

// forms/*.toml: one of each kind of form, and the commitment letter.
FormSpecs read_forms(const std::filesystem::path& folder, Mistakes& mistakes);

// letters/*.txt and letters/phrases.toml; `blanks` as the configuration lists them.
LetterTemplates read_letters(const std::filesystem::path& folder,
                             const std::vector<std::filesystem::path>& blanks, Mistakes& mistakes);

}  // namespace dengji
