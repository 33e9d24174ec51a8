// header.hpp's read_addresses() and message.hpp's is_addr_spec().
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/header.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

class AddressReader {
 public:
  AddressReader(std::string_view raw, std::size_t limit)
      : raw_(raw), gbk_(!is_utf8(raw)), limit_(limit) {}

  std::vector<Address> read() {
    for (; at_ < raw_.size() && found_.size() < limit_; ++at_) step(raw_[at_]);
    finish();
    return std::move(found_);
  }

 private:
  void step(char c) {
    if (gbk_ && is_gbk_pair(raw_, at_)) {
      phrase_ += raw_.substr(at_++, 2);
    } else if (const std::size_t end = encoded_word_end(raw_, at_); end > at_) {
      phrase_ += raw_.substr(at_, end - at_);  // programs leave commas in it as they are
      at_ = end - 1;
    } else if (c == '"') {
      quoted();
    } else if (c == '(') {
      comment();
    } else if (c == '<') {
      angle();
    } else if (c == ',' || c == ';') {
      finish();
    } else if (c == ':' && phrase_.find('@') == std::string::npos) {
      phrase_.clear();  // a group's name
    } else {
      phrase_ += c;
    }
  }
  void quoted() {
    for (++at_; at_ < raw_.size() && raw_[at_] != '"'; ++at_) {
      if (gbk_ && is_gbk_pair(raw_, at_)) {
        phrase_ += raw_[at_++];
      } else if (raw_[at_] == '\\' && at_ + 1 < raw_.size()) {
        ++at_;
      }
      phrase_ += raw_[at_];
    }
  }
  void comment() {
    int depth = 0;
    const std::size_t start = at_ + 1;
    for (; at_ < raw_.size(); ++at_) {
      if (raw_[at_] == '\\') {
        ++at_;
      } else if (raw_[at_] == '(') {
        ++depth;
      } else if (raw_[at_] == ')' && --depth == 0) {
        break;
      }
    }
    at_ = std::min(at_, raw_.size());
    if (comment_.empty()) comment_ = raw_.substr(start, at_ - start);
  }
  void angle() {
    const std::size_t end = std::min(raw_.find('>', at_), raw_.size());
    std::string_view inner = raw_.substr(at_ + 1, end - at_ - 1);
    const std::size_t route = inner.starts_with('@') ? inner.rfind(':') : std::string_view::npos;
    if (route != std::string_view::npos) inner.remove_prefix(route + 1);
    address_ = strip_blanks(inner);
    angle_ = true;
    at_ = end;
  }
  void finish() {
    Address address;
    const std::string phrase(strip_blanks(phrase_));
    if (angle_) {
      address.address = address_;
      address.name = trim(decode_header(phrase));
    } else if (phrase.find('@') != std::string::npos) {
      address.address = phrase;
      std::erase_if(address.address, [](char c) { return c == ' ' || c == '\t'; });
    } else {
      address.name = trim(decode_header(phrase));
    }
    if (address.name.empty()) address.name = trim(decode_header(comment_));
    if (address.address.find_first_not_of("<>") == std::string::npos) address.address.clear();
    address.address = to_utf8(address.address);
    if (!address.address.empty() || !address.name.empty()) found_.push_back(std::move(address));
    phrase_.clear();
    comment_.clear();
    address_.clear();
    angle_ = false;
  }

  std::string_view raw_;
  bool gbk_;
  std::size_t limit_, at_ = 0;
  std::string phrase_, comment_, address_;
  bool angle_ = false;
  std::vector<Address> found_;
};

}  // namespace

std::vector<Address> read_addresses(std::string_view raw, std::size_t limit) {
  return AddressReader(raw, limit).read();
}

bool is_addr_spec(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64) return false;
  const auto is_alnum = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  const auto dotted = [&is_alnum](std::string_view part, std::string_view others) {
    bool after_dot = true;
    for (const char c : part) {
      if (c == '.' ? after_dot : !is_alnum(c) && others.find(c) == std::string_view::npos) {
        return false;
      }
      after_dot = c == '.';
    }
    return !after_dot;
  };
  const std::string_view domain = text.substr(at + 1);
  return dotted(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && dotted(domain, "-") &&
         domain.front() != '-' && domain.back() != '-';
}

}  // namespace dengji
