// One page of a mail's attachment as a picture for the staff's eyes, decoded and drawn in the
// confined child, which needs no models. Boxes of PageFacts lie on it at the same share of width
// and height, once turned(box, ...) (geometry.hpp) turned them by the same quarters.
#pragma once
#include <string>
#include <string_view>

#include "daemon/reader.hpp"

namespace dengji {

struct PageWanted {
  std::string sha256;  // of the attachment, as the register keeps it
  int page = 1;        // 1-based
  int turn = 0;        // quarter turns clockwise; PageFacts::turn shows it upright
  int most = 1600;     // pixels of the longer side, up to picture_shown
};

struct RenderedPage {
  int width = 0, height = 0;
  std::string jpeg;  // begins as a JPEG does; beyond that it is what a child made that read hostile
                     // bytes: to be served as image/jpeg with nosniff
};

// What the child runs. Fork such a ReaderProcess before the process has threads.
ReaderProcess::Prepare page_renderer();

// Thread-safe. Why::empty where the mail holds no such attachment or page, else what Pages say.
Result<RenderedPage> render_page(ReaderProcess& renderer, std::string_view mail, const PageWanted&);

// An attachment as it was sent, taken out of its mail by the same child and checked against its
// digest.
Result<std::string> attachment_bytes(ReaderProcess& renderer, std::string_view mail,
                                     const std::string& sha256);

}  // namespace dengji
