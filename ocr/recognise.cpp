#include "ocr/recognise.hpp"

#include <leptonica/allheaders.h>
#include <omp.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace dengji {
namespace {

// Layout analysis cannot be interrupted and is worse than linear in specks, so a page of noise is
// not begun.
constexpr int blob_limit = 60'000;

struct PixDeleter {
  void operator()(Pix* p) const { pixDestroy(&p); }
};
using PixPtr = std::unique_ptr<Pix, PixDeleter>;

std::unique_ptr<tesseract::TessBaseAPI> load(const std::string& tessdata, const char* model) {
  auto api = std::make_unique<tesseract::TessBaseAPI>();
  const char* folder = tessdata.empty() ? nullptr : tessdata.c_str();
  if (api->Init(folder, model, tesseract::OEM_LSTM_ONLY) != 0)
    throw std::runtime_error(std::string("Tesseract's model \"") + model +
                             "\" cannot be loaded from \"" + tessdata + "\"");
  api->SetVariable("debug_file", "/dev/null");
  // Print is dark on light by now: a line that was read badly is not read again as its negative.
  api->SetVariable("tessedit_do_invert", "0");
  api->SetVariable("invert_threshold", "0");
  // Has it complain that there is no picture, and so open that file now: a confined child cannot,
  // and Tesseract would write to standard error.
  api->Recognize(nullptr);
  return api;
}

Box box_of(const tesseract::PageIterator& at, tesseract::PageIteratorLevel level) {
  int left = 0, top = 0, right = 0, bottom = 0;
  at.BoundingBox(level, &left, &top, &right, &bottom);
  return {left, top, right - left, bottom - top};
}

Glyph glyph_at(const tesseract::ResultIterator& at) {
  const std::unique_ptr<char[]> text(at.GetUTF8Text(tesseract::RIL_SYMBOL));
  return {text ? text.get() : "", box_of(at, tesseract::RIL_SYMBOL),
          at.Confidence(tesseract::RIL_SYMBOL) / 100.0};
}

TextLine line_of(std::vector<Glyph> glyphs, Box box) {
  TextLine line;
  line.box = box;
  for (const auto& glyph : glyphs) {
    line.text += glyph.text;
    line.confidence += glyph.confidence / static_cast<double>(glyphs.size());
  }
  line.glyphs = std::move(glyphs);
  return line;
}

std::vector<TextLine> lines_of(tesseract::TessBaseAPI& api) {
  std::vector<TextLine> lines;
  const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
  if (!at) return lines;
  std::vector<Glyph> glyphs;
  Box box;
  do {
    if (at->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) {
      if (!glyphs.empty()) lines.push_back(line_of(std::move(glyphs), box));
      glyphs.clear();
      box = box_of(*at, tesseract::RIL_TEXTLINE);
    }
    auto glyph = glyph_at(*at);
    if (!glyph.text.empty() && glyph.text != " ") glyphs.push_back(std::move(glyph));
  } while (at->Next(tesseract::RIL_SYMBOL));
  if (!glyphs.empty()) lines.push_back(line_of(std::move(glyphs), box));
  return lines;
}

bool out_of_time(void* budget, int /*words*/) {
  return static_cast<const Budget*>(budget)->spent();
}

// False where the budget ran out or there was nothing; what was read until then can be fetched all
// the same.
bool recognise(tesseract::TessBaseAPI& api, const Budget& budget) {
  tesseract::ETEXT_DESC monitor;
  monitor.cancel = out_of_time;
  monitor.cancel_this = const_cast<Budget*>(&budget);
  return api.Recognize(&monitor) == 0;
}

void show(tesseract::TessBaseAPI& api, const GreyView& view, int dpi) {
  api.SetImage(view.pixels, view.width, view.height, 1, view.stride);
  api.SetSourceResolution(dpi);
}

// The darkest and lightest values are the same for every page that was prepared, so one threshold
// counts.
int specks(const GreyView& view) {
  const PixPtr binary(pixCreate(view.width, view.height, 1));
  if (!binary) return blob_limit + 1;
  for (int y = 0; y < view.height; ++y) {
    auto* row = pixGetData(binary.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(binary.get());
    for (int x = 0; x < view.width; ++x)
      if (view.pixels[static_cast<std::ptrdiff_t>(y) * view.stride + x] < 128) SET_DATA_BIT(row, x);
  }
  int count = 0;
  return pixCountConnComp(binary.get(), 8, &count) == 0 ? count : blob_limit + 1;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Lattice lattice_of(tesseract::TessBaseAPI& api, const Codes& codes) {
  Lattice lattice(codes.count(), codes.blank());
  const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
  if (!at) return lattice;
  std::vector<Lattice::Chance> chances;
  do {
    const auto* segments = at->GetRawLSTMTimesteps();
    if (!segments) continue;
    for (const auto& segment : *segments)
      for (const auto& step : segment) {
        chances.clear();
        for (const auto& [label, probability] : step)
          chances.push_back({codes.code_of_label(label), probability});
        lattice.add(chances);
      }
  } while (at->Next(tesseract::RIL_WORD));
  return lattice;
}

class Stopwatch {
 public:
  explicit Stopwatch(Recogniser::Spent& spent) : spent_(spent), from_(Budget::now()) {}
  ~Stopwatch() {
    ++spent_.calls;
    spent_.seconds += Budget::now() - from_;
  }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  Recogniser::Spent& spent_;
  double from_;
};

}  // namespace

struct Recogniser::Engines {
  std::unique_ptr<tesseract::TessBaseAPI> han, latin;
  Codes codes;
  std::array<Spent, works> spent = {};
  tesseract::TessBaseAPI& of(Script script) { return script == Script::han ? *han : *latin; }

  TextLine one_line(Script script, const GreyView& view, const std::string& whitelist,
                    tesseract::PageSegMode mode, const Budget& budget) {
    if (budget.spent() || view.width < 4 || view.height < 4) return {};
    const Stopwatch watch(spent[script == Script::han ? han_lines : digit_lines]);
    auto& api = of(script);
    api.SetPageSegMode(mode);
    api.SetVariable("tessedit_char_whitelist", whitelist.c_str());
    show(api, view, 300);
    recognise(api, budget);
    auto lines = lines_of(api);
    api.Clear();
    if (lines.empty()) return {};
    auto widest = std::max_element(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
      return a.glyphs.size() < b.glyphs.size();
    });
    return std::move(*widest);
  }
};

Recogniser::Recogniser(const std::string& tessdata) : engines_(std::make_unique<Engines>()) {
  // Tesseract asks for four threads of its own accord, which costs six times the CPU it saves.
  omp_set_max_active_levels(0);
  engines_->han = load(tessdata, "chi_sim");
  engines_->latin = load(tessdata, "eng");
  auto codes =
      Codes::read(contents(std::string(engines_->han->GetDatapath()) + "/chi_sim.traineddata"));
  if (!codes)
    throw std::runtime_error("Tesseract's model \"chi_sim\" is not one that dengji can look into");
  engines_->codes = std::move(*codes);
}

Recogniser::~Recogniser() = default;

std::vector<TextLine> Recogniser::page(const GreyView& view, int dpi, const Budget& budget) {
  if (budget.spent() || view.width < 32 || view.height < 32 || specks(view) > blob_limit) return {};
  const Stopwatch watch(engines_->spent[whole_pages]);
  auto& api = *engines_->han;
  api.SetPageSegMode(tesseract::PSM_SPARSE_TEXT);
  api.SetVariable("tessedit_char_whitelist", "");
  show(api, view, dpi);
  recognise(api, budget);
  auto lines = lines_of(api);
  api.Clear();
  return lines;
}

TextLine Recogniser::line(Script script, Layout layout, const GreyView& view,
                          const std::string& whitelist, const Budget& budget) {
  const auto mode = layout == Layout::given ? tesseract::PSM_RAW_LINE : tesseract::PSM_SINGLE_LINE;
  return engines_->one_line(script, view, whitelist, mode, budget);
}

Recogniser::Reading Recogniser::reading(const GreyView& view, const Budget& budget) {
  if (budget.spent() || view.width < 4 || view.height < 4) return {};
  const Stopwatch watch(engines_->spent[seal_strips]);
  auto& api = *engines_->han;
  api.SetPageSegMode(tesseract::PSM_RAW_LINE);
  api.SetVariable("tessedit_char_whitelist", "");
  api.SetVariable("lstm_choice_mode", "1");
  api.SetVariable("lstm_choice_iterations", "0");  // other choices than each step's are not asked
  show(api, view, 300);
  recognise(api, budget);
  Reading reading;
  auto lines = lines_of(api);
  if (!lines.empty()) reading.line = std::move(lines.front());
  reading.lattice = lattice_of(api, engines_->codes);
  api.SetVariable("lstm_choice_mode", "0");
  api.Clear();
  return reading;
}

const Codes& Recogniser::codes() const { return engines_->codes; }

const std::array<Recogniser::Spent, Recogniser::works>& Recogniser::spent() const {
  return engines_->spent;
}

}  // namespace dengji
