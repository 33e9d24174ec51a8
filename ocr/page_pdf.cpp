// PDF (ISO 32000-1). A scanner's page is one JPEG drawn over the whole sheet: qpdf takes it out as
// it is, so that no pixel is resampled. Everything else poppler draws.
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>
#include <vector>

#include "ocr/page_source.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr double default_dpi = 200, lowest_dpi = 100, highest_dpi = 400;
constexpr double points_per_inch = 72;

// Sees whether a page's content does nothing but draw one picture, upright, and where.
class OnePicture : public QPDFObjectHandle::ParserCallbacks {
 public:
  void handleObject(QPDFObjectHandle object) override {
    if (!object.isOperator()) {
      if (operands_.size() < 16) operands_.push_back(object);
      return;
    }
    take(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {}

  bool upright() const { return plain_ && drawn_ == 1 && width_ > 0 && height_ > 0; }
  double width() const { return width_; }  // points
  double height() const { return height_; }
  const std::string& name() const { return name_; }

 private:
  void take(const std::string& op) {
    if (op == "cm") {
      concatenate();
    } else if (op == "Do") {
      ++drawn_;
      if (!operands_.empty() && operands_[0].isName()) name_ = operands_[0].getName();
    } else if (op != "q" && op != "Q" && op != "gs") {
      plain_ = false;
    }
  }
  // Only scalings are told apart from the rest: a scanner's page has one, now and then two.
  void concatenate() {
    if (operands_.size() != 6) return void(plain_ = false);
    std::array<double, 6> v{};
    for (std::size_t i = 0; i < 6; ++i) {
      if (!operands_[i].isNumber()) return void(plain_ = false);
      v[i] = operands_[i].getNumericValue();
    }
    if (std::abs(v[1]) > 1e-6 || std::abs(v[2]) > 1e-6) plain_ = false;
    width_ *= v[0];
    height_ *= v[3];
  }

  std::vector<QPDFObjectHandle> operands_;
  bool plain_ = true;
  int drawn_ = 0;
  double width_ = 1, height_ = 1;
  std::string name_;
};

struct Scan {
  std::string jpeg;  // "" where the picture is stored in another way
  double dpi = 0;
};

int rotation_of(QPDFPageObjectHelper& page) {
  QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
  return rotate.isInteger() ? static_cast<int>(rotate.getIntValue() % 360) : 0;
}

bool is_plain_jpeg(QPDFObjectHandle picture) {
  QPDFObjectHandle dict = picture.getDict();
  QPDFObjectHandle filter = dict.getKey("/Filter");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  return filter.isName() && filter.getName() == "/DCTDecode" && !dict.hasKey("/SMask") &&
         !dict.hasKey("/Mask") && !dict.hasKey("/Decode");
}

// What a scanned page holds; empty where the page is anything else. qpdf throws on damage.
std::optional<Scan> scan_of(QPDFPageObjectHelper& page) {
  OnePicture content;
  page.parseContents(&content);
  auto pictures = page.getImages();
  const auto found = pictures.find(content.name());
  if (!content.upright() || found == pictures.end() || rotation_of(page) != 0) return std::nullopt;
  QPDFObjectHandle width = found->second.getDict().getKey("/Width");
  if (!width.isInteger()) return std::nullopt;
  Scan scan;
  scan.dpi = static_cast<double>(width.getIntValue()) / content.width() * points_per_inch;
  if (!is_plain_jpeg(found->second)) return scan;
  auto bytes = found->second.getRawStreamData();
  scan.jpeg.assign(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize());
  return scan;
}

Result<ColourImage> drawn(const poppler::page& page, double dpi) {
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  renderer.set_image_format(poppler::image::format_rgb24);
  const poppler::image image = renderer.render_page(&page, dpi, dpi);
  if (!image.is_valid()) return Unreadable{Why::damaged, "the PDF page could not be drawn"};
  ColourImage out(image.width(), image.height());
  for (int y = 0; y < out.height; ++y) {
    const char* from = image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    std::copy(from, from + 3 * out.width, reinterpret_cast<char*>(out.row(y)));
  }
  return out;
}

class PdfSource : public Pages::Source {
 public:
  PdfSource(std::string_view bytes, std::unique_ptr<poppler::document> document)
      : bytes_(bytes), document_(std::move(document)) {}
  int count() const override { return document_->pages(); }

  Result<Page> read(int number) const override {
    const std::optional<Scan> scan = find_scan(number);
    if (scan && !scan->jpeg.empty()) {
      Result<Page> page = decode_picture(FileType::jpeg, scan->jpeg, 0);
      if (page || page.reason().why == Why::over_limit) {
        if (page) page->dpi = scan->dpi;
        return page;
      }
    }
    return render(number, scan ? scan->dpi : default_dpi);
  }

 private:
  std::optional<Scan> find_scan(int number) const {
    try {
      QPDF pdf;
      pdf.setSuppressWarnings(true);
      pdf.processMemoryFile("attachment", bytes_.data(), bytes_.size());
      auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
      const auto index = static_cast<std::size_t>(number - 1);
      if (index >= pages.size()) return std::nullopt;
      return scan_of(pages[index]);
    } catch (const std::exception&) {
      return std::nullopt;  // what qpdf cannot take apart poppler may still draw
    }
  }

  Result<Page> render(int number, double dpi) const {
    const std::unique_ptr<poppler::page> page(document_->create_page(number - 1));
    if (!page) return Unreadable{Why::damaged, "the PDF has no such page"};
    const poppler::rectf sheet = page->page_rect(poppler::crop_box);
    if (sheet.width() > limits::pdf_page_points || sheet.height() > limits::pdf_page_points)
      return Unreadable{Why::over_limit, "a PDF page of more than two thousand points"};
    dpi = std::clamp(dpi, lowest_dpi, highest_dpi);
    const double scale = dpi / points_per_inch;
    if (auto reason = too_large(sheet.width() * scale, sheet.height() * scale)) return *reason;
    Result<ColourImage> image = drawn(*page, dpi);
    if (!image) return image.reason();
    Page out;
    out.pixels = std::move(*image);
    out.dpi = dpi;
    out.rendered = true;
    return out;
  }

  std::string_view bytes_;
  std::unique_ptr<poppler::document> document_;
};

}  // namespace

SourceResult open_pdf(std::string_view bytes) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) return Unreadable{Why::damaged, "the PDF could not be opened"};
  if (document->is_locked()) return Unreadable{Why::encrypted, "the PDF needs a password"};
  return std::unique_ptr<Pages::Source>(std::make_unique<PdfSource>(bytes, std::move(document)));
}

}  // namespace dengji
