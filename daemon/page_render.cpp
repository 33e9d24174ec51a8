#include "daemon/page_render.hpp"

#include <algorithm>
#include <optional>

#include "daemon/form_json.hpp"
#include "ocr/page.hpp"
#include "ocr/picture_file.hpp"
#include "parsers/container.hpp"
#include "parsers/message.hpp"

namespace dengji {
namespace {

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

std::string rendered(std::string_view asked) {
  const auto end = asked.find('\0');
  const auto head = Json::parse(asked.substr(0, end));
  const auto attachment = attachment_of(asked.substr(end + 1), head.at("sha256"));
  if (!attachment) return refused({Why::empty, "the mail holds no such attachment"});
  const auto pages = Pages::open(*attachment);
  if (!pages) return refused(pages.reason());
  auto page = pages->read(head.at("page"));
  if (!page) return refused(page.reason());
  const int quarters = head.at("turn");
  if (quarters != 0) page->pixels = turned(page->pixels, quarters);
  const auto file = jpeg_of(page->pixels, head.at("most"));
  return joined({{"width", file.width}, {"height", file.height}}, file.bytes);
}

bool is_jpeg(std::string_view bytes) { return bytes.starts_with("\xff\xd8\xff"); }

// What the child said is parsed as hostile.
Result<RenderedPage> understood(const std::string& answer, int most) {
  const Unreadable nonsense{Why::damaged, "the rendering child's answer is nonsense"};
  const auto end = answer.find('\0');
  if (end == std::string::npos) return nonsense;
  try {
    const auto head = Json::parse(answer.substr(0, end));
    if (head.contains("why")) {
      const int why = head.at("why");
      if (why < 0 || why > static_cast<int>(Why::empty)) return nonsense;
      return Unreadable{static_cast<Why>(why), head.at("detail")};
    }
    RenderedPage page{head.at("width"), head.at("height"), answer.substr(end + 1)};
    const bool sound = page.width > 0 && page.width <= most && page.height > 0 &&
                       page.height <= most && is_jpeg(page.jpeg);
    return sound ? Result<RenderedPage>(std::move(page)) : nonsense;
  } catch (const Json::exception&) {
    return nonsense;
  }
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
  return answer ? understood(*answer, most) : answer.reason();
}

}  // namespace dengji
