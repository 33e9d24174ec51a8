// The inner vocabulary of group(): files with what is known of them, drafts of submissions, and the
// step that gives each remaining file to its submissions. Private to submission.cpp and its tests.
#pragma once
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
  std::string key, core;  // fold_name of the stem and of clues.core
  bool used = false;      // placed, or no part of any submission
};

struct Draft {
  Submission submission;
  std::string key;         // fold_name of the platform, "" unknown
  std::string registrant;  // fold_name of the registrant's name, "" unknown

  void name(const std::string& platform);
  bool has(Role role) const;  // as a part, or as a page of one
};

// Gives each file that is not used to the drafts it belongs to. `drafts` is not empty.
void assign(std::vector<File>& files, std::vector<Draft>& drafts);

}  // namespace dengji
