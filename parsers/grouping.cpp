#include "parsers/grouping.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "parsers/text.hpp"

namespace dengji {
namespace {

// A look at the page goes before the file's name from here on; below `weak` it says nothing.
constexpr double confident = 0.75, weak = 0.35;

using Targets = std::set<std::size_t>;  // indices of drafts

bool contains(const std::string& text, const std::string& part) {
  return !part.empty() && text.find(part) != std::string::npos;
}

Targets everything(const std::vector<Draft>& drafts) {
  Targets all;
  for (std::size_t i = 0; i < drafts.size(); ++i) all.insert(i);
  return all;
}

// Drafts whose key stands in `text`; of keys within one another the longest counts.
Targets named_in(const std::string& text, const std::vector<Draft>& drafts) {
  std::size_t longest = 0;
  Targets found;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const std::string& key = drafts[i].key;
    if (!contains(text, key) || key.size() < longest) continue;
    if (key.size() > longest) found.clear();
    longest = key.size();
    found.insert(i);
  }
  return found;
}

// A slip of the keyboard: one character in four, two in eight.
Targets nearly_named(const std::string& core, const std::vector<Draft>& drafts) {
  const std::u32string name = code_points(core);
  Targets found;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const std::u32string key = code_points(drafts[i].key);
    const std::size_t shorter = std::min(name.size(), key.size());
    if (shorter >= 4 && edit_distance(name, key) <= shorter / 4) found.insert(i);
  }
  return found.size() == 1 ? found : Targets{};
}

Targets of_registrant(const std::string& text, const std::vector<Draft>& drafts) {
  Targets found;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (contains(text, drafts[i].registrant)) found.insert(i);
  }
  return found;
}

// What was read on a page, as far as it tells drafts apart.
Targets shown_on(const PageHint& hint, const std::vector<Draft>& drafts) {
  if (hint.confidence < weak) return {};
  Targets found = named_in(fold_name(hint.platform), drafts);
  if (hint.platform.empty() || found.empty()) {
    found = of_registrant(fold_name(hint.registrant), drafts);
    if (hint.registrant.empty()) found.clear();
  }
  if (hint.form && found.size() != 1) {
    Targets same;
    for (const std::size_t i : found.empty() ? everything(drafts) : found) {
      const auto& form = drafts[i].submission.form;
      if (form && form->kind == *hint.form) same.insert(i);
    }
    if (same.size() == 1) return same;
  }
  return found;
}

// The drafts whose platform was read on a page beyond doubt.
Targets surely_on(const File& file, const std::vector<Draft>& drafts) {
  Targets found;
  for (const PageHint& hint : file.hints) {
    if (hint.confidence < confident || hint.platform.empty()) continue;
    const Targets one = named_in(fold_name(hint.platform), drafts);
    if (one.size() == 1) found.insert(one.begin(), one.end());
  }
  return found;
}

Targets targets_by_name(const File& file, const std::vector<Draft>& drafts) {
  if (Targets found = named_in(file.key, drafts); !found.empty()) return found;
  if (Targets found = nearly_named(file.core, drafts); !found.empty()) return found;
  if (Targets found = of_registrant(file.key, drafts); !found.empty()) return found;
  if (Targets found = named_in(fold_name(file.attachment->container), drafts); !found.empty()) {
    return found;
  }
  return {};
}

Role role_by_name(const File& file) {
  const ContentKind kind = file.content->kind;
  if (kind == ContentKind::commitment) return Role::commitment;
  if (kind == ContentKind::document || kind == ContentKind::unreadable) return Role::other;
  const FileType type = file.attachment->type;
  if (is_container(type) || file.attachment->problem) return Role::other;
  if (file.clues.role == Role::form) return Role::scan;  // a picture called 登记表
  if (file.clues.role) return *file.clues.role;
  return is_picture(type) ? Role::scan : Role::other;
}

// A role for each page: what was surely seen, else the file's name, else what was dimly seen, else
// what the page before it is.
std::vector<Role> roles_of(const File& file) {
  const bool named = file.clues.role.has_value() || !is_picture(file.attachment->type);
  std::vector<Role> roles;
  for (const PageHint& hint : file.hints) {
    const bool sure = hint.confidence >= confident && hint.role != Role::form;
    const bool dim = hint.confidence >= weak && hint.role != Role::other && !named;
    if (sure && (hint.role != Role::other || !named)) {
      roles.push_back(hint.role);
    } else if (dim) {
      roles.push_back(hint.role);
    } else {
      roles.push_back(roles.empty() ? role_by_name(file) : roles.back());
    }
  }
  if (roles.empty()) roles.push_back(role_by_name(file));
  return roles;
}

Role main_role(const std::vector<Role>& roles) {
  for (const Role role : {Role::scan, Role::certificate, Role::commitment, Role::form}) {
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
  Targets targets;  // empty: nothing tells
  std::vector<Targets> page_targets;
};

Placing place(File& file, const std::vector<Draft>& drafts) {
  Placing placing;
  placing.file = &file;
  placing.roles = roles_of(file);
  placing.role = main_role(placing.roles);
  Targets seen;
  for (const PageHint& hint : file.hints) {
    placing.page_targets.push_back(shown_on(hint, drafts));
    seen.insert(placing.page_targets.back().begin(), placing.page_targets.back().end());
  }
  placing.targets = targets_by_name(file, drafts);
  if (const Targets sure = surely_on(file, drafts); !sure.empty()) {
    placing.targets = sure;  // a file under another's name
  } else if (placing.targets.size() != 1 && !seen.empty()) {
    placing.targets = seen;
  }
  if (drafts.size() == 1) placing.targets = {0};
  return placing;
}

class Assigner {
 public:
  explicit Assigner(std::vector<Draft>& drafts) : drafts_(drafts) {}

  void add(const Placing& placing, std::size_t draft, bool shared, bool ambiguous) {
    Part part{placing.file->index, placing.role, {}, shared, ambiguous};
    std::vector<Role> pages = placing.roles;
    for (std::size_t p = 0; p < placing.page_targets.size(); ++p) {
      const Targets& targets = placing.page_targets[p];
      if (!targets.empty() && targets.count(draft) == 0) pages[p] = Role::other;
    }
    if (!of_one_kind(pages)) part.pages = pages;
    drafts_[draft].submission.parts.push_back(std::move(part));
    placing.file->used = true;
  }

  void add_to_all(const Placing& placing, const Targets& targets) {
    for (const std::size_t draft : targets) add(placing, draft, targets.size() > 1, false);
  }

  // Whether each page tells its own draft: one file with the scans of several platforms.
  static bool split_by_pages(const Placing& placing) {
    return std::any_of(placing.page_targets.begin(), placing.page_targets.end(),
                       [](const Targets& targets) { return targets.size() == 1; });
  }

  // Scans or letters that nothing ties to one draft go to the drafts that have none.
  void settle(const std::vector<Placing>& open, Role role) {
    std::map<Targets, std::vector<const Placing*>> groups;
    for (const Placing& placing : open) {
      if (placing.role == role) groups[placing.targets].push_back(&placing);
    }
    for (const auto& [targets, placings] : groups) settle(targets, placings, role);
  }

 private:
  void settle(const Targets& targets, const std::vector<const Placing*>& placings, Role role) {
    std::vector<std::size_t> lacking;
    for (const std::size_t draft : targets) {
      if (!drafts_[draft].has(role)) lacking.push_back(draft);
    }
    if (role == Role::commitment && placings.size() == 1 && lacking.size() != 1) {
      return add_to_all(*placings[0], targets);  // one letter for all platforms
    }
    if (lacking.empty()) lacking.assign(targets.begin(), targets.end());
    const bool clear = lacking.size() == 1;
    for (std::size_t i = 0; i < placings.size(); ++i) {
      add(*placings[i], lacking[std::min(i, lacking.size() - 1)], false, !clear);
    }
    // Fewer than are lacking: the last may belong to any of those left.
    for (std::size_t i = placings.size(); i < lacking.size(); ++i) {
      add(*placings.back(), lacking[i], false, true);
    }
  }

  std::vector<Draft>& drafts_;
};

}  // namespace

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
  Assigner assigner(drafts);
  std::vector<Placing> open;
  for (File& file : files) {
    if (file.used) continue;
    Placing placing = place(file, drafts);
    const bool several = placing.targets.size() != 1;
    if (placing.targets.empty()) placing.targets = everything(drafts);
    const bool shared = placing.role == Role::certificate || placing.role == Role::other ||
                        Assigner::split_by_pages(placing);
    if (several && !shared) {
      open.push_back(std::move(placing));
    } else {
      assigner.add_to_all(placing, placing.targets);
    }
  }
  assigner.settle(open, Role::scan);
  assigner.settle(open, Role::commitment);
  for (Draft& draft : drafts) {
    std::stable_sort(draft.submission.parts.begin(), draft.submission.parts.end(),
                     [](const Part& a, const Part& b) { return a.role < b.role; });
  }
}

}  // namespace dengji
