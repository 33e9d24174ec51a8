// Pixels of text to characters: the only place that knows Tesseract. Models of Debian: chi_sim for
// Han, eng for numbers. One thread; not thread-safe: one Recogniser a thread. Nothing throws but
// the constructor; a page that exhausts its budget gives what was read by then.
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ocr/budget.hpp"
#include "ocr/codes.hpp"
#include "ocr/geometry.hpp"
#include "ocr/image.hpp"
#include "ocr/lattice.hpp"

namespace dengji {

// Cuts a box of the upright page out of the best picture there is of it, scaled to `height` pixels;
// empty where the box lies outside.
using Crop = std::function<GreyImage(const Box&, int height)>;

struct Glyph {
  std::string text;  // one character
  Box box;
  double confidence = 0;  // 0..1
};

struct TextLine {
  std::string text;  // of the glyphs, without blanks
  Box box;
  double confidence = 0;  // 0..1, mean of the glyphs
  std::vector<Glyph> glyphs;
};

enum class Script { han, latin };
// Whether what looks like noise round a line is cut off, or the strip is a line as it stands.
enum class Layout { sought, given };

// A way to read a strip that was not read surely.
struct Attempt {
  Script script;
  int height;  // pixels that the strip is scaled to
  Layout layout;
};

class Recogniser {
 public:
  explicit Recogniser(
      const std::string& tessdata);  // throws std::runtime_error if a model is absent
  ~Recogniser();
  Recogniser(const Recogniser&) = delete;
  Recogniser& operator=(const Recogniser&) = delete;

  // All text of an upright page, in no particular order: cells of one row are lines of their own.
  std::vector<TextLine> page(const GreyView&, int dpi, const Budget&);

  // One line of text, cropped inside any rules. `whitelist`: the only characters it may hold, "" =
  // any.
  TextLine line(Script, Layout, const GreyView&, const std::string& whitelist, const Budget&);

  // A line of Han whose layout is given, with what was thought likely at each step.
  struct Reading {
    TextLine line;
    Lattice lattice;
  };
  Reading reading(const GreyView&, const Budget&);
  const Codes& codes() const;  // of the lattice

  // What recognition has cost by now, for measuring.
  struct Spent {
    int calls = 0;
    double seconds = 0;  // CPU
  };
  enum Work { han_lines, digit_lines, seal_strips, whole_pages, works };
  const std::array<Spent, works>& spent() const;

 private:
  struct Engines;
  std::unique_ptr<Engines> engines_;
};

}  // namespace dengji
