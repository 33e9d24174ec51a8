#include "parsers/grouping.hpp"

#include <algorithm>
#include <map>

#include "parsers/text.hpp"

namespace dengji {
namespace {

Role main_role(const std::vector<Role>& roles) {
  for (const Role role : {Role::scan, Role::certificate, Role::commitment}) {
    if (std::find(roles.begin(), roles.end(), role) != roles.end()) return role;
  }
  return Role::other;
}

bool of_one_kind(const std::vector<Role>& roles) {
  return std::all_of(roles.begin(), roles.end(), [&](Role role) { return role == roles.front(); });
}

struct Placing {  // a file, what its pages are and which drafts it may belong to
  File* file = nullptr;
  std::vector<Role> roles;
  Role role = Role::other;
  Targets targets;                    // empty: nothing tells
  std::vector<Targets> page_targets;  // per page that was looked at
};

Placing place(File& file, const std::vector<Draft>& drafts) {
  Placing placing;
  placing.file = &file;
  placing.roles = roles_of(file);
  placing.role = main_role(placing.roles);
  placing.targets = targets_of(file, drafts);
  for (const PageHint& hint : file.hints) placing.page_targets.push_back(shown_on(hint, drafts));
  return placing;
}

// Whether pages tell their own drafts: one file with the scans of several platforms.
bool split_by_pages(const Placing& placing) {
  return std::any_of(placing.page_targets.begin(), placing.page_targets.end(),
                     [](const Targets& targets) { return targets.size() == 1; });
}

void add(const Placing& placing, Draft& draft, std::size_t index, bool shared, bool ambiguous) {
  Part part{placing.file->index, placing.role, {}, shared, ambiguous};
  std::vector<Role> pages = placing.roles;
  for (std::size_t p = 0; p < placing.page_targets.size(); ++p) {
    const Targets& targets = placing.page_targets[p];
    if (!targets.empty() && targets.count(index) == 0) pages[p] = Role::other;
  }
  if (!of_one_kind(pages)) part.pages = std::move(pages);
  draft.submission.parts.push_back(std::move(part));
  placing.file->used = true;
}

void add_to_all(const Placing& placing, const Targets& targets, std::vector<Draft>& drafts) {
  for (const std::size_t i : targets) add(placing, drafts[i], i, targets.size() > 1, false);
}

// Scans or letters that nothing ties to one draft go to those that have none, each to another one.
void settle(const Targets& targets, const std::vector<const Placing*>& placings, Role role,
            std::vector<Draft>& drafts) {
  std::vector<std::size_t> lacking;
  for (const std::size_t i : targets) {
    if (!drafts[i].has(role)) lacking.push_back(i);
  }
  if (role == Role::commitment && placings.size() == 1 && lacking.size() != 1) {
    return add_to_all(*placings[0], targets, drafts);  // one letter for all platforms
  }
  if (lacking.empty()) lacking.assign(targets.begin(), targets.end());
  const bool clear = lacking.size() == 1;
  for (std::size_t i = 0; i < placings.size(); ++i) {
    const std::size_t draft = lacking[std::min(i, lacking.size() - 1)];
    add(*placings[i], drafts[draft], draft, false, !clear);
  }
  // Fewer than are lacking: the last may belong to any of those left.
  for (std::size_t i = placings.size(); i < lacking.size(); ++i) {
    add(*placings.back(), drafts[lacking[i]], lacking[i], false, true);
  }
}

void settle_all(const std::vector<Placing>& open, Role role, std::vector<Draft>& drafts) {
  std::map<Targets, std::vector<const Placing*>> groups;
  for (const Placing& placing : open) {
    if (placing.role == role) groups[placing.targets].push_back(&placing);
  }
  for (const auto& [targets, placings] : groups) settle(targets, placings, role, drafts);
}

// A registrant's certificate serves each of its platforms, whichever it is named after.
void share_certificates(std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    if (draft.registrant.empty() || draft.has(Role::certificate)) continue;
    for (Draft& other : drafts) {
      if (&other == &draft || other.registrant != draft.registrant) continue;
      for (Part& part : other.submission.parts) {
        if (part.role != Role::certificate || part.shared) continue;
        draft.submission.parts.push_back({part.attachment, part.role, part.pages, true, false});
      }
    }
  }
}

void mark_shared(std::vector<Draft>& drafts) {
  std::map<std::size_t, int> uses;
  for (const Draft& draft : drafts) {
    for (const Part& part : draft.submission.parts) ++uses[part.attachment];
  }
  for (Draft& draft : drafts) {
    for (Part& part : draft.submission.parts) {
      if (part.role == Role::certificate) part.shared = uses[part.attachment] > 1;
    }
  }
}

}  // namespace

Targets every(const std::vector<Draft>& drafts) {
  Targets all;
  for (std::size_t i = 0; i < drafts.size(); ++i) all.insert(i);
  return all;
}

void Draft::name(const std::string& platform) {
  submission.platform = platform;
  key = platform.empty() ? "" : fold_name(platform);
}

bool Draft::has(Role role) const {
  return std::any_of(submission.parts.begin(), submission.parts.end(), [&](const Part& part) {
    return part.role == role ||
           std::find(part.pages.begin(), part.pages.end(), role) != part.pages.end();
  });
}

void assign(std::vector<File>& files, std::vector<Draft>& drafts) {
  std::vector<Placing> open;
  for (File& file : files) {
    if (file.used) continue;
    Placing placing = place(file, drafts);
    const bool one = placing.targets.size() == 1;
    if (placing.targets.empty()) placing.targets = every(drafts);
    const bool shared =
        placing.role == Role::certificate || placing.role == Role::other || split_by_pages(placing);
    if (one || shared) {
      add_to_all(placing, placing.targets, drafts);
    } else {
      open.push_back(std::move(placing));
    }
  }
  settle_all(open, Role::scan, drafts);
  settle_all(open, Role::commitment, drafts);
  share_certificates(drafts);
  mark_shared(drafts);
  for (Draft& draft : drafts) {
    std::stable_sort(draft.submission.parts.begin(), draft.submission.parts.end(),
                     [](const Part& a, const Part& b) { return a.role < b.role; });
  }
}

}  // namespace dengji
