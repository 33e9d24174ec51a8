// Single property modifiers ([MS-DOC] 2.6): how Word 6-2003 stores the formatting of characters,
// paragraphs and table rows, as a list of operation and operand.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace dengji {

enum class Sprm : std::uint16_t {
  // Characters.
  CFRMarkDel = 0x0800,
  CFData = 0x0806,
  CFVanish = 0x083C,
  CFSpec = 0x0855,
  CIstd = 0x4A30,
  CRgFtc0 = 0x4A4F,
  CRgFtc1 = 0x4A50,
  CRgFtc2 = 0x4A51,
  CFStrike = 0x0837,
  CFDStrike = 0x2A53,
  CPicLocation = 0x6A03,
  CSymbol = 0x6A09,
  // Paragraphs.
  PFInTable = 0x2416,
  PFTtp = 0x2417,
  PFInnerTableCell = 0x244B,
  PFInnerTtp = 0x244C,
  PIstd = 0x4600,
  PHugePapx = 0x6646,
  PHugePapxOld = 0x6645,
  PItap = 0x6649,
  PDtap = 0x664A,
  PTableProps = 0x646B,
  // Table rows.
  TDelete = 0x5622,
  TMerge = 0x5624,
  TSplit = 0x5625,
  TInsert = 0x7621,
  TDxaCol = 0x7623,
  TDxaLeft = 0x9601,
  TDxaGapHalf = 0x9602,
  TDefTable10 = 0xD606,
  TDefTable = 0xD608,
  TVertMerge = 0xD62B,
};

// A list may be said to hold for any number of paragraphs, and a list may call others: so what is
// read in all is counted.
class SprmBudget {
 public:
  // The list, or nothing once limits::modifier_bytes were taken.
  std::string_view take(std::string_view list);
  bool spent() const { return spent_; }

 private:
  std::size_t taken_ = 0;
  bool spent_ = false;
};

// Calls `each` for every whole modifier of the list; what follows a broken one is not read.
void for_each_sprm(std::string_view list,
                   const std::function<void(Sprm, std::string_view operand)>& each);

// The same for Word 6 and 95, whose operations have one byte and numbers of their own; those that
// no reader of text needs are passed over.
void for_each_old_sprm(std::string_view list,
                       const std::function<void(Sprm, std::string_view operand)>& each);

// The modifier that a piece's one-byte code stands for ([MS-DOC] 2.9.215); none for those that no
// reader of text needs.
std::optional<Sprm> sprm_of_piece(std::uint8_t code);

}  // namespace dengji
