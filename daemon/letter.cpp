// make_letter() of reply.hpp: a letter's words as the message that is sent.
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "daemon/letter_mime.hpp"
#include "daemon/reply.hpp"
#include "parsers/digest.hpp"

namespace dengji {

namespace {

constexpr std::size_t longest_thread = 20;  // message ids in References: the first and the newest
constexpr std::string_view docx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// RFC 5322 section 3.6.4: the answered mail's References (or In-Reply-To), then its own id.
std::vector<std::string> thread_of(const MessageFacts& message) {
  auto ids = message_ids(message.references.empty() ? message.in_reply_to : message.references);
  for (auto& id : message_ids(message.message_id)) ids.push_back(std::move(id));
  if (ids.size() > longest_thread)
    ids.erase(ids.begin() + 1, ids.end() - static_cast<std::ptrdiff_t>(longest_thread - 1));
  return ids;
}

std::string headers_of(const ReplyText& reply, const Verdict& verdict, const Envelope& envelope) {
  const OfficeConfig empty;
  const OfficeConfig& office = verdict.office ? *verdict.office : empty;
  return address_header("From", office.name, office.address) + address_header("To", "", reply.to) +
         text_header("Subject", reply.subject) + text_header("Date", envelope.date) +
         id_header("Message-ID", {envelope.message_id}) +
         id_header("In-Reply-To", message_ids(verdict.message.message_id)) +
         id_header("References", thread_of(verdict.message)) +
         "Auto-Submitted: auto-replied\r\n"
         "X-Auto-Response-Suppress: All\r\n"
         "MIME-Version: 1.0\r\n";
}

std::string read_blank(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in || bytes.empty()) throw std::runtime_error("cannot read " + path.string());
  return bytes;
}

// The boundary holds '_' and '=' together, which no line of base64 does.
std::string multipart(const std::string& text, const std::vector<std::filesystem::path>& files,
                      const std::string& seed) {
  const std::string boundary = "=_" + sha256_hex(seed).substr(0, 32);
  std::string body = "Content-Type: multipart/mixed;\r\n boundary=\"" + boundary + "\"\r\n\r\n";
  body += "--" + boundary + "\r\n" + text;
  for (const auto& file : files)
    body += "--" + boundary + "\r\n" + file_part(file.filename().string(), docx, read_blank(file));
  return body + "--" + boundary + "--\r\n";
}

}  // namespace

Letter make_letter(const ReplyText& reply, const Verdict& verdict, const Envelope& envelope,
                   const Config& config) {
  Letter letter;
  letter.kind = reply.kind;
  letter.to = reply.to;
  letter.subject = reply.subject;
  letter.message_id = envelope.message_id;
  const std::string text = text_part(reply.body);
  const bool blanks = envelope.attach_blanks && !config.letters.blanks.empty();
  letter.bytes = headers_of(reply, verdict, envelope) +
                 (blanks ? multipart(text, config.letters.blanks, envelope.message_id) : text);
  return letter;
}

}  // namespace dengji
