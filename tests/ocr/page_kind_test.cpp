#include "ocr/page_kind.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/lines.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

KindReading kind_of(const std::vector<std::string>& lines) {
  std::vector<LineWords> words;
  for (const auto& line : lines)
    words.push_back({line, 100, 60 * static_cast<int>(words.size() + 1)});
  return page_kind(page_of(words), test::forms());
}

TEST(PageKind, KnowsTheThreeFormsByTitle) {
  const auto form = [](const std::string& title, const std::string& own_label) {
    const auto reading = kind_of({title, "登记类别", own_label, "证件号码", "填表人"});
    EXPECT_EQ(reading.kind, PageKind::form) << title;
    return reading.form;
  };
  EXPECT_EQ(form("邵阳市互联网网站调查登记表", "网站类型"), FormKind::website);
  EXPECT_EQ(form("邵阳市互联网帐号、移动客户端调查登记表", "认证情况"), FormKind::account);
  EXPECT_EQ(form("邵阳市互联网论坛、社区、贴吧调查登记表", "注册用户数"), FormKind::forum);
}

TEST(PageKind, KnowsAFormWhoseTitleWasMisread) {
  const auto reading =
      kind_of({"邵阳市互联网网站调查登记衣", "网站名称", "网站网址（域名）", "网站类型"});
  EXPECT_EQ(reading.kind, PageKind::form);
  EXPECT_EQ(reading.form, FormKind::website);
}

TEST(PageKind, DoesNotSayWhichFormALastPageIsOf) {
  const auto reading = kind_of({"网信部门意见", "（盖章）", "年月日"});
  EXPECT_EQ(reading.kind, PageKind::form);
  EXPECT_FALSE(reading.form);
}

TEST(PageKind, KnowsCertificates) {
  const auto certificate = [](const std::vector<std::string>& lines) {
    const auto reading = kind_of(lines);
    EXPECT_EQ(reading.kind, PageKind::certificate) << lines.front();
    return reading.certificate;
  };
  EXPECT_EQ(certificate({"营业执照", "注册资本", "经营范围"}), CertificateKind::business_licence);
  EXPECT_EQ(certificate({"统一社会信用代码证书", "机构名称", "赋码机关"}),
            CertificateKind::uscc_certificate);
  EXPECT_EQ(certificate({"事业单位法人证书", "宗旨和业务范围"}), CertificateKind::uscc_certificate);
  EXPECT_EQ(certificate({"中华人民共和国组织机构代码证", "机构类型", "颁发单位"}),
            CertificateKind::orgcode_certificate);
  EXPECT_EQ(certificate({"社会团体法人登记证书", "业务主管单位"}),
            CertificateKind::social_organisation);
  EXPECT_EQ(certificate({"姓名沈一舟", "性别男民族汉", "公民身份号码430500198003070017"}),
            CertificateKind::id_card);
  EXPECT_EQ(certificate({"中华人民共和国", "居民身份证", "签发机关"}), CertificateKind::id_card);
}

TEST(PageKind, KnowsALetterOfCommitment) {
  const auto reading =
      kind_of({"承诺书", "现就依法依规办网用网郑重承诺如下：", "如有违反，愿意承担相应法律责任。"});
  EXPECT_EQ(reading.kind, PageKind::commitment);
  EXPECT_GT(reading.confidence, 0.3);
}

TEST(PageKind, SaysNothingOfOtherPages) {
  EXPECT_EQ(kind_of({"关于召开会议的通知", "各单位："}).kind, PageKind::other);
  EXPECT_EQ(kind_of({}).kind, PageKind::other);
}

}  // namespace
}  // namespace dengji
