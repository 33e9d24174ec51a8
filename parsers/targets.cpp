#include <algorithm>
#include <array>

#include "parsers/grouping.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

// A platform of one character stands in many names by chance: then the whole core must be it.
bool names(const std::string& text, const std::string& core, const std::string& key) {
  return code_points(key).size() < 2 ? !key.empty() && core == key : stands_in(key, text);
}

// Drafts whose key stands in `text`; a key within another one's that stands there too does not
// count.
Targets named_in(const std::string& text, const std::string& core,
                 const std::vector<Draft>& drafts) {
  Targets found;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (names(text, core, drafts[i].key)) found.insert(i);
  }
  Targets outermost = found;
  for (const std::size_t i : found) {
    for (const std::size_t j : found) {
      const bool inner = drafts[i].key != drafts[j].key && stands_in(drafts[i].key, drafts[j].key);
      if (inner) outermost.erase(i);
    }
  }
  return outermost;
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
    if (stands_in(drafts[i].registrant, text)) found.insert(i);
  }
  return found;
}

// Drafts whose registrant is not known may share the certificate of any.
Targets with_unknown(Targets found, const std::vector<Draft>& drafts) {
  for (std::size_t i = 0; !found.empty() && i < drafts.size(); ++i) {
    if (drafts[i].registrant.empty()) found.insert(i);
  }
  return found;
}

Targets of_kind(const Targets& among, FormKind kind, const std::vector<Draft>& drafts) {
  Targets found;
  for (const std::size_t i : among) {
    const auto& form = drafts[i].submission.form;
    if (form && form->kind == kind) found.insert(i);
  }
  return found;
}

// "双清在线（公众号）": the name says which of two platforms of one name is meant.
Targets of_named_kind(const Targets& among, const std::string& text,
                      const std::vector<Draft>& drafts) {
  struct Word {
    const char* text;
    FormKind kind;
  };
  static constexpr std::array<Word, 10> words{{{"网站", FormKind::website},
                                               {"公众号", FormKind::account},
                                               {"帐号", FormKind::account},
                                               {"账号", FormKind::account},
                                               {"微信", FormKind::account},
                                               {"微博", FormKind::account},
                                               {"客户端", FormKind::account},
                                               {"论坛", FormKind::forum},
                                               {"社区", FormKind::forum},
                                               {"贴吧", FormKind::forum}}};
  for (const Word& word : words) {
    if (!stands_in(word.text, text)) continue;
    const Targets found = of_kind(among, word.kind, drafts);
    if (found.size() == 1) return found;
  }
  return among;
}

// Whether one folder is the other or lies in it.
bool along(const std::string& a, const std::string& b) {
  return (a + "/").starts_with(b + "/") || (b + "/").starts_with(a + "/");
}

// The drafts whose form lies in the file's folder, or above or below it.
Targets in_folder(const Attachment& file, const std::vector<Draft>& drafts) {
  Targets found;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (file.folder.empty() || drafts[i].folder.empty()) continue;
    if (drafts[i].container == file.container && along(drafts[i].folder, file.folder)) {
      found.insert(i);
    }
  }
  return found;
}

Targets in_container(const std::string& container, const std::vector<Draft>& drafts) {
  Targets found;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!container.empty() && drafts[i].container == container) found.insert(i);
  }
  return found;
}

// What the folder and the archive that it lies in are named after, or else have in them.
Targets by_place(const Attachment& file, const std::vector<Draft>& drafts) {
  if (file.container.empty()) return {};
  const Targets folder = in_folder(file, drafts);
  for (const std::string& place : {file.folder, file.container}) {
    const std::string key = place.empty() ? "" : fold_name(place);
    Targets named = named_in(key, "", drafts);
    if (named.empty()) named = of_registrant(key, drafts);
    if (!named.empty() && (named.size() == 1 || folder.empty())) return named;
    if (!folder.empty()) return folder;
  }
  return in_container(file.container, drafts);
}

Targets by_name(const File& file, const std::vector<Draft>& drafts) {
  const Targets registrant = of_registrant(file.key, drafts);
  Targets platform = named_in(file.key, file.core, drafts);
  // "双清中学营业执照" is the registrant's, though a platform is called 双清.
  const bool within = std::all_of(platform.begin(), platform.end(), [&](std::size_t i) {
    return std::any_of(registrant.begin(), registrant.end(), [&](std::size_t r) {
      return drafts[r].registrant != drafts[i].key &&
             stands_in(drafts[i].key, drafts[r].registrant);
    });
  });
  if (!registrant.empty() && within) platform.clear();
  if (platform.size() > 1) platform = of_named_kind(platform, file.key, drafts);
  if (!platform.empty()) return platform;
  if (Targets near = nearly_named(file.core, drafts); !near.empty()) return near;
  if (!registrant.empty()) return registrant;
  return by_place(*file.attachment, drafts);
}

// The drafts whose platform was read on a page beyond doubt.
Targets surely_on(const File& file, const std::vector<Draft>& drafts) {
  Targets found;
  for (const PageHint& hint : file.hints) {
    if (hint.confidence < confident || hint.platform.empty()) continue;
    const Targets one = named_in(fold_name(hint.platform), "", drafts);
    if (one.size() == 1) found.insert(one.begin(), one.end());
  }
  return found;
}

}  // namespace

bool stands_in(const std::string& part, const std::string& text) {
  return !part.empty() && text.find(part) != std::string::npos;
}

Targets shown_on(const PageHint& hint, const std::vector<Draft>& drafts) {
  if (hint.confidence < weak) return {};
  Targets found;
  if (!hint.platform.empty()) found = named_in(fold_name(hint.platform), "", drafts);
  if (found.empty() && !hint.registrant.empty()) {
    found = with_unknown(of_registrant(fold_name(hint.registrant), drafts), drafts);
  }
  if (hint.form && found.size() != 1) {
    const Targets same = of_kind(found.empty() ? every(drafts) : found, *hint.form, drafts);
    if (same.size() == 1) return same;
  }
  return found;
}

Targets targets_of(const File& file, const std::vector<Draft>& drafts) {
  if (drafts.size() == 1) return {0};
  if (Targets sure = surely_on(file, drafts); !sure.empty()) return sure;
  Targets named = by_name(file, drafts);
  if (named.size() == 1) return named;
  Targets seen;
  for (const PageHint& hint : file.hints) {
    const Targets shown = shown_on(hint, drafts);
    seen.insert(shown.begin(), shown.end());
  }
  return seen.empty() ? named : seen;
}

}  // namespace dengji
