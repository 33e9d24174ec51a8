#include "parsers/code_page.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <memory>

namespace dengji {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

}  // namespace

std::string from_code_page(std::string_view bytes, int code_page) {
  // GB18030 holds all of 936 and what newer programs write under its name.
  Converter converter = open(code_page == 936 ? "gb18030" : "cp" + std::to_string(code_page));
  if (!converter) converter = open("windows-1252");
  if (!converter) return {};
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                converter.get(), status);
  std::string utf8;
  if (U_SUCCESS(status)) text.toUTF8String(utf8);
  return utf8;
}

}  // namespace dengji
