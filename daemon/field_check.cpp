#include "daemon/field_check.hpp"

#include <algorithm>
#include <array>

#include "daemon/calendar.hpp"
#include "parsers/message.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

using Fault = std::optional<std::string>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string digits_of(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), is_digit);
  return out;
}

// Cuts at whatever people put between two values of one cell.
std::vector<std::string> several(std::string_view folded) {
  static constexpr std::array<std::string_view, 8> cuts{"、", ";", ",", "\n", " ", "/", "或", "，"};
  std::vector<std::string> parts{""};
  for (std::size_t i = 0; i < folded.size();) {
    const auto cut = std::find_if(cuts.begin(), cuts.end(),
                                  [&](auto c) { return folded.substr(i).starts_with(c); });
    if (cut != cuts.end()) {
      parts.emplace_back();
      i += cut->size();
    } else {
      parts.back() += folded[i++];
    }
  }
  std::erase(parts, "");
  return parts;
}

// A Chinese mobile (11 digits, 1[3-9]), a landline (7-8 digits behind an area code or bare, perhaps
// with an extension), a service number (400/800 and 10 digits, or 3-5 digits such as 12345).
bool is_phone(std::string_view text) {
  auto digits = digits_of(text);
  if (digits.starts_with("86") && digits.size() > 11) digits.erase(0, 2);
  if (digits.size() == 11 && digits[0] == '1') return digits[1] >= '3';
  if (digits.starts_with("400") || digits.starts_with("800")) return digits.size() == 10;
  if (digits.starts_with('0')) return digits.size() >= 10 && digits.size() <= 17;
  if (digits.size() == 5) return digits[0] == '1' || digits[0] == '9';
  return digits.size() >= 7 && digits.size() <= 8;
}

Fault phone_fault(const std::string& value) {
  // Blanks and slashes are written inside numbers as well as between them, so the whole is tried
  // first.
  if (is_phone(value)) return {};
  const auto parts = several(value);
  const bool all = !parts.empty() && std::all_of(parts.begin(), parts.end(), is_phone);
  if (all) return {};
  return "不是完整的电话号码（手机应为11位，固定电话应为区号加7至8位号码）";
}

Fault email_fault(const std::string& value) {
  for (const auto& part : several(value)) {
    const auto dot = part.rfind('.');
    const bool right = is_addr_spec(part) && dot != std::string::npos && dot > part.find('@') &&
                       part.size() - dot > 2;
    if (!right) return "不是有效的电子邮箱地址（应类似 name@mail.example）";
  }
  return {};
}

bool is_host_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool is_host(std::string_view host) {
  if (host == "0.0.0.0" || host.find('.') == std::string_view::npos) return false;
  std::size_t label = 0;
  for (const char c : host) {
    if (c == '.') {
      if (label == 0) return false;
      label = 0;
    } else {
      if (!is_host_byte(c) || ++label > 63 * 4)
        return false;  // an IDN's label is counted in its bytes
    }
  }
  return true;
}

bool is_url(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://", "HTTP://", "HTTPS://"})
    if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
  if (const auto colon = text.find("://"); colon != std::string_view::npos) return false;
  auto host = text.substr(0, text.find_first_of("/?#"));
  host = host.substr(0, host.find(':'));
  if (host.ends_with('.')) host.remove_suffix(1);
  return is_host(host);
}

Fault url_fault(const std::string& value) {
  if (is_url(squeeze(value))) return {};
  // Some write words beside the address ("首页 www.x.example"): one right address is enough.
  std::string part;
  for (const char c : value + "\n") {
    const bool cut = c == '\n' || c == ' ' || c == ';' || c == ',';
    if (cut && is_url(part)) return {};
    part = cut ? "" : part + c;
  }
  return "不是有效的网址或域名";
}

Fault date_fault(const Field& field, std::string_view today) {
  const auto ahead = days_between(today, field.value);
  if (!field.understood || !ahead) return "不是存在的日期（请写成2018年8月20日或2018-08-20）";
  if (*ahead > 1) return "晚于收到邮件的日期";  // a day's grace: a clock may be set wrong
  return {};
}

Fault person_fault(const std::string& value) {
  for (const std::string_view style : {"先生", "女士", "小姐", "同志", "老师"})
    if (value.ends_with(style) && code_points(value).size() <= 4)
      return "请填写完整姓名，不要用称呼代替";
  return {};
}

Fault name_fault(const std::string& value) {
  const bool bare =
      value.starts_with("http://") || value.starts_with("https://") || value.starts_with("www.");
  return bare ? Fault("是一个网址，请填写平台的名称") : Fault{};
}

bool ends_with_name(std::string_view key) { return key.ends_with("_name"); }

}  // namespace

Fault field_fault(const FieldSpec& spec, const Field& field, std::string_view today) {
  const auto value = trim(fold_width(field.value));
  if (value == "无" && !spec.mandatory) return {};
  switch (spec.type) {
    case FieldType::phone:
      return phone_fault(value);
    case FieldType::email:
      return email_fault(value);
    case FieldType::url:
      return url_fault(value);
    case FieldType::date:
      return date_fault(field, today);
    case FieldType::choice:
      return spec.mandatory && value.find("、") != std::string::npos
                 ? Fault("选了不止一项，只能选一项")
                 : Fault{};
    case FieldType::text:
      if (spec.key == "manager_name" || spec.key == "legal_name") return person_fault(value);
      return ends_with_name(spec.key) ? name_fault(value) : Fault{};
    default:
      return {};  // numbers have a code of their own, see id_fault()
  }
}

Fault id_fault(std::string_view typed, std::optional<IdType> type, bool person) {
  const auto number = canonical_id(typed);
  if (person) type = IdType::citizen;
  if (!type) type = id_shape(number, false);
  const auto length = std::to_string(number.size());
  if (!type)
    return "共" + length +
           "位，不是统一社会信用代码（18位）、组织机构代码（9位）、营业执照注册号（15位）或身份证号"
           "（18位）";
  const auto check = check_id(*type, number);
  const auto place = "第" + std::to_string(check.position) + "位";
  switch (check.fault) {
    case IdFault::none:
      return {};
    case IdFault::length:
      return "位数不对，共" + length + "位";
    case IdFault::character:
      return place + "有不应出现的字符";
    case IdFault::area:
      return "开头的行政区划代码不存在";
    case IdFault::date:
      return "其中的出生日期不存在";
    case IdFault::check:
      return place + "应为" + check.expected + "，表中为" +
             number.substr(static_cast<std::size_t>(std::max(check.position, 1) - 1), 1);
  }
  return {};
}

}  // namespace dengji
