// The sample mails of etc/samples: what `./run` shows must be what their names promise.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "daemon/config.hpp"
#include "daemon/intake.hpp"
#include "parsers/message.hpp"
#include "parsers/submission.hpp"

namespace dengji {

namespace {

std::string raw(const std::string& name) {
  std::ifstream in(SOURCE_DIR "/etc/samples/" + name + ".eml", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Message sample(const std::string& name) {
  const std::string bytes = raw(name);
  EXPECT_FALSE(bytes.empty()) << name;
  EXPECT_LT(bytes.size(), 450'000u) << name << " is not small";
  auto message = parse_message(bytes);
  EXPECT_TRUE(message) << name;
  return message ? *message : Message{};
}

const Config& config() {
  static const Config shipped = load_config(SOURCE_DIR "/etc/dengji.toml");
  return shipped;
}

std::string office_of(const Message& message) {
  std::vector<std::string> addresses;
  for (const auto& to : message.to) addresses.push_back(to.address);
  const auto* office = config().office_of(addresses);
  return office ? office->id : "";
}

std::vector<Submission> submissions(const Message& message) {
  const auto contents = read_contents(message.attachments, config().forms);
  return group(message, message.attachments, contents).submissions;
}

struct Expected {
  std::string name, office, platform;
  FormKind kind;
  RegistrantClass klass;
  std::size_t files;
  Decision decision;
};

class Samples : public testing::TestWithParam<Expected> {};

TEST_P(Samples, HoldTheFormThatTheyPromise) {
  const auto& expected = GetParam();
  const auto message = sample(expected.name);
  EXPECT_EQ(message.machine, "");
  EXPECT_EQ(office_of(message), expected.office);
  EXPECT_EQ(message.received.substr(0, 10), "2018-08-20") << "within the campaign";
  EXPECT_EQ(message.attachments.size(), expected.files);
  const auto found = submissions(message);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].platform, expected.platform);
  ASSERT_TRUE(found[0].form);
  EXPECT_EQ(found[0].form->kind, expected.kind);
  EXPECT_TRUE(found[0].name_matches);
  EXPECT_EQ(registrant_of(*found[0].form).klass, expected.klass);
}

// The whole way but the register, pixels included.
TEST_P(Samples, AreDecidedAsTheirNamesPromise) {
  static const auto read = mail_reader(config())();
  const auto reading = from_wire(read(raw(GetParam().name)));
  ASSERT_TRUE(reading) << reading.reason().detail;
  const auto& office = office_for(reading->message, config());
  const std::int64_t in_the_campaign = 1534728600;
  const auto verdict = examine(*reading, office, config(), in_the_campaign,
                               [](const Submission&) { return std::vector<Known>(); });
  ASSERT_EQ(verdict.submissions.size(), 1u);
  std::string codes;
  for (const auto& finding : verdict.submissions[0].findings) codes += finding.code + ' ';
  EXPECT_EQ(verdict.submissions[0].decision, GetParam().decision) << codes;
}

TEST_P(Samples, FillWhatIsMandatory) {
  const auto found = submissions(sample(GetParam().name));
  ASSERT_EQ(found.size(), 1u);
  ASSERT_TRUE(found[0].form);
  for (const auto& field : config().forms.of(GetParam().kind).fields) {
    if (!field.mandatory || field.type == FieldType::seal) continue;
    EXPECT_NE(found[0].form->value(field.key), "") << field.key;
  }
}

TEST_P(Samples, HaveRightNumbersButWhereOneIsMeantToBeWrong) {
  const auto found = submissions(sample(GetParam().name));
  ASSERT_EQ(found.size(), 1u);
  ASSERT_TRUE(found[0].form);
  const auto registrant = registrant_of(*found[0].form);
  ASSERT_TRUE(registrant.id_type);
  EXPECT_TRUE(check_id(*registrant.id_type, registrant.id_number).ok()) << registrant.id_number;
  const auto manager = canonical_id(found[0].form->value("manager_id"));
  EXPECT_EQ(check_id(IdType::citizen, manager).ok(), GetParam().name != "05-website-wrong-number");
}

void PrintTo(const Expected& expected, std::ostream* out) { *out << expected.name; }

INSTANTIATE_TEST_SUITE_P(
    All, Samples,
    testing::Values(Expected{"01-website-complete", "shuangqing", "石桥便民网", FormKind::website,
                             RegistrantClass::government, 4, Decision::accept},
                    Expected{"02-account-complete", "daxiang", "大祥生活圈", FormKind::account,
                             RegistrantClass::organisation, 3, Decision::accept},
                    Expected{"03-person-complete", "longhui", "隆回山里人", FormKind::account,
                             RegistrantClass::individual, 3, Decision::accept},
                    Expected{"04-forum-no-seal", "wugang", "武冈茶馆", FormKind::forum,
                             RegistrantClass::organisation, 3, Decision::reject},
                    Expected{"05-website-wrong-number", "xinshao", "资水优选", FormKind::website,
                             RegistrantClass::organisation, 4, Decision::reject},
                    Expected{"06-forum-no-scan", "dongkou", "雪峰社区", FormKind::forum,
                             RegistrantClass::government, 1, Decision::reject},
                    Expected{"07-account-black-and-white", "suining", "绿洲绥宁游",
                             FormKind::account, RegistrantClass::organisation, 3, Decision::review},
                    Expected{"08-website-seal-of-another", "chengbu", "南山牧歌网",
                             FormKind::website, RegistrantClass::organisation, 4,
                             Decision::review}));

TEST(Sample, AQuestionHoldsNoSubmission) {
  const auto message = sample("09-question");
  EXPECT_EQ(message.machine, "");
  EXPECT_EQ(office_of(message), "beita");
  EXPECT_TRUE(submissions(message).empty());
}

TEST(Sample, MachinesAreKnownAsSuch) {
  EXPECT_EQ(sample("10-bounce").machine, "bounce");
  EXPECT_EQ(sample("10-bounce").bounce_of, "<gone.1@wxb.example>");
  EXPECT_NE(sample("11-vacation").machine, "");
}

}  // namespace

}  // namespace dengji
