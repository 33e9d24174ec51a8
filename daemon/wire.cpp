// Reading to JSON and back. Each struct is described once, for both directions. Reading back is
// strict: a missing key (but for those that came later), a wrong type, an enumeration out of range
// or an index that points nowhere makes the whole text unreadable.
#include <nlohmann/json.hpp>
#include <type_traits>

#include "daemon/reading.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

using Json = nlohmann::json;

// The last value of each enumeration that crosses the wire.
constexpr int last_of(Why) { return static_cast<int>(Why::empty); }
constexpr int last_of(Role) { return static_cast<int>(Role::other); }
constexpr int last_of(FormState) { return static_cast<int>(FormState::read); }
constexpr int last_of(FormKind) { return static_cast<int>(FormKind::forum); }
constexpr int last_of(Action) { return static_cast<int>(Action::cancel); }
constexpr int last_of(PageKind) { return static_cast<int>(PageKind::other); }
constexpr int last_of(CertificateKind) { return static_cast<int>(CertificateKind::id_card); }
constexpr int last_of(SealShape) { return static_cast<int>(SealShape::square); }
constexpr int last_of(SealName) { return static_cast<int>(SealName::differs); }
constexpr int last_of(IdType) { return static_cast<int>(IdType::citizen); }

// One key and member a line; Archive is Writer or Reader below.
template <class A>
void describe(A& a, Unreadable& v) {
  a("why", v.why)("detail", v.detail);
}
template <class A>
void describe(A& a, Box& v) {
  a("x", v.x)("y", v.y)("w", v.w)("h", v.h);
}
template <class A>
void describe(A& a, Place& v) {
  a("t", v.table)("r", v.row)("c", v.column);
}
template <class A>
void describe(A& a, Field& v) {
  a("value", v.value)("typed", v.typed)("place", v.place)("understood", v.understood);
}
template <class A>
void describe(A& a, Form& v) {
  a("kind", v.kind)("action", v.action)("fields", v.fields)("name_key", v.name_key)("title",
                                                                                    v.title);
}
template <class A>
void describe(A& a, Part& v) {
  a("attachment", v.attachment)("role", v.role)("pages", v.pages)("shared", v.shared);
  a("ambiguous", v.ambiguous);
}
template <class A>
void describe(A& a, Submission& v) {
  a("platform", v.platform)("form_state", v.form_state)("form", v.form);
  a("form_attachment", v.form_attachment)("form_problem", v.form_problem);
  a("name_matches", v.name_matches)("parts", v.parts);
}
template <class A>
void describe(A& a, Quality& v) {
  a("dpi", v.dpi)("text_height", v.text_height)("sharpness", v.sharpness)("contrast", v.contrast);
  a("brightness", v.brightness);
  a("readable", v.readable)("why", v.why)("monochrome", v.monochrome);
}
template <class A>
void describe(A& a, SealInside& v) {
  a("star", v.star)("line", v.line);
}
template <class A>
void describe(A& a, Seal& v) {
  a("shape", v.shape)("red", v.red)("text", v.text)("box", v.box)("confidence", v.confidence);
  a("name", v.name)("name_score", v.name_score)("pasted", v.pasted)("fingerprint", v.fingerprint);
  a("inside", v.inside);
}
template <class A>
void describe(A& a, Number& v) {
  a("text", v.text)("type", v.type)("box", v.box)("confidence", v.confidence)("agreed", v.agreed);
}
template <class A>
void describe(A& a, ReadLine& v) {
  a("box", v.box)("text", v.text);
}
template <class A>
void describe(A& a, Agreement& v) {
  a("platform", v.platform)("registrant", v.registrant)("form", v.form)("id_number", v.id_number);
  a("manager_id", v.manager_id)("legal_id", v.legal_id)("score", v.score);
}
template <class A>
void describe(A& a, PageFacts& v) {
  a("page", v.page)("width", v.width)("height", v.height)("turn", v.turn)("kind", v.kind);
  a("kind_confidence", v.kind_confidence)("form", v.form)("certificate", v.certificate);
  a("quality", v.quality)("seals", v.seals)("numbers", v.numbers)("signature", v.signature);
  a("cells", v.cells)("lines", v.lines);
  a("valid_until", v.valid_until)("name", v.name)("agreement", v.agreement);
  a.later("legal_name", v.legal_name);
}
template <class A>
void describe(A& a, Authentication& v) {
  a("server", v.server)("domains", v.domains)("by", v.by);
}
template <class A>
void describe(A& a, MessageFacts& v) {
  a("message_id", v.message_id)("in_reply_to", v.in_reply_to)("references", v.references);
  a("subject", v.subject)("date", v.date)("received", v.received)("from", v.from);
  a("from_name", v.from_name)("reply_to", v.reply_to)("return_path", v.return_path);
  a("recipients", v.recipients)("machine", v.machine)("bounce_of", v.bounce_of);
  a("authentications", v.authentications)("remote", v.remote)("problems", v.problems);
}
template <class A>
void describe(A& a, FileFacts& v) {
  a("name", v.name)("container", v.container)("type", v.type)("sha256", v.sha256)("bytes", v.bytes);
  a("inline_image", v.inline_image)("problem", v.problem)("pages", v.pages);
}
template <class A>
void describe(A& a, Reading& v) {
  a("problem", v.problem)("message", v.message)("files", v.files)("submissions", v.submissions)(
      "unused", v.unused);
}

class Writer {
 public:
  template <class T>
  Writer& operator()(const char* key, T& value) {
    json_[key] = put(value);
    return *this;
  }
  template <class T>
  Writer& later(const char* key, T& value) {
    return (*this)(key, value);
  }
  template <class T>
  static Json put(T& value) {
    if constexpr (std::is_enum_v<T>) {
      return static_cast<int>(value);
    } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
      return value;
    } else {
      Writer inner;
      describe(inner, value);
      return std::move(inner.json_);
    }
  }
  template <class T>
  static Json put(std::optional<T>& value) {
    return value ? put(*value) : Json(nullptr);
  }
  template <class T>
  static Json put(std::vector<T>& values) {
    Json array = Json::array();
    for (auto& value : values) array.push_back(put(value));
    return array;
  }
  template <class T>
  static Json put(std::map<std::string, T>& values) {
    Json object = Json::object();
    for (auto& [key, value] : values) object[key] = put(value);
    return object;
  }

 private:
  Json json_ = Json::object();
};

class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}
  template <class T>
  Reader& operator()(const char* key, T& value) {
    get(json_.at(key), value);
    return *this;
  }
  // A key that readings kept from before it came up lack.
  template <class T>
  Reader& later(const char* key, T& value) {
    if (json_.contains(key)) get(json_.at(key), value);
    return *this;
  }
  template <class T>
  static void get(const Json& json, T& value) {
    if constexpr (std::is_enum_v<T>) {
      const auto number = json.get<int>();
      if (number < 0 || number > last_of(T{})) throw std::out_of_range("enumeration");
      value = static_cast<T>(number);
    } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
      json.get_to(value);
    } else {
      Reader inner(json);
      describe(inner, value);
    }
  }
  template <class T>
  static void get(const Json& json, std::optional<T>& value) {
    if (!json.is_null()) get(json, value.emplace());
  }
  template <class T>
  static void get(const Json& json, std::vector<T>& values) {
    for (const auto& item : json.get_ref<const Json::array_t&>()) get(item, values.emplace_back());
  }
  template <class T>
  static void get(const Json& json, std::map<std::string, T>& values) {
    for (const auto& [key, item] : json.get_ref<const Json::object_t&>()) get(item, values[key]);
  }

 private:
  const Json& json_;
};

bool indices_hold(const Reading& reading) {
  const auto inside = [&](std::size_t index) { return index < reading.files.size(); };
  for (const auto index : reading.unused)
    if (!inside(index)) return false;
  for (const auto& submission : reading.submissions) {
    if (submission.form_attachment && !inside(*submission.form_attachment)) return false;
    if ((submission.form_state == FormState::read) != submission.form.has_value()) return false;
    for (const auto& part : submission.parts)
      if (!inside(part.attachment)) return false;
  }
  return true;
}

}  // namespace

std::string to_wire(const Reading& reading) {
  auto copy = reading;  // describe() serves both directions and so wants it mutable
  return Writer::put(copy).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Reading> from_wire(std::string_view text) {
  try {
    Reading reading;
    Reader::get(Json::parse(text), reading);
    if (!indices_hold(reading))
      return Unreadable{Why::damaged, "the reader's answer points nowhere"};
    return reading;
  } catch (const std::exception& error) {  // nlohmann's and ours: all mean the same to the caller
    return Unreadable{Why::damaged, std::string("the reader's answer: ") + error.what()};
  }
}

}  // namespace dengji
