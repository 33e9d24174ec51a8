#include "parsers/file_name.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "parsers/attachment.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t longest_name = 200;  // characters; what is behind says nothing more

struct Word {
  std::u32string_view text;
  std::optional<Role> role = std::nullopt;
};

constexpr auto commitment = Role::commitment;
constexpr auto certificate = Role::certificate;
constexpr auto scan = Role::scan;
constexpr auto form = Role::form;

// What people put behind or before a name, the longer before what it contains.
constexpr std::array<Word, 96> words{{
    {U"依法办网承诺书", commitment},
    {U"承诺书", commitment},
    {U"承诺函", commitment},
    {U"责任承诺", commitment},
    {U"承诺", commitment},
    {U"责任书", commitment},
    {U"保证书", commitment},
    {U"统一社会信用代码证书", certificate},
    {U"统一社会信用代码证照", certificate},
    {U"统一社会信用代码证", certificate},
    {U"统一社会信用代码", certificate},
    {U"社会信用代码证书", certificate},
    {U"社会信用代码", certificate},
    {U"信用代码证书", certificate},
    {U"信用代码证", certificate},
    {U"信用代码", certificate},
    {U"组织机构代码证书", certificate},
    {U"组织机构代码证", certificate},
    {U"组织机构代码", certificate},
    {U"机构代码证", certificate},
    {U"代码证书", certificate},
    {U"代码证", certificate},
    {U"工商营业执照", certificate},
    {U"企业营业执照", certificate},
    {U"营业执照", certificate},
    {U"执照", certificate},
    {U"居民身份证", certificate},
    {U"身份证明", certificate},
    {U"身份证", certificate},
    {U"社会团体法人登记证书", certificate},
    {U"社会团体登记证书", certificate},
    {U"社会组织登记证书", certificate},
    {U"社团登记证书", certificate},
    {U"民办非企业单位登记证书", certificate},
    {U"事业单位法人证书", certificate},
    {U"法人登记证书", certificate},
    {U"法人证书", certificate},
    {U"登记证书", certificate},
    {U"登记证", certificate},
    {U"资质证书", certificate},
    {U"证书", certificate},
    {U"证件", certificate},
    {U"证照", certificate},
    {U"盖章扫描件", scan},
    {U"盖章登记表", scan},
    {U"扫描件", scan},
    {U"扫描版", scan},
    {U"扫描", scan},
    {U"盖章件", scan},
    {U"盖章版", scan},
    {U"已盖章", scan},
    {U"盖章", scan},
    {U"签章", scan},
    {U"签字", scan},
    {U"签名", scan},
    {U"照片", scan},
    {U"图片", scan},
    {U"拍照", scan},
    {U"纸质版", scan},
    {U"纸质件", scan},
    {U"纸质", scan},
    {U"调查登记表", form},
    {U"登记备案表", form},
    {U"登记表格", form},
    {U"登记表", form},
    {U"备案表", form},
    {U"申请表", form},
    {U"调查表", form},
    {U"信息表", form},
    {U"表格", form},
    {U"复印件"},
    {U"复印"},
    {U"原件"},
    {U"正反面"},
    {U"正面"},
    {U"反面"},
    {U"背面"},
    {U"副本"},
    {U"正本"},
    {U"电子版"},
    {U"电子档"},
    {U"word版"},
    {U"word"},
    {U"pdf"},
    {U"填写好"},
    {U"填好"},
    {U"已填"},
    {U"最终版"},
    {U"最终"},
    {U"终稿"},
    {U"定稿"},
    {U"修改版"},
    {U"新版"},
    {U"登记材料"},
    {U"材料"},
    {U"资料"},
}};
constexpr std::array<Word, 14> copies{{{U"修改"},
                                       {U"附件"},
                                       {U"文件"},
                                       {U"复件"},
                                       {U"copy"},
                                       {U"备案"},
                                       {U"登记"},
                                       {U"报送"},
                                       {U"关于"},
                                       {U"上报"},
                                       {U"提交"},
                                       {U"全套"},
                                       {U"申报"},
                                       {U"的"}}};

// A name of nothing but these says nothing of whose it is.
constexpr std::array<std::u32string_view, 29> common{
    U"移动客户端", U"互联网", U"公众号", U"客户端", U"网站", U"网络", U"平台", U"帐号",
    U"账号",       U"论坛",   U"社区",   U"贴吧",   U"调查", U"登记", U"备案", U"信息",
    U"材料",       U"资料",   U"报送",   U"关于",   U"咨询", U"事宜", U"申请", U"附件",
    U"新媒体",     U"请查收", U"及",     U"和",     U"表"};

// Starts of names that cameras, scanners and chat programs give, folded.
constexpr std::array<std::u32string_view, 32> cameras{
    U"微信图片", U"微信截图",  U"qq图片", U"qq截图", U"扫描全能王", U"屏幕截图",   U"屏幕快照",
    U"新建文档", U"新文档",    U"未命名", U"无标题", U"mmexport",   U"screenshot", U"camscanner",
    U"untitled", U"wx_camera", U"mvimg",  U"image",  U"photo",      U"scan",       U"img",
    U"dsc",      U"dcim",      U"pic",    U"burst",  U"hp",         U"doc",        U"cam",
    U"照片",     U"图片",      U"扫描",   U"文档"};

bool is_separator(char32_t c) {
  constexpr std::u32string_view marks = U" \t\n-_—–~～.,、:;+&|=·!@#";
  return marks.find(c) != marks.npos;
}
bool is_open(char32_t c) { return c == U'(' || c == U'[' || c == U'【' || c == U'{' || c == U'〔'; }
bool is_close(char32_t c) {
  return c == U')' || c == U']' || c == U'】' || c == U'}' || c == U'〕';
}
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// A name in two equally long spellings: as written, and folded for comparison (width, case,
// traditional characters), character by character.
struct Spelling {
  std::u32string written, folded;

  explicit Spelling(std::string_view name) : written(code_points(name)) {
    if (written.size() > longest_name) written.resize(longest_name);
    for (const char32_t c : written) {
      const std::u32string_view one(&c, 1);
      std::u32string key = code_points(fold_width(from_code_points(one)));
      if (key.size() == 1 && key[0] > U'\u007F') {
        key = code_points(fold_name(from_code_points(key)));
      } else if (key.size() == 1 && key[0] >= U'A' && key[0] <= U'Z') {
        key[0] += U'a' - U'A';
      }
      folded += key.size() == 1 ? key[0] : c;
    }
  }
  bool empty() const { return folded.empty(); }
  std::size_t size() const { return folded.size(); }
  void erase(std::size_t at, std::size_t count) {
    written.erase(at, count);
    folded.erase(at, count);
  }
  void keep(std::size_t at, std::size_t count) {
    written = written.substr(at, count);
    folded = folded.substr(at, count);
  }
};

bool strip_separators(Spelling& name) {
  const std::size_t before = name.size();
  while (!name.empty() && is_separator(name.folded.back())) name.erase(name.size() - 1, 1);
  while (!name.empty() && is_separator(name.folded.front())) name.erase(0, 1);
  return name.size() != before;
}

// "附件1：", "附件一", "01-", "1、" in front.
bool strip_number(Spelling& name) {
  constexpr std::u32string_view numerals = U"0123456789一二三四五六七八九十";
  const bool annex = name.folded.starts_with(U"附件");
  const bool short_annex = !annex && name.folded.starts_with(U"附");
  const std::size_t from = annex ? 2 : short_annex ? 1 : 0;
  std::size_t end = from;
  while (end < name.size() && end < from + 3 && numerals.find(name.folded[end]) != numerals.npos) {
    ++end;
  }
  const bool ended =
      end < name.size() && (is_separator(name.folded[end]) || is_close(name.folded[end]));
  if (!annex && !(ended && end > from && end <= from + 2)) return false;
  if (end == name.size() && end == from && !annex) return false;
  name.erase(0, end + (ended ? 1 : 0));
  return true;
}

void note(std::optional<Role>& role, std::optional<Role> found) {
  // 登记表盖章 is a scan and 登记表承诺书 a letter: whatever says more than "form".
  if (found && (!role || *role == Role::form || (*role == Role::scan && *found != Role::form))) {
    role = found;
  }
}

bool strip_words(Spelling& name, std::span<const Word> list, std::optional<Role>& role) {
  for (const Word& word : list) {
    const std::size_t length = word.text.size();
    if (name.folded.ends_with(word.text)) {
      name.erase(name.size() - length, length);
    } else if (name.folded.starts_with(word.text) && name.size() > length &&
               (is_separator(name.folded[length]) || is_open(name.folded[length]))) {
      name.erase(0, length);
    } else {
      continue;
    }
    note(role, word.role);
    return true;
  }
  return false;
}

std::optional<Role> role_in(std::u32string_view text) {
  std::optional<Role> role;
  for (const Word& word : words) {
    if (text.find(word.text) != text.npos) note(role, word.role);
  }
  return role;
}

// A bracket at either end: hints and copy numbers go, other content is kept as `bracket`.
bool strip_bracket(Spelling& name, NameClues& clues) {
  if (name.size() < 2) return false;
  std::size_t at = 0, count = 0;
  int depth = 0;
  if (is_close(name.folded.back())) {
    at = name.size();
    do {
      --at;
      depth += is_close(name.folded[at]) ? 1 : is_open(name.folded[at]) ? -1 : 0;
    } while (at > 0 && depth > 0);
    count = name.size() - at;
  } else if (is_open(name.folded.front())) {
    do {
      depth += is_open(name.folded[count]) ? 1 : is_close(name.folded[count]) ? -1 : 0;
      ++count;
    } while (count < name.size() && depth > 0);
  }
  if (count < 2 || depth != 0) return false;
  if (count == name.size()) {
    name.keep(1, name.size() - 2);
    return true;
  }
  const std::u32string inner = name.folded.substr(at + 1, count - 2);
  const auto role = role_in(inner);
  note(clues.role, role);
  if (!role && !std::all_of(inner.begin(), inner.end(), is_digit)) {
    clues.bracket = from_code_points(name.written.substr(at + 1, count - 2));
  }
  name.erase(at, count);
  return true;
}

bool is_camera(const Spelling& name) {
  std::u32string_view rest = name.folded;
  for (const std::u32string_view start : cameras) {
    if (!rest.starts_with(start)) continue;
    rest.remove_prefix(start.size());
    break;
  }
  // What is left is a date, a counter, a digest: digits, and letters only as of hexadecimal or
  // VID20.
  const auto digits = std::count_if(rest.begin(), rest.end(), is_digit);
  const bool plain = std::all_of(rest.begin(), rest.end(), [](char32_t c) {
    return is_digit(c) || is_separator(c) || is_open(c) || is_close(c) || (c >= U'a' && c <= U'z');
  });
  if (!plain) return false;
  const auto letters =
      std::count_if(rest.begin(), rest.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; });
  if (rest.size() == name.size()) return digits >= 6 && digits * 2 >= letters;
  return letters == 0 || digits >= 4;
}

bool is_common(std::u32string_view text, bool region_too) {
  std::u32string rest(text);
  for (const std::u32string_view word : common) {
    for (std::size_t at; (at = rest.find(word)) != rest.npos;) rest.erase(at, word.size());
  }
  std::erase_if(rest, [](char32_t c) { return is_separator(c) || is_open(c) || is_close(c); });
  if (rest.empty() || std::all_of(rest.begin(), rest.end(), is_digit)) return true;
  const char32_t last = rest.back();
  return region_too && rest.size() <= 8 && (last == U'市' || last == U'县' || last == U'区');
}

NameClues clues_of(Spelling name) {
  NameClues clues;
  clues.camera = is_camera(name);
  if (clues.camera) return clues;
  clues.role = role_in(name.folded);
  const std::u32string_view whole = name.folded;
  const bool form_words = clues.role.has_value() || whole.find(U"登记") != whole.npos;
  while (strip_separators(name) || strip_number(name) || strip_words(name, words, clues.role) ||
         strip_words(name, copies, clues.role) || strip_bracket(name, clues)) {
  }
  if (!is_common(name.folded, form_words)) clues.core = trim(from_code_points(name.written));
  return clues;
}

}  // namespace

// stem() knows the usual extensions; whatever else looks like one goes too.
NameClues read_file_name(std::string_view name) {
  std::string bare = stem(name);
  const std::size_t dot = bare.rfind('.');
  if (dot != std::string::npos && dot > 0 && bare.size() - dot >= 3 && bare.size() - dot <= 6 &&
      std::all_of(bare.begin() + static_cast<std::ptrdiff_t>(dot) + 1, bare.end(),
                  [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); })) {
    bare.resize(dot);
  }
  return clues_of(Spelling(bare));
}

NameClues read_subject(std::string_view subject) {
  Spelling name(subject);
  constexpr std::array<std::u32string_view, 8> prefixes{U"re:",   U"fw:",   U"fwd:", U"回复:",
                                                        U"答复:", U"转发:", U"转发", U"回复"};
  bool again = true;
  while (again) {
    strip_separators(name);
    again = std::any_of(prefixes.begin(), prefixes.end(), [&](std::u32string_view prefix) {
      const bool found = name.folded.starts_with(prefix);
      if (found) name.erase(0, prefix.size());
      return found;
    });
  }
  // "双清社区等2个平台": the first of several.
  const std::size_t more = name.folded.rfind(U'等');
  if (more != std::u32string::npos && more > 0 && more + 1 < name.size() &&
      is_digit(name.folded[more + 1])) {
    name.keep(0, more);
  }
  return clues_of(name);
}

bool like_organisation(std::string_view name) {
  static constexpr std::array<std::string_view, 30> tails{
      "公司", "局",     "委",     "委员会", "办公室", "政府", "学校",   "中学", "小学",   "大学",
      "学院", "医院",   "法院",   "检察院", "中心",   "协会", "研究会", "学会", "商会",   "联合会",
      "集团", "合作社", "工作室", "事务所", "基金会", "总站", "工厂",   "厂",   "幼儿园", "支队"};
  const std::string text = trim(name);
  return std::any_of(tails.begin(), tails.end(),
                     [&](std::string_view tail) { return text.ends_with(tail); });
}

}  // namespace dengji
