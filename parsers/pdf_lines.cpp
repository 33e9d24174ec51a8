#include "parsers/pdf_lines.hpp"

#include <algorithm>
#include <exception>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <stdexcept>
#include <string>
#include <utility>

#include "parsers/limits.hpp"
#include "parsers/pdf_painter.hpp"

namespace dengji {

struct PdfDrawings::File {
  QPDF pdf;
  std::vector<QPDFPageObjectHelper> pages;
};

namespace {

struct TooLarge : std::runtime_error {
  TooLarge() : std::runtime_error("PDF page draws too much") {}
};

// Takes inflated bytes up to what is left of the page's share.
class Collector final : public Pipeline {
 public:
  Collector(std::string& to, std::size_t room)
      : Pipeline("content", nullptr), to_(to), room_(room) {}
  void write(unsigned char const* data, std::size_t size) override {
    // qpdf would swallow an exception here.
    overflowed_ = overflowed_ || to_.size() + size > room_;
    if (!overflowed_) to_.append(reinterpret_cast<const char*>(data), size);
  }
  void finish() override {}
  bool overflowed() const { return overflowed_; }

 private:
  std::string& to_;
  std::size_t room_;
  bool overflowed_ = false;
};

double number(QPDFObjectHandle array, int index) {
  return array.isArray() && index < array.getArrayNItems() && array.getArrayItem(index).isNumber()
             ? array.getArrayItem(index).getNumericValue()
             : 0;
}

PdfMatrix matrix_of(QPDFObjectHandle form) {
  QPDFObjectHandle m = form.getDict().getKey("/Matrix");
  if (!m.isArray()) return {};
  return {number(m, 0), number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5)};
}

// User space to the page as shown: cropped, turned, y downwards.
PdfMatrix page_matrix(QPDFPageObjectHelper& page) {
  QPDFObjectHandle box = page.getCropBox();
  const double left = std::min(number(box, 0), number(box, 2));
  const double right = std::max(number(box, 0), number(box, 2));
  const double bottom = std::min(number(box, 1), number(box, 3));
  const double top = std::max(number(box, 1), number(box, 3));
  QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
  const long long turn = rotate.isInteger() ? ((rotate.getIntValue() % 360) + 360) % 360 : 0;
  if (turn == 90) return {0, 1, 1, 0, -bottom, -left};
  if (turn == 180) return {-1, 0, 0, 1, right, -bottom};
  if (turn == 270) return {0, -1, -1, 0, top, right};
  return {1, 0, 0, -1, -left, top};
}

class PageReader {
 public:
  explicit PageReader(QPDFPageObjectHelper page) : page_(page), painter_(page_matrix(page)) {}

  PageDrawing read() {
    const QPDFObjectHandle resources = page_.getAttribute("/Resources", false);
    std::string content;
    for (QPDFObjectHandle stream : page_.getPageContents()) {
      append(stream, content);
      content += '\n';
    }
    run(content, resources, 0);
    return std::move(painter_).result();
  }

 private:
  // All streams of a page, forms included, share one limit.
  void append(QPDFObjectHandle stream, std::string& to) {
    const std::size_t before = to.size();
    Collector collector(to, before + limits::pdf_content_bytes - read_);
    stream.pipeStreamData(&collector, 0, qpdf_dl_generalized, true);
    if (collector.overflowed()) throw TooLarge();
    read_ += to.size() - before;
  }

  void run(const std::string& bytes, QPDFObjectHandle resources, std::size_t depth) {
    PdfContent content(bytes);
    for (const PdfOperator* op = &content.next(); !op->name.empty(); op = &content.next()) {
      if (op->name == "Do") {
        run_form(std::string("/").append(op->last_name), resources, depth + 1);
      } else {
        painter_.take(*op);
      }
      if (painter_.over_limit()) throw TooLarge();
    }
  }

  void run_form(const std::string& name, QPDFObjectHandle resources, std::size_t depth) {
    if (depth > limits::pdf_form_depth || !resources.isDictionary()) return;
    QPDFObjectHandle objects = resources.getKey("/XObject");
    if (!objects.isDictionary()) return;
    QPDFObjectHandle form = objects.getKey(name);
    if (!form.isStream() || !form.getDict().getKey("/Subtype").isNameAndEquals("/Form")) return;
    // A form that is drawn often is read as often: the share pays for each time.
    std::string bytes;
    append(form, bytes);
    QPDFObjectHandle own = form.getDict().getKey("/Resources");
    painter_.push(matrix_of(form));
    run(bytes, own.isDictionary() ? own : resources, depth);
    painter_.pop();
  }

  QPDFPageObjectHelper page_;
  PdfPainter painter_;
  std::size_t read_ = 0;
};

}  // namespace

PdfDrawings::PdfDrawings(std::unique_ptr<File> file) : file_(std::move(file)) {}
PdfDrawings::PdfDrawings(PdfDrawings&&) noexcept = default;
PdfDrawings::~PdfDrawings() = default;

Result<PdfDrawings> PdfDrawings::open(std::string_view bytes) {
  try {
    auto file = std::make_unique<File>();
    file->pdf.setSuppressWarnings(true);
    file->pdf.processMemoryFile("attachment", bytes.data(), bytes.size());
    file->pages = QPDFPageDocumentHelper(file->pdf).getAllPages();
    return PdfDrawings(std::move(file));
  } catch (const std::exception& error) {
    return Unreadable{Why::damaged, std::string("PDF: ") + error.what()};
  }
}

Result<PageDrawing> PdfDrawings::page(std::size_t number) const {
  if (number >= file_->pages.size()) return PageDrawing{};
  try {
    return PageReader(file_->pages[number]).read();
  } catch (const TooLarge& error) {
    return Unreadable{Why::over_limit, error.what()};
  } catch (const std::exception& error) {
    return Unreadable{Why::damaged, std::string("PDF: ") + error.what()};
  }
}

}  // namespace dengji
