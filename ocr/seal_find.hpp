// Seals on a sheet: where they are, of which shape, how sure; what they say is read elsewhere. Red
// seals by their ink, grey ones of black-and-white copies by their outline. Any thread.
#pragma once
#include <string>
#include <vector>

#include "ocr/prepare.hpp"
#include "ocr/seal_shape.hpp"
#include "ocr/seal_strip.hpp"

namespace dengji {

// What was measured along a seal's outline and within it; all 0..1.
struct SealMarks {
  double coverage = 0;  // share of the visible outline that bears ink
  double outside = 0;   // share of the directions with ink just outside of it
  double fill = 0;      // share of the area within that bears ink
  double strength = 0;  // mean redness (darkness, if grey) of the inked outline
  double visible = 0;   // share of the outline that lies on the page
};

struct FoundSeal {
  SealShape shape = SealShape::round;
  bool red = true;
  double confidence = 0;  // 0..1 that it is a seal
  Point centre;           // on the sheet
  double rx = 0, ry = 0;  // half axes (half sides, if square) on the sheet; rx >= ry
  double angle = 0;       // radians from the x axis to that of rx, clockwise as seen
  Box on_sheet, on_page;  // round the outline; on_page in pixels of the page as a viewer shows it
  SealMarks marks;
  GreyImage ink;        // redness (darkness, if grey) of `ink_box` at the sheet's scale, 255 = most
  Box ink_box;          // on the sheet: the outline's box and a tenth more on each side
  double flatness = 0;  // as of seal_ink's flatness()
  bool pasted = false;  // so flat that it is a picture laid on the page rather than ink on paper
  std::string fingerprint;  // as of seal_print.hpp; "" if none
};

SealInk ink_of(const FoundSeal&, SealInk::Shape = SealInk::Shape::round);

// The surest first; at most limits::seals_on_page, none overlapping another by half.
std::vector<FoundSeal> find_seals(const Sheet& sheet);

// At which a red seal is surely one and no fainter or grey one is looked for.
inline constexpr double sure_seal = 0.4;

// Where no red ones were found, by the darkness of their outline: grey ones of black-and-white
// copies, and red ones too faint to be seen as red (their confidence is low, for the outline alone
// is no proof). A square one whose edges lie as a table's do is taken for rules.
std::vector<FoundSeal> find_grey_seals(const Sheet& sheet);

}  // namespace dengji
