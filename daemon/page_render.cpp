#include "daemon/page_render.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "daemon/form_json.hpp"
#include "ocr/page.hpp"
#include "ocr/picture_file.hpp"
#include "parsers/container.hpp"
#include "parsers/digest.hpp"
#include "parsers/limits.hpp"
#include "parsers/message.hpp"

namespace dengji {
namespace {

constexpr std::size_t piece_bytes = 4 * limits::MiB;  // of an attachment, in one answer

// A head of JSON, NUL, bytes: both ways.
std::string joined(const Json& head, std::string_view bytes) {
  auto text = dumped(head, -1) + '\0';
  return text.append(bytes);
}

std::string refused(const Unreadable& reason) {
  return joined({{"why", static_cast<int>(reason.why)}, {"detail", reason.detail}}, "");
}

std::optional<Attachment> attachment_of(std::string_view mail, const std::string& sha256) {
  const auto message = parse_message(mail);
  if (!message) return std::nullopt;
  auto all = unpack(message->attachments);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& a) { return a.sha256 == sha256; });
  if (found == all.end()) return std::nullopt;
  return std::move(*found);
}

std::string piece_of(const Attachment& attachment, std::size_t offset) {
  const std::string_view bytes = attachment.bytes;
  return joined({{"size", bytes.size()}},
                bytes.substr(std::min(offset, bytes.size()), piece_bytes));
}

std::string page_of(const Attachment& attachment, const Json& head) {
  const auto pages = Pages::open(attachment);
  if (!pages) return refused(pages.reason());
  auto page = pages->read(head.at("page"));
  if (!page) return refused(page.reason());
  const int quarters = head.at("turn");
  if (quarters != 0) page->pixels = turned(page->pixels, quarters);
  const auto file = jpeg_of(page->pixels, head.at("most"));
  return joined({{"width", file.width}, {"height", file.height}}, file.bytes);
}

std::string rendered(std::string_view asked) {
  const auto end = asked.find('\0');
  const auto head = Json::parse(asked.substr(0, end));
  const auto attachment = attachment_of(asked.substr(end + 1), head.at("sha256"));
  if (!attachment) return refused({Why::empty, "the mail holds no such attachment"});
  return head.contains("offset") ? piece_of(*attachment, head.at("offset"))
                                 : page_of(*attachment, head);
}

std::int64_t number_or(const Json& object, const char* key, std::int64_t otherwise) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>()
                                                             : otherwise;
}

bool is_jpeg(std::string_view bytes) { return bytes.starts_with("\xff\xd8\xff"); }

// What the child said is parsed as hostile.
const Unreadable nonsense{Why::damaged, "the rendering child's answer is nonsense"};

struct Said {
  Json head;
  std::string bytes;
};
Result<Said> understood(const std::string& answer) {
  const auto end = answer.find('\0');
  if (end == std::string::npos) return nonsense;
  auto head = Json::parse(answer.substr(0, end), nullptr, false);
  if (!head.is_object()) return nonsense;
  if (!head.contains("why")) return Said{std::move(head), answer.substr(end + 1)};
  const auto why = number_or(head, "why", -1);
  if (why < 0 || why > static_cast<int>(Why::empty) || !head["detail"].is_string()) return nonsense;
  return Unreadable{static_cast<Why>(why), head["detail"]};
}

}  // namespace

ReaderProcess::Prepare page_renderer() {
  return [] { return rendered; };
}

Result<RenderedPage> render_page(ReaderProcess& renderer, std::string_view mail,
                                 const PageWanted& wanted) {
  const int most = std::clamp(wanted.most, 1, picture_shown);
  const auto answer = renderer.read(joined({{"sha256", wanted.sha256},
                                            {"page", wanted.page},
                                            {"turn", (wanted.turn % 4 + 4) % 4},
                                            {"most", most}},
                                           mail));
  if (!answer) return answer.reason();
  auto said = understood(*answer);
  if (!said) return said.reason();
  const auto width = number_or(said->head, "width", 0), height = number_or(said->head, "height", 0);
  if (width <= 0 || width > most || height <= 0 || height > most || !is_jpeg(said->bytes))
    return nonsense;
  return RenderedPage{static_cast<int>(width), static_cast<int>(height), std::move(said->bytes)};
}

Result<std::string> attachment_bytes(ReaderProcess& renderer, std::string_view mail,
                                     const std::string& sha256) {
  std::string bytes;
  do {
    const auto answer = renderer.read(joined({{"sha256", sha256}, {"offset", bytes.size()}}, mail));
    if (!answer) return answer.reason();
    const auto said = understood(*answer);
    if (!said) return said.reason();
    if (said->bytes.empty() || bytes.size() + said->bytes.size() > limits::message_bytes) break;
    bytes += said->bytes;
    if (std::cmp_less_equal(number_or(said->head, "size", 0), bytes.size())) break;
  } while (true);
  return sha256_hex(bytes) == sha256 ? Result<std::string>(std::move(bytes)) : nonsense;
}

}  // namespace dengji
