#include <gtest/gtest.h>

#include "daemon/reply.hpp"
#include "parsers/document.hpp"
#include "parsers/form.hpp"
#include "parsers/message.hpp"

namespace dengji {

namespace {

class MakeLetter : public testing::Test {
 protected:
  MakeLetter() : config_(load_config(SOURCE_DIR "/etc/dengji.toml")) {
    verdict_.office = config_.office("dongkou");
    verdict_.message.message_id = "<mail-1@mail.example>";
    reply_ = {"held", "li@mail.example", "回复：登记（待人工核对）", "李四：\n\n您好！\n"};
    envelope_.message_id = "<0123456789abcdef@dengji.wxb.example>";
    envelope_.date = "Mon, 20 Aug 2018 09:31:00 +0800";
  }
  Letter letter() const { return make_letter(reply_, verdict_, envelope_, config_); }
  Message message() const {
    auto parsed = parse_message(letter().bytes);
    EXPECT_TRUE(parsed);
    return parsed ? *parsed : Message{};
  }
  std::string header(const std::string& name) const {
    const std::string bytes = letter().bytes;
    const auto begin = bytes.find("\r\n" + name + ": ");
    if (begin == std::string::npos) return "";
    const auto from = begin + name.size() + 4;
    auto end = bytes.find("\r\n", from);
    while (bytes[end + 2] == ' ') end = bytes.find("\r\n", end + 2);
    return bytes.substr(from, end - from);
  }

  Config config_;
  Verdict verdict_;
  ReplyText reply_;
  Envelope envelope_;
};

TEST_F(MakeLetter, IsAMessageThatReadsBack) {
  const auto read = message();
  ASSERT_TRUE(read.from);
  EXPECT_EQ(read.from->name, "洞口县互联网信息办公室");
  EXPECT_EQ(read.from->address, "dongkou@wxb.example");
  ASSERT_EQ(read.to.size(), 1u);
  EXPECT_EQ(read.to[0].address, "li@mail.example");
  EXPECT_EQ(read.subject, reply_.subject);
  EXPECT_EQ(read.date, "2018-08-20T09:31:00+08:00");
  EXPECT_EQ(read.message_id, envelope_.message_id);
  EXPECT_EQ(read.in_reply_to, "<mail-1@mail.example>");
  EXPECT_EQ(read.references, "<mail-1@mail.example>");
  EXPECT_EQ(read.text.substr(0, reply_.body.size()), reply_.body);
  EXPECT_TRUE(read.attachments.empty());
  EXPECT_EQ(read.machine, "auto-submitted") << "our own letters must never be answered";
}

TEST_F(MakeLetter, FillsTheLetterForTheOutbox) {
  const auto made = letter();
  EXPECT_EQ(made.kind, "held");
  EXPECT_EQ(made.to, "li@mail.example");
  EXPECT_EQ(made.subject, reply_.subject);
  EXPECT_EQ(made.message_id, envelope_.message_id);
  EXPECT_EQ(made.bytes, letter().bytes) << "the same twice, so that a retry is byte-identical";
}

TEST_F(MakeLetter, LinesAreShortAndEndInCrlf) {
  envelope_.attach_blanks = true;
  reply_.subject = "回复：" + std::string(200, 'x') + "长长长长长长长长长长长长长长长长长长长长";
  const std::string bytes = letter().bytes;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto end = bytes.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    ASSERT_LE(end - at, 86u) << "only the type of .docx is longer than 78";
    ASSERT_EQ(bytes.substr(at, end - at).find_first_of("\r\n"), std::string::npos);
    at = end + 2;
  }
}

TEST_F(MakeLetter, ThreadsToTheMailThatItAnswers) {
  verdict_.message.references = "<a@x> <b@x>";
  EXPECT_EQ(message().references.find("<a@x>"), 0u);
  EXPECT_EQ(header("References"), "<a@x>\r\n <b@x>\r\n <mail-1@mail.example>");
  verdict_.message.references = "";
  verdict_.message.in_reply_to = "<c@x>";
  EXPECT_EQ(header("References"), "<c@x>\r\n <mail-1@mail.example>");
}

TEST_F(MakeLetter, LongThreadsKeepTheFirstAndTheNewest) {
  for (int i = 0; i < 100; ++i)
    verdict_.message.references += "<" + std::to_string(i) + "@mail.example> ";
  const auto references = header("References");
  EXPECT_EQ(references.find("<0@mail.example>"), 0u);
  EXPECT_EQ(references.find("<1@mail.example>"), std::string::npos);
  EXPECT_NE(references.find("<99@mail.example>\r\n <mail-1@mail.example>"), std::string::npos);
  EXPECT_EQ(std::count(references.begin(), references.end(), '<'), 20);
}

TEST_F(MakeLetter, AMailWithoutUsableIdIsAnsweredWithoutThread) {
  verdict_.message.message_id = "<x\r\nBcc: evil@mail.example>";
  EXPECT_EQ(header("In-Reply-To"), "");
  EXPECT_EQ(header("References"), "");
  EXPECT_EQ(header("Bcc"), "");
}

TEST_F(MakeLetter, NoValueBeginsAHeader) {
  reply_.subject = "a\r\nBcc: evil@mail.example\r\n\r\nbody";
  EXPECT_EQ(header("Bcc"), "");
  EXPECT_EQ(message().cc.size(), 0u);
}

TEST_F(MakeLetter, SaysThatItIsAutomatic) {
  EXPECT_EQ(header("Auto-Submitted"), "auto-replied");
  EXPECT_EQ(header("X-Auto-Response-Suppress"), "All");
}

TEST_F(MakeLetter, CarriesTheBlankFormsUnderTheirNames) {
  envelope_.attach_blanks = true;
  const auto read = message();
  ASSERT_EQ(read.attachments.size(), 4u);
  EXPECT_EQ(read.attachments[0].name, "网站登记表.docx");
  EXPECT_EQ(read.attachments[1].name, "账号登记表.docx");
  EXPECT_EQ(read.attachments[2].name, "论坛登记表.docx");
  EXPECT_EQ(read.attachments[3].name, "依法办网承诺书.docx");
  for (const auto& attachment : read.attachments) EXPECT_EQ(attachment.type, FileType::docx);
  EXPECT_EQ(read.text.substr(0, reply_.body.size()), reply_.body);
}

TEST_F(MakeLetter, ABlankThatIsGoneIsAnError) {
  envelope_.attach_blanks = true;
  config_.letters.blanks.push_back("/nowhere/x.docx");
  EXPECT_THROW(letter(), std::runtime_error);
}

// A registrant who sends a blank back must not be taken for one who filled it in.
TEST_F(MakeLetter, TheBlanksReadAsTheirKindWithoutValues) {
  envelope_.attach_blanks = true;
  const auto read = message();
  ASSERT_EQ(read.attachments.size(), 4u);
  for (const auto kind : {FormKind::website, FormKind::account, FormKind::forum}) {
    const auto document = read_document(read.attachments[static_cast<std::size_t>(kind)]);
    ASSERT_TRUE(document);
    const auto form = read_form(*document, config_.forms);
    ASSERT_TRUE(form);
    EXPECT_EQ(form->kind, kind);
    for (const auto& [key, field] : form->fields) ADD_FAILURE() << key << " = " << field.value;
  }
  const auto commitment = read_document(read.attachments[3]);
  ASSERT_TRUE(commitment);
  EXPECT_TRUE(is_commitment(*commitment, config_.forms));
  EXPECT_FALSE(read_form(*commitment, config_.forms));
}

}  // namespace

}  // namespace dengji
