#include "ocr/page_kind.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "ocr/fuzzy.hpp"

namespace dengji {
namespace {

struct Clue {
  CertificateKind kind;
  std::string_view words;
  double weight;
};

constexpr double title_weight = 4;

// National specimens: GB 32100 licences, the certificates of 编办, 民政 and 质监, and GA 490
// identity cards.
constexpr std::array certificate_clues = {
    Clue{CertificateKind::business_licence, "营业执照", title_weight},
    Clue{CertificateKind::business_licence, "注册资本", 1},
    Clue{CertificateKind::business_licence, "经营范围", 1},
    Clue{CertificateKind::business_licence, "营业期限", 1},
    Clue{CertificateKind::business_licence, "成立日期", 1},
    Clue{CertificateKind::business_licence, "注册号", 0.5},
    Clue{CertificateKind::business_licence, "法定代表人", 0.5},
    Clue{CertificateKind::business_licence, "登记机关", 0.5},
    Clue{CertificateKind::business_licence, "工商行政管理局", 0.5},
    Clue{CertificateKind::uscc_certificate, "统一社会信用代码证书", title_weight},
    Clue{CertificateKind::uscc_certificate, "事业单位法人证书", title_weight},
    Clue{CertificateKind::uscc_certificate, "机构名称", 1},
    Clue{CertificateKind::uscc_certificate, "机构性质", 1},
    Clue{CertificateKind::uscc_certificate, "机构地址", 1},
    Clue{CertificateKind::uscc_certificate, "赋码机关", 1},
    Clue{CertificateKind::uscc_certificate, "颁发机关", 0.5},
    Clue{CertificateKind::uscc_certificate, "宗旨和业务范围", 1},
    Clue{CertificateKind::uscc_certificate, "经费来源", 1},
    Clue{CertificateKind::uscc_certificate, "开办资金", 1},
    Clue{CertificateKind::uscc_certificate, "举办单位", 1},
    Clue{CertificateKind::orgcode_certificate, "组织机构代码证", title_weight},
    Clue{CertificateKind::orgcode_certificate, "机构类型", 1},
    Clue{CertificateKind::orgcode_certificate, "机构名称", 0.5},
    Clue{CertificateKind::orgcode_certificate, "颁发单位", 1},
    Clue{CertificateKind::orgcode_certificate, "质量技术监督局", 1},
    Clue{CertificateKind::orgcode_certificate, "组代管", 1},
    Clue{CertificateKind::social_organisation, "社会团体法人登记证书", title_weight},
    Clue{CertificateKind::social_organisation, "民办非企业单位登记证书", title_weight},
    Clue{CertificateKind::social_organisation, "基金会法人登记证书", title_weight},
    Clue{CertificateKind::social_organisation, "业务主管单位", 1},
    Clue{CertificateKind::social_organisation, "业务范围", 1},
    Clue{CertificateKind::social_organisation, "注册资金", 1},
    Clue{CertificateKind::social_organisation, "活动地域", 1},
    Clue{CertificateKind::social_organisation, "民政局", 0.5},
    Clue{CertificateKind::id_card, "居民身份证", title_weight},
    Clue{CertificateKind::id_card, "公民身份号码", 3},
    Clue{CertificateKind::id_card, "中华人民共和国", 1},
    Clue{CertificateKind::id_card, "签发机关", 1.5},
    Clue{CertificateKind::id_card, "有效期限", 0.5},
    Clue{CertificateKind::id_card, "性别", 0.5},
    Clue{CertificateKind::id_card, "民族", 0.5},
    Clue{CertificateKind::id_card, "出生", 0.5},
};

struct Word {
  std::string_view words;
  double weight;
};

// Words that only a form or only a letter of commitment has, whatever its layout. The office's own
// cell is often all that is left for a form's second page.
constexpr std::array form_clues = {Word{"登记类别", 1},     Word{"首次登记变更登记停用注销", 1},
                                   Word{"填表人", 1},       Word{"填表日期", 1},
                                   Word{"网信部门意见", 2}, Word{"单位意见", 1},
                                   Word{"证件号码", 1},     Word{"证件类型", 1},
                                   Word{"电子邮箱", 1}};
constexpr std::array commitment_clues = {
    Word{"郑重承诺如下", 1}, Word{"如有违反愿意承担相应法律责任", 1},
    Word{"承诺单位", 1},     Word{"承诺人", 1},
    Word{"依法依规办网", 1}, Word{"法定代表人签字", 1}};

// How surely words of this length were found: short ones must be whole, long ones may have errors.
double found(const PageText& text, std::string_view words) {
  const auto length = fold(words).size();
  const double least = length <= 3 ? 1 : length <= 5 ? 0.75 : 0.7;
  const double score = text.find(words).score;
  return score >= least ? score : 0;
}

// Titles stand in a row of their own, so that a mention in running text counts for less.
double title_found(const PageText& text, std::string_view title) {
  const auto sought = fold(title);
  double best = 0;
  for (const auto& row : text.rows())
    if (row.text.size() <= sought.size() + 6)
      best = std::max(best, find_alike(sought, row.text).score);
  return best >= 0.7 ? best : 0;
}

double best_title(const PageText& text, const std::string& title,
                  const std::vector<std::string>& aliases) {
  double best = title_found(text, title);
  for (const auto& alias : aliases) best = std::max(best, title_found(text, alias));
  return best;
}

// The share of the form's labels on the page; those that all forms have tell nothing apart but
// still count for its being a form.
double labels_found(const PageText& text, const FormSpec& spec) {
  double found_labels = 0, all = 0;
  for (const auto& field : spec.fields) {
    if (fold(field.label).size() < 3) continue;
    ++all;
    found_labels += found(text, field.label) > 0;
  }
  return all > 0 ? found_labels / all : 0;
}

struct FormScore {
  std::optional<FormKind> form;
  double score = 0, title = 0;
};

constexpr double clear_lead =
    0.6;  // over the next of the three forms, which share most of their labels

FormScore form_score(const PageText& text, const FormSpecs& specs) {
  FormScore best;
  double common = 0, next = 0;
  for (const auto& clue : form_clues) common += clue.weight * (found(text, clue.words) > 0);
  for (const auto& spec : specs.forms) {
    const double title = best_title(text, spec.title, spec.title_aliases);
    const double own = title_weight * title + 6 * labels_found(text, spec);
    next = std::max(next, std::min(own, best.score));
    if (own > best.score) best = {spec.kind, own, title};
  }
  if (best.score - next < clear_lead) best.form.reset();
  best.score += common;
  return best;
}

double commitment_score(const PageText& text, const CommitmentSpec& spec, double title) {
  double score = title_weight * title;
  for (const auto& clue : commitment_clues) score += clue.weight * (found(text, clue.words) > 0);
  for (const auto& phrase : spec.phrases) score += 0.5 * (found(text, phrase) > 0);
  return score;
}

struct CertificateScore {
  CertificateKind kind = CertificateKind::none;
  double score = 0, title = 0;
};

CertificateScore certificate_score(const PageText& text) {
  std::array<double, static_cast<std::size_t>(CertificateKind::id_card) + 1> sums{}, titles{};
  for (const auto& clue : certificate_clues) {
    const bool title = clue.weight == title_weight;
    const double score = title ? title_found(text, clue.words) : found(text, clue.words);
    const auto kind = static_cast<std::size_t>(clue.kind);
    sums[kind] += clue.weight * (title ? score : score > 0);
    if (title) titles[kind] = std::max(titles[kind], score);
  }
  const auto best = std::max_element(sums.begin(), sums.end()) - sums.begin();
  const auto kind = static_cast<std::size_t>(best);
  return {static_cast<CertificateKind>(best), sums[kind], titles[kind]};
}

constexpr double least_score = 2;  // a title half seen, or two labels

}  // namespace

KindReading page_kind(const PageText& text, const FormSpecs& specs) {
  const auto form = form_score(text, specs);
  const auto certificate = certificate_score(text);
  const double letter = best_title(text, specs.commitment.title, specs.commitment.title_aliases);
  const double commitment = commitment_score(text, specs.commitment, letter);
  KindReading reading;
  std::array<double, 3> scores = {form.score, certificate.score, commitment};
  const double best = *std::max_element(scores.begin(), scores.end());
  if (best < least_score) return reading;
  if (best == form.score) {
    reading.kind = PageKind::form;
    reading.form = form.form;
    reading.title = form.title;
  } else if (best == certificate.score) {
    reading.kind = PageKind::certificate;
    reading.certificate = certificate.kind;
    reading.title = certificate.title;
  } else {
    reading.kind = PageKind::commitment;
    reading.title = letter;
  }
  std::sort(scores.begin(), scores.end());
  reading.confidence = (scores[2] - scores[1]) / scores[2];
  return reading;
}

}  // namespace dengji
