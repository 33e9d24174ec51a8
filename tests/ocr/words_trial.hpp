// A page whose lines are recognised as they are asked for, with one recogniser for all cases.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "ocr/recognise.hpp"
#include "ocr/words.hpp"
#include "tests/ocr/scans.hpp"

namespace dengji::test {

class WordsTrial : public testing::Test {
 protected:
  static Recogniser& recogniser() {
    static Recogniser loaded("");
    return loaded;
  }
  void open(const std::string& name, int quarters = 0) { open(page_of("read/" + name), quarters); }
  void open(Page page, int quarters = 0) {
    page_ = std::move(page);
    sheet_ = prepare(page_).turned(quarters);
    words_.emplace(sheet_, std::vector<Box>(), recogniser(), budget_);
  }
  std::size_t read() const { return words_->text().lines().size(); }

  Page page_;
  Sheet sheet_;
  Budget budget_{20};
  std::optional<Words> words_;
};

}  // namespace dengji::test
