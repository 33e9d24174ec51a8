// How a Tesseract model spells characters. Han has too many characters for one output each, so that
// chi_sim spells a character with up to nine codes (its "recoder"); what the network tells at each
// step is about codes. Read from the bytes of a .traineddata file (tesseract's tessdatamanager.h,
// unicharcompress.h). Pure.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

class Codes {
 public:
  static std::optional<Codes> read(std::string_view traineddata);  // none where it has no recoder

  // Empty for a character that the model does not know.
  const std::vector<int>& spell(const std::string& character) const;
  // The codes of a text; characters that are unknown are left out.
  std::vector<int> spell(std::u32string_view text) const;

  // Tesseract 5.3 labels raw outputs as if codes were characters; the code that is meant. The
  // outputs it leaves without a label are taken for the blank, and so is the space: nobody's name
  // has one.
  int code_of_label(std::string_view label) const;
  int blank() const { return blank_; }
  int count() const { return blank_ + 1; }

 private:
  std::map<std::string, std::vector<int>> spelling_;
  std::map<std::string, int, std::less<>> labels_;
  int blank_ = 0;
};

}  // namespace dengji
