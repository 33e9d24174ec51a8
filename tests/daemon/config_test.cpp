#include "daemon/config.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "daemon/codes.hpp"
#include "tests/daemon/trial_config.hpp"

namespace dengji {

namespace {

using testing::Test;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Config, TheShippedOneIsRight) {
  const TrialConfig trial;
  EXPECT_EQ(trial.mistakes(), "");
}

TEST(Config, HoldsWhatTheFilesSay) {
  const TrialConfig trial;
  const Config config = trial.load();
  EXPECT_EQ(config.city_name, "邵阳市");
  EXPECT_EQ(config.campaign.start, "2018-08-13");
  EXPECT_EQ(config.campaign.end, "2018-09-13");
  EXPECT_EQ(config.campaign.days, 30);
  EXPECT_EQ(config.offices.size(), 14u);
  EXPECT_EQ(config.severity, default_severities());
  ASSERT_EQ(config.letters.blanks.size(), 4u);
  EXPECT_EQ(config.letters.blanks[0], trial.path("forms/网站登记表.docx"));
  EXPECT_EQ(config.letters.text.size(), 9u);
  EXPECT_EQ(config.reminder_days, 15);
  EXPECT_EQ(config.letters.phrases.size(), default_severities().size());
  EXPECT_EQ(config.letters.words.at("form.website"), "网站");
}

TEST(Config, FindsTheOfficeByAddressIgnoringCase) {
  const TrialConfig trial;
  const Config config = trial.load();
  const auto* office = config.office_of({"someone@mail.example", "ShuangQing@WXB.example"});
  ASSERT_NE(office, nullptr);
  EXPECT_EQ(office->id, "shuangqing");
  EXPECT_EQ(config.office_of({"shaoyang@wxb.example"})->id, "city");
  EXPECT_EQ(config.office_of({"nobody@wxb.example"}), nullptr);
  EXPECT_EQ(config.office("jingkai")->prefix, "JK");
  EXPECT_EQ(config.office("elsewhere"), nullptr);
}

TEST(Config, AnOfficeWithoutMailboxHasTheEmbeddedOne) {
  const TrialConfig trial;
  const Config config = trial.load();
  const auto& office = *config.office("wugang");
  ASSERT_EQ(office.mailboxes.size(), 1u);
  EXPECT_EQ(office.mailboxes[0].id, "wugang");
  EXPECT_EQ(office.mailboxes[0].url, "maildir:/var/lib/dengji/mail/wugang");
  EXPECT_EQ(office.postman.url, "maildir:/var/lib/dengji/sent");
}

TEST(Config, RelativeStateIsBesideTheFileAndTheEnvironmentWins) {
  const TrialConfig trial;
  trial.change("dengji.toml", "\"/var/lib/dengji\"", "\"../state\"");
  EXPECT_EQ(trial.load().state, trial.path("../state").lexically_normal());
  ::setenv("DENGJI_STATE", "/srv/trial", 1);
  const Config config = trial.load();
  ::unsetenv("DENGJI_STATE");
  EXPECT_EQ(config.state, "/srv/trial");
  EXPECT_EQ(config.offices[0].mailboxes[0].url, "maildir:/srv/trial/mail/city");
}

TEST(Config, FormsComeInOrderWithTheirLabels) {
  const TrialConfig trial;
  const FormSpecs forms = trial.load().forms;
  ASSERT_EQ(forms.forms.size(), 3u);
  EXPECT_EQ(forms.of(FormKind::website).name_key, "site_name");
  EXPECT_EQ(forms.of(FormKind::account).name_key, "account_name");
  EXPECT_EQ(forms.of(FormKind::forum).name_key, "forum_name");
  EXPECT_EQ(forms.commitment.title, "依法办网承诺书");
  const auto& action = forms.of(FormKind::website).fields.front();
  EXPECT_EQ(action.key, "action");
  EXPECT_EQ(action.type, FieldType::choice);
  EXPECT_EQ(action.choices.size(), 4u);
  EXPECT_FALSE(action.choice_aliases.empty());
  EXPECT_TRUE(action.mandatory);
}

TEST(Config, ReportsEveryMistakeAtOnceWithFileAndLine) {
  const TrialConfig trial;
  trial.change("dengji.toml", "days = 30", "dayz = 30");
  trial.change("dengji.toml", "workers = 0 ", "workers = \"many\" ");
  trial.change("offices.toml", "prefix = \"SQ\"", "prefix = \"sq1\"");
  trial.change("letters/receipt.txt", "{{number}}", "{{numbr}}");
  const std::string text = trial.mistakes();
  const auto at = [&](const std::string& file, const std::string& words) {
    return file + ":" + std::to_string(trial.line_of(file, words)) + ": ";
  };
  EXPECT_TRUE(has(text, at("dengji.toml", "dayz") + "unknown key dayz (did you mean days?)"))
      << text;
  EXPECT_TRUE(has(text, at("dengji.toml", "workers") + "workers must be a whole number")) << text;
  EXPECT_TRUE(has(text, at("offices.toml", "sq1") + "prefix \"sq1\"")) << text;
  EXPECT_TRUE(has(text, at("letters/receipt.txt", "{{numbr}}") + "unknown placeholder")) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3) << text;
}

struct Slip {
  std::string file, from, to, says;
};

void PrintTo(const Slip& slip, std::ostream* out) { *out << slip.file << ": " << slip.to; }

class ConfigSlips : public testing::TestWithParam<Slip> {};

TEST_P(ConfigSlips, AreNamed) {
  const TrialConfig trial;
  trial.change(GetParam().file, GetParam().from, GetParam().to);
  const std::string text = trial.mistakes();
  EXPECT_TRUE(has(text, GetParam().file + ":")) << text;
  EXPECT_TRUE(has(text, GetParam().says)) << text;
}

const std::string mailbox_head = "\n[[office.mailbox]]\nid = \"x\"\n";

INSTANTIATE_TEST_SUITE_P(
    Root, ConfigSlips,
    testing::Values(
        Slip{"dengji.toml", "state = ", "sate = ", "state is missing"},
        Slip{"dengji.toml", "state = ", "state == ", "dengji.toml:"},
        Slip{"dengji.toml", "start = 2018-08-13", "start = \"2018-02-30\"",
             "a day of the calendar"},
        Slip{"dengji.toml", "end = 2018-09-13", "end = 2018-08-01", "ends before it starts"},
        Slip{"dengji.toml", "end = 2018-09-13", "", "end is missing"},
        Slip{"dengji.toml", "days = 30", "days = 0", "days must be from 1 to 366"},
        Slip{"dengji.toml", "[campaign]", "[campain]",
             "unknown key campain (did you mean campaign?)"},
        Slip{"dengji.toml", "[city]", "[city]\nsize = 3", "unknown key size"},
        Slip{"dengji.toml", "name = \"邵阳市\"", "name = \"\"", "name must not be empty"},
        Slip{"dengji.toml", "name = \"邵阳市\"", "name = \"a\\nb\"", "control character"},
        Slip{"dengji.toml", "\"seal.missing\"", "\"seal.mising\"", "did you mean seal.missing?"},
        Slip{"dengji.toml", "\"seal.missing\" = \"defect\"", "\"seal.missing\" = \"fatal\"",
             "must be one of note, doubt, defect"},
        Slip{"dengji.toml", "forms/网站登记表.docx", "forms/网页登记表.docx", "there is no file"},
        Slip{"dengji.toml", "child_seconds = 120", "tessdata = \"nowhere\"", "there is no folder"},
        Slip{"dengji.toml", "maildir:sent", "ftp://mail.example", "url must begin with smtps://"},
        Slip{"dengji.toml", "maildir:sent", "smtps://me@mail.example", "the user stands in user"},
        Slip{"dengji.toml", "per_minute = 60", "user = \"me\"", "go together"}));

INSTANTIATE_TEST_SUITE_P(
    Offices, ConfigSlips,
    testing::Values(
        Slip{"offices.toml", "id = \"daxiang\"", "id = \"shuangqing\"", "belongs to"},
        Slip{"offices.toml", "id = \"daxiang\"", "id = \"../x\"", "must be of a-z"},
        Slip{"offices.toml", "prefix = \"DX\"", "prefix = \"SQ\"",
             "prefix SQ belongs to shuangqing"},
        Slip{"offices.toml", "daxiang@wxb.example", "Shuangqing@wxb.example", "belongs to"},
        Slip{"offices.toml", "daxiang@wxb.example", "daxiang at wxb", "is not an e-mail address"},
        Slip{"offices.toml", "\"shaoyang@wxb.example\"", "\"a b@c.example\"",
             "\"a b@c.example\" is not an e-mail"},
        Slip{"offices.toml", "codes = [\"430503\"]", "codes = [\"43050\"]", "six-digit"},
        Slip{"offices.toml", "codes = [\"430503\"]", "codes = [\"430502\"]",
             "belongs to shuangqing"},
        Slip{"offices.toml", "codes = [\"430503\"]", "codes = \"430503\"", "a list of strings"},
        Slip{"offices.toml", "codes = [\"430503\"]", "codes = [430503]", "must be a string"},
        Slip{"offices.toml", "areas = [\"北塔区\", \"北塔\", \"郊区\"]", "", "areas is missing"},
        Slip{"offices.toml", "city = true ", "city = 1 ", "true or false"},
        Slip{"offices.toml", "prefix = \"DX\"", "prefix = \"DX\"\ncity = true", "belongs to city"},
        Slip{"offices.toml", "[[office]]", "[office]", "offices.toml:"}));

INSTANTIATE_TEST_SUITE_P(
    Mailboxes, ConfigSlips,
    testing::Values(
        Slip{"offices.toml", "codes = [\"430503\"]", mailbox_head + "url = \"imaps://h.example/\"",
             "user is missing"},
        Slip{"offices.toml", "codes = [\"430503\"]", mailbox_head + "url = \"imaps:///INBOX\"",
             "names no host"},
        Slip{"offices.toml", "codes = [\"430503\"]", mailbox_head + "url = \"imapz://h.example/\"",
             "did you mean imaps?"},
        Slip{"offices.toml", "codes = [\"430503\"]", mailbox_head + "url = \"maildir:\"",
             "maildir: needs a path"},
        Slip{"offices.toml", "codes = [\"430503\"]",
             mailbox_head + "url = \"imap://h.example/\"\nallow_plaintext = true",
             "only for 127.0.0.1"},
        Slip{"offices.toml", "codes = [\"430503\"]",
             mailbox_head + "url = \"imap://127.evil.example/\"\nallow_plaintext = true",
             "only for 127.0.0.1"},
        Slip{"offices.toml", "codes = [\"430503\"]",
             mailbox_head + "url = \"maildir:x\"\npassword_file = \"absent\"", "there is no file"},
        Slip{"offices.toml", "codes = [\"430503\"]",
             mailbox_head + "url = \"maildir:x\"\nskip_before = \"2018-13-01\"",
             "a day of the calendar"},
        Slip{"offices.toml", "codes = [\"430503\"]",
             mailbox_head + "url = \"maildir:x\"\nauth = \"oauth\"", "did you mean xoauth2?"}));

INSTANTIATE_TEST_SUITE_P(
    FormsAndLetters, ConfigSlips,
    testing::Values(
        Slip{"forms/website.toml", "kind = \"website\"", "kind = \"forum\"",
             "another file is of kind"},
        Slip{"forms/forum.toml", "kind = \"forum\"", "kind = \"forun\"", "did you mean forum?"},
        Slip{"forms/forum.toml", "name_key = \"forum_name\"", "name_key = \"forum_nam\"",
             "the form has no field forum_nam (did you mean forum_name?)"},
        Slip{"forms/website.toml", "key = \"site_url\"", "key = \"site_name\"", "stands twice"},
        Slip{"forms/website.toml", "type = \"choice\"", "type = \"chioce\"",
             "did you mean choice?"},
        Slip{"forms/website.toml", "\"首次登记\", \"变更登记\", \"停用\", \"注销\"", "\"首次登记\"",
             "needs at least two choices"},
        Slip{"forms/website.toml", "[\"新增\", \"首次登记\"]", "[\"新增\", \"首次\"]",
             "is none of the choices"},
        Slip{"forms/website.toml", "[\"新增\", \"首次登记\"]", "[\"新增\"]", "a pair of strings"},
        Slip{"forms/website.toml", "mandatory = true", "mandatory = \"yes\"", "true or false"},
        Slip{"forms/commitment.toml", "phrases = [", "phrases = [\"a\"]\nmore = [",
             "at least three"},
        Slip{"letters/phrases.toml", "[finding.\"seal.missing\"]", "[finding.\"seal.gone\"]",
             "[finding.\"seal.missing\"] is missing"},
        Slip{"letters/phrases.toml", "[decision]", "[decisions]", "[decision] is missing"},
        Slip{"letters/phrases.toml", "website = \"网站\"", "", "website is missing"},
        Slip{"letters/held.txt", "{{/submissions}}", "", "{{#submissions}} is not ended"}));

TEST(Config, SeveritiesAndOfficesCanBeChanged) {
  const TrialConfig trial;
  trial.change("dengji.toml", "\"seal.missing\" = \"defect\"", "\"seal.missing\" = \"doubt\"");
  trial.write("password", "secret\n");
  std::filesystem::permissions(trial.path("password"), std::filesystem::perms::owner_read);
  trial.append("offices.toml",
               "\n[[office.mailbox]]\nid = \"jk\"\nurl = \"imap://localhost:1143/INBOX\"\n"
               "allow_plaintext = true\nuser = \"u\"\npassword_file = \"password\"\n"
               "[office.postman]\nurl = \"smtp://[::1]:2525\"\nallow_plaintext = true\n");
  ASSERT_EQ(trial.mistakes(), "");
  const Config config = trial.load();
  EXPECT_EQ(config.severity.at("seal.missing"), Severity::doubt);
  const auto& office = *config.office("jingkai");
  ASSERT_EQ(office.mailboxes.size(), 1u);
  EXPECT_EQ(office.mailboxes[0].password_file, trial.path("password"));
  EXPECT_EQ(office.mailboxes[0].auth, "password");
  EXPECT_EQ(office.postman.url, "smtp://[::1]:2525");
}

TEST(Config, APasswordThatEveryoneCanReadIsRefused) {
  const TrialConfig trial;
  trial.write("password", "secret\n");
  std::filesystem::permissions(trial.path("password"), std::filesystem::perms(0644));
  trial.append("offices.toml",
               mailbox_head + "url = \"maildir:x\"\npassword_file = \"password\"\n");
  EXPECT_TRUE(has(trial.mistakes(), "chmod 600")) << trial.mistakes();
}

TEST(Config, APasswordMayBeASystemdCredential) {
  const TrialConfig trial;
  trial.write("jk-password", "secret\n");
  trial.append("offices.toml",
               mailbox_head + "url = \"maildir:x\"\npassword_file = \"jk-password\"\n");
  ::setenv("CREDENTIALS_DIRECTORY", trial.path("").c_str(), 1);
  const Config config = trial.load();
  ::unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_EQ(config.office("jingkai")->mailboxes[0].password_file, trial.path("jk-password"));
}

TEST(Config, AbsentFilesAreNamed) {
  const TrialConfig trial;
  std::filesystem::remove(trial.path("letters/held.txt"));
  std::filesystem::remove(trial.path("forms/forum.toml"));
  const std::string text = trial.mistakes();
  EXPECT_TRUE(has(text, "letters/held.txt: cannot be read")) << text;
  EXPECT_TRUE(has(text, "no file of kind = \"forum\"")) << text;
  std::filesystem::remove(trial.path("dengji.toml"));
  EXPECT_TRUE(has(trial.mistakes(), "dengji.toml: cannot be read"));
}

TEST(Config, IsUtf8) {
  const TrialConfig trial;
  trial.append("letters/held.txt", "\xc4\xe3\xba\xc3\n");
  EXPECT_TRUE(has(trial.mistakes(), "letters/held.txt: is not UTF-8"));
}

TEST(FindConfig, TakesWhatIsGivenThenTheEnvironmentThenTheSource) {
  EXPECT_EQ(find_config("/some/where.toml"), "/some/where.toml");
  ::setenv("DENGJI_CONFIG", "/else/where.toml", 1);
  EXPECT_EQ(find_config(""), "/else/where.toml");
  ::unsetenv("DENGJI_CONFIG");
  EXPECT_EQ(find_config(""), SOURCE_DIR "/etc/dengji.toml");
}

}  // namespace

}  // namespace dengji
