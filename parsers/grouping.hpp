// The inner vocabulary of group(): files with what is known of them, drafts of submissions, and the
// steps that tie one to the other. Private to submission.cpp.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "parsers/file_name.hpp"
#include "parsers/submission.hpp"

namespace dengji {

struct File {
  std::size_t index = 0;  // of the attachment
  const Attachment* attachment = nullptr;
  const Content* content = nullptr;
  std::vector<PageHint> hints;  // empty where it was not looked at
  NameClues clues;
  std::string key,
      core;           // fold_name of the stem and of clues.core; core "" where the name says none
  bool used = false;  // placed, or no part of any submission
};

struct Draft {
  Submission submission;
  std::string key;         // fold_name of the platform, "" unknown
  std::string registrant;  // fold_name of the registrant's name, "" unknown
  std::string container;   // the archive that its form came in, "" none
  std::string folder;      // and the folder within it, "" none

  void name(const std::string& platform);
  bool has(Role role) const;  // as a part, or as a page of one
};

using Targets = std::set<std::size_t>;  // indices of drafts

Targets every(const std::vector<Draft>& drafts);

// A look at a page goes before the file's name from here on; below `weak` it says nothing.
inline constexpr double confident = 0.75, weak = 0.35;

// The drafts that the file's name, its archive or its content tie it to; empty where nothing does.
Targets targets_of(const File& file, const std::vector<Draft>& drafts);

// The drafts that one page shows; empty where it does not tell.
Targets shown_on(const PageHint& hint, const std::vector<Draft>& drafts);

// The role of each page, at least one: what was surely seen, else what the file's name says, else
// what was dimly seen, else what the page before it is.
std::vector<Role> roles_of(const File& file);

// Gives each file that is not used to the drafts it belongs to. `drafts` is not empty.
void assign(std::vector<File>& files, std::vector<Draft>& drafts);

// `part` is not empty and stands in `text`.
bool stands_in(const std::string& part, const std::string& text);

}  // namespace dengji
