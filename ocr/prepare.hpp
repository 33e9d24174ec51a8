// A page made upright and flat: the sheet's corners found on the desk, perspective and skew undone,
// turned by what stands on it, the light evened. Nothing is resampled until a part is asked for.
// Any thread.
#pragma once
#include <memory>
#include <vector>

#include "ocr/light.hpp"
#include "ocr/page.hpp"
#include "ocr/text_lines.hpp"

namespace dengji {

class Sheet {
 public:
  int width() const { return width_; }  // pixels of the upright sheet, about as fine as the page's
  int height() const { return height_; }
  int turn() const { return turn_; }  // quarter turns clockwise that made the page upright
  double turn_sure() const {
    return turn_sure_;
  }                                              // 0..1; upside down is hard to see in rules alone
  bool flattened() const { return flattened_; }  // the corners of a sheet on a desk were found
  bool monochrome() const { return monochrome_; }  // no colour anywhere: a black-and-white copy
  double text_height() const {
    return text_height_;
  }                                    // of usual print, pixels of the sheet, 0 if none
  double dpi() const { return dpi_; }  // by the sheet's size as A4, else the file's, else 0
  const std::vector<Box>& cells() const { return cells_; }  // between the rules, in reading order
  const std::vector<LinePlace>& lines() const { return lines_; }  // of print, from top to bottom

  // A part of the upright sheet, `scale` times as large; beyond the page it is white.
  ColourImage colour(const Box& box, double scale = 1) const;     // light evened: paper is white
  GreyImage grey(const Box& box, double scale = 1) const;         // of the same
  GreyImage without_red(const Box& box, double scale = 1) const;  // for print beneath a seal
  GreyImage redness(const Box& box, double scale = 1) const;
  Box whole() const { return {0, 0, width_, height_}; }

  const Transform& to_page() const { return to_page_; }  // sheet pixel -> page pixel
  Box page_box(const Box& on_sheet) const;
  Box sheet_box(const Box& on_page) const;

  // The whole sheet as colour() gives it, about 1,200 pixels on the longer side: for a first look.
  const ColourImage& overview() const { return overview_; }
  double overview_scale() const { return overview_scale_; }  // overview pixels a sheet pixel

  Sheet turned(
      int quarters) const;  // the same page held another way, clockwise; cells and lines anew

 private:
  friend Sheet prepare(const Page& page);
  void look_over();
  void find_cells_and_lines();

  const ColourImage* page_ = nullptr;
  std::shared_ptr<const ColourImage> small_;  // the page shrunk by small_factor_
  int small_factor_ = 1;
  Light light_;
  Transform to_page_;
  int width_ = 0, height_ = 0, turn_ = 0;
  double turn_sure_ = 0, dpi_ = 0, text_height_ = 0;
  bool flattened_ = false, monochrome_ = false;
  ColourImage overview_;
  double overview_scale_ = 1;
  std::vector<Box> cells_;
  std::vector<LinePlace> lines_;
};

// The page must outlive the sheet.
Sheet prepare(const Page& page);

}  // namespace dengji
