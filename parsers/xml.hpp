// Foreign XML as a stream of events. Nothing is fetched and no entity is expanded but the five of
// the standard: a document type declaration is refused. Depth is capped by limits::xml_depth.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "parsers/result.hpp"

namespace dengji {

// Valid during its event only.
class XmlElement {
 public:
  struct Attribute {
    std::string_view name, value;
  };
  XmlElement(std::string_view space, std::string_view name, const Attribute* first,
             std::size_t count)
      : space_(space), name_(name), first_(first), count_(count) {}

  std::string_view space() const { return space_; }  // namespace URI, "" for none
  std::string_view name() const { return name_; }    // without its prefix
  bool has(std::string_view attribute) const { return find(attribute) != nullptr; }
  // By its name without prefix; "" where there is none.
  std::string_view value(std::string_view attribute) const {
    const Attribute* found = find(attribute);
    return found == nullptr ? std::string_view{} : found->value;
  }

 private:
  const Attribute* find(std::string_view name) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (first_[i].name == name) return &first_[i];
    }
    return nullptr;
  }
  std::string_view space_, name_;
  const Attribute* first_;
  std::size_t count_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(const XmlElement& element) = 0;
  virtual void end(
      std::string_view name) = 0;  // of the element that started last and is still open
  virtual void text(std::string_view utf8) = 0;
  virtual bool done() const = 0;  // true: no further event is wanted
};

// Why the bytes could not be read to their end; none when they could, or the handler was done.
std::optional<Unreadable> read_xml(std::string_view bytes, XmlHandler& handler);

// The same for HTML as people and programs write it: any bytes make events, properly nested, names
// in lower case. `utf8` has been decoded already; what it says of its charset is not heeded.
std::optional<Unreadable> read_html(std::string_view utf8, XmlHandler& handler);

}  // namespace dengji
