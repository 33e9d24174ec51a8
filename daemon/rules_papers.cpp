// Rules about the papers beside the form: the certificate and the commitment letter.
#include <algorithm>
#include <array>

#include "daemon/calendar.hpp"
#include "daemon/rules.hpp"

namespace dengji {
namespace {

constexpr double surely_this_kind = 0.6;  // of a certificate, before it is called the wrong one

bool serves(CertificateKind kind, RegistrantClass klass) {
  using K = CertificateKind;
  static constexpr std::array government{K::uscc_certificate, K::orgcode_certificate,
                                         K::social_organisation};
  static constexpr std::array organisation{K::business_licence, K::uscc_certificate,
                                           K::social_organisation};
  const auto among = [kind](const auto& kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  if (klass == RegistrantClass::government) return among(government);
  if (klass == RegistrantClass::organisation) return among(organisation);
  return kind == K::id_card;
}

std::string wanted(RegistrantClass klass) {
  if (klass == RegistrantClass::government) return "组织机构代码证或统一社会信用代码证书";
  if (klass == RegistrantClass::organisation)
    return "营业执照、统一社会信用代码证照或社会组织登记证书";
  return "身份证";
}

// True when some page is of a kind that serves; a page whose kind is not sure counts as one.
bool right_kind(const std::vector<RolePage>& pages, const Case& c, Findings& findings) {
  const RolePage* wrong = nullptr;
  for (const auto& page : pages) {
    const bool sure = page.facts->certificate != CertificateKind::none &&
                      page.facts->kind_confidence >= surely_this_kind;
    if (!sure || serves(page.facts->certificate, c.registrant->klass)) return true;
    wrong = &page;
  }
  if (wrong != nullptr)
    findings.add("certificate.wrong", on(*wrong),
                 "这不是所需的证件，请发送" + wanted(c.registrant->klass) + "的复印件");
  return wrong == nullptr;
}

void number_agrees(const std::vector<RolePage>& pages, const Case& c, Findings& findings) {
  if (c.registrant->id_number.empty()) return;
  const auto says = [&](bool equal) {
    return std::find_if(pages.begin(), pages.end(),
                        [&](const auto& page) { return page.agreement->id_number == equal; });
  };
  if (says(true) != pages.end()) return;
  if (const auto other = says(false); other != pages.end()) {
    Findings::Where where = on(*other);
    where.field = "id_number";
    findings.add("id.mismatch", where, "证件上的号码与登记表填写的证件号码不同");
    return;
  }
  const auto* file = files_of(c, Role::certificate).front();
  findings.add("id.unread",
               {file->name, pages.empty() ? 0 : pages.front().facts->page, "id_number"},
               "证件上的号码无法辨认");
}

void still_valid(const std::vector<RolePage>& pages, const Case& c, Findings& findings) {
  for (const auto& page : pages) {
    const auto over = days_between(page.facts->valid_until, c.today);
    if (over && *over > 0)
      findings.add("certificate.expired", on(page),
                   "证件有效期至" + page.facts->valid_until + "，已经过期");
  }
}

bool letter_is_marked(const RolePage& page, const Case& c) {
  if (page.facts->signature == true && c.individual()) return true;
  // Beside a certificate on the same picture only a seal that names the registrant is the letter's.
  const bool beside = page.facts->certificate != CertificateKind::none;
  return std::any_of(page.facts->seals.begin(), page.facts->seals.end(), [&](const Seal& seal) {
    return seal.shape != SealShape::square && (seal.confidence >= surely_a_seal || !seal.red) &&
           (!beside || seal.name == SealName::matches);
  });
}

}  // namespace

void certificate_is_right(const Case& c, Findings& findings) {
  if (!c.registrant) return;
  const auto files = files_of(c, Role::certificate);
  if (files.empty()) {
    if (!excused(c, Role::certificate))
      findings.add("certificate.missing", {},
                   "没有收到" + wanted(c.registrant->klass) + "的复印件");
    return;
  }
  const auto pages = pages_of(c, Role::certificate);
  if (!right_kind(pages, c, findings)) return;
  number_agrees(pages, c, findings);
  still_valid(pages, c, findings);
}

void commitment_is_there(const Case& c, Findings& findings) {
  if (files_of(c, Role::commitment).empty()) {
    if (excused(c, Role::commitment) || c.submission.form_state == FormState::missing) return;
    const auto* detail = "没有收到依法办网承诺书";
    if (c.is(FormKind::website))
      findings.add("commitment.missing", {}, detail);
    else
      findings.note("commitment.missing", {}, detail);
    return;
  }
  auto pages = pages_of(c, Role::commitment);
  if (!c.registrant) return;
  const bool marked = std::any_of(pages.begin(), pages.end(),
                                  [&](const auto& page) { return letter_is_marked(page, c); });
  if (marked) return;
  if (pages.empty()) {
    findings.add("commitment.unsealed", in(*files_of(c, Role::commitment).front()),
                 "承诺书不是扫描件，看不到盖章或签名");
  } else {
    findings.add("commitment.unsealed", on(pages.front()), "承诺书上没有看到盖章或签名");
  }
}

}  // namespace dengji
