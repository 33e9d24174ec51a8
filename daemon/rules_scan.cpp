// Rules about the scan of the stamped form: readable, of this form, sealed or signed.
#include <algorithm>
#include <array>
#include <cstdio>

#include "daemon/rules.hpp"

namespace dengji {
namespace {

// "（清晰度0.21，至少需0.32）"
std::string short_of(const char* measure, double is, double least, int decimals) {
  std::array<char, 128> text{};
  std::snprintf(text.data(), text.size(), "（%s%.*f，至少需%.*f）", measure, decimals, is, decimals,
                least);
  return text.data();
}

std::string why_not_readable(const Quality& q) {
  if (q.why == "resolution")
    return "图片太小" + short_of("文字高度像素数", q.text_height, least_print_height, 1) +
           "，文字无法辨认，请用不低于200dpi扫描，或靠近、对正后重新拍照";
  if (q.why == "blur")
    return "图片模糊" + short_of("清晰度", q.sharpness, least_sharpness, 2) +
           "，文字无法辨认，请重新扫描或对焦后拍照";
  if (q.why == "dark")
    return "图片太暗" + short_of("亮度", q.brightness, least_brightness, 3) +
           "，文字无法辨认，请在光线充足处重新拍照";
  if (q.why == "contrast")
    return "图片过淡" + short_of("对比度", q.contrast, least_contrast, 2) +
           "，文字无法辨认，请重新扫描";
  return "图片无法打开或没有内容，请重新扫描";
}

struct SealsSeen {
  std::vector<std::pair<RolePage, const Seal*>> sure;
  bool doubtful = false;
};

SealsSeen seals_on(const std::vector<RolePage>& pages) {
  SealsSeen seen;
  for (const auto& page : pages) {
    for (const auto& seal : page.facts->seals) {
      if (seal.red && seal.confidence >= surely_a_seal)
        seen.sure.emplace_back(page, &seal);
      else
        seen.doubtful = true;
    }
  }
  return seen;
}

void judge_name(const SealsSeen& seen, const Case& c, Findings& findings) {
  const auto with = [&](SealName name) {
    return std::find_if(seen.sure.begin(), seen.sure.end(),
                        [&](const auto& s) { return s.second->name == name; });
  };
  if (with(SealName::matches) != seen.sure.end()) return;
  if (const auto other = with(SealName::differs); other != seen.sure.end()) {
    findings.add("seal.mismatch", on(other->first),
                 "印章文字读作“" + other->second->text + "”，与登记表填写的“" + c.registrant->name +
                     "”不同");
  } else {
    findings.add("seal.unread", on(seen.sure.front().first), "有印章，但印文无法辨认");
  }
}

std::string what_differs(const Agreement& seen) {
  if (seen.form == false) return "表格种类";
  if (seen.platform == false) return "平台名称";
  if (seen.registrant == false) return "主办单位（主体）名称";
  if (seen.id_number == false) return "证件号码";
  return seen.manager_id == false ? "负责人身份证号码" : "";
}

bool any_ambiguous(const Case& c) {
  return std::any_of(c.submission.parts.begin(), c.submission.parts.end(),
                     [](const Part& part) { return part.ambiguous; });
}

}  // namespace

void scan_is_readable(const Case& c, Findings& findings) {
  const auto files = files_of(c, Role::scan);
  if (files.empty() && !excused(c, Role::scan))
    findings.add("scan.missing", {}, "没有收到盖章（签名）登记表的扫描件或照片");
  for (const auto* file : files) {
    if (file->problem && file->problem->why != Why::over_limit &&
        file->problem->why != Why::unsupported)
      findings.add("scan.unreadable", in(*file), "文件已损坏，无法打开，请重新扫描后发送");
    else if (!file->problem && file->pages.empty())  // a document in a scan's place
      findings.add("attachment.unsupported", in(*file),
                   "不是图片或扫描件，请发送盖章（签名）登记表的扫描件或照片");
  }
  const auto pages = pages_of(c, Role::scan);
  const bool any_readable = std::any_of(
      pages.begin(), pages.end(), [](const auto& page) { return page.facts->quality.readable; });
  for (const auto& page : pages) {
    const Quality& quality = page.facts->quality;
    const bool bare = quality.contrast == 0;  // as the back of a sheet is
    if (!quality.readable && !(bare && any_readable))
      findings.add("scan.unreadable", on(page), why_not_readable(quality));
  }
}

void scan_is_of_this_form(const Case& c, Findings& findings) {
  if (!c.submission.form) return;
  auto pages = pages_of(c, Role::scan);
  std::erase_if(pages, [](const auto& page) { return !page.facts->quality.readable; });
  for (const auto& page : pages) {
    const auto what = what_differs(*page.agreement);
    if (!what.empty())
      return findings.add("scan.mismatch", on(page), "扫描件上的" + what + "与电子登记表不同");
  }
  if (pages.empty() || any_ambiguous(c)) return;
  // Silence confirms nothing: the platform and its holder must have been read on some page.
  const auto confirmed = [&](const auto& says) {
    return std::any_of(pages.begin(), pages.end(),
                       [&](const auto& page) { return says(*page.agreement); });
  };
  if (!confirmed([](const Agreement& a) { return a.platform == true; })) {
    findings.add("scan.mismatch", on(pages.front()),
                 "扫描件上没有辨认出平台名称“" + c.submission.platform + "”");
  } else if (!confirmed([](const Agreement& a) {
               return a.registrant == true || a.id_number == true || a.manager_id == true;
             })) {
    findings.add("scan.mismatch", on(pages.front()), "扫描件上没有辨认出登记表填写的主体");
  }
}

void seal_is_right(const Case& c, Findings& findings) {
  if (!c.registrant || c.individual()) return;
  auto pages = pages_of(c, Role::scan);
  std::erase_if(pages, [](const auto& page) { return !page.facts->quality.readable; });
  if (pages.empty()) return;
  const auto seen = seals_on(pages);
  for (const auto& [page, seal] : seen.sure) {
    if (seal->pasted)
      findings.add("seal.copied", on(page), "印章像是粘贴上去的图片，不是盖在纸上的");
  }
  if (!seen.sure.empty()) return judge_name(seen, c, findings);
  const bool grey = std::any_of(pages.begin(), pages.end(),
                                [](const auto& page) { return page.facts->quality.monochrome; });
  if (grey)
    findings.add("seal.monochrome", on(pages.front()), "黑白复印件，看不出是否盖有红色印章");
  else if (seen.doubtful)
    findings.add("seal.unread", on(pages.front()), "似有印章，但过淡或不完整，无法辨认");
  else
    findings.add("seal.missing", on(pages.front()), "没有看到单位印章，请盖章后重新扫描");
}

void seal_is_its_own(const Case& c, Findings& findings) {
  for (const auto& seal : c.pressed)
    if (!seal.earlier.empty())
      findings.add("seal.copied", {seal.attachment, seal.page, ""},
                   "印章与其他主体登记材料上的印章是同一图像，需要核对纸质原件");
}

void person_signed(const Case& c, Findings& findings) {
  if (!c.individual()) return;
  const auto pages = pages_of(c, Role::scan);
  const auto says = [&](bool signed_) {
    return std::any_of(pages.begin(), pages.end(),
                       [&](const auto& page) { return page.facts->signature == signed_; });
  };
  const bool readable = std::any_of(pages.begin(), pages.end(),
                                    [](const auto& page) { return page.facts->quality.readable; });
  if (!readable || says(true)) return;
  findings.add("signature.missing", on(pages.front()),
               says(false) ? "签名处没有看到签名" : "看不清是否有签名");
}

}  // namespace dengji
