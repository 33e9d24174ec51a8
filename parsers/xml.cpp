#include "parsers/xml.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <climits>
#include <cstring>
#include <memory>
#include <vector>

#include "parsers/limits.hpp"

namespace dengji {
namespace {

// What the callbacks share; libxml2 hands a pointer to it back.
struct Session {
  XmlHandler& handler;
  xmlParserCtxtPtr parser = nullptr;
  std::vector<std::size_t> spaces = {};  // namespaces that each open element declares
  std::size_t spaces_in_scope = 0;
  std::optional<Unreadable> refused = std::nullopt;
  bool stopped = false;

  void stop() {
    stopped = true;
    xmlStopParser(parser);
  }
  void refuse(Unreadable reason) {
    refused = std::move(reason);
    stop();
  }
  void start(const XmlElement& element, std::size_t declared) {
    if (stopped) return;
    spaces.push_back(declared);
    spaces_in_scope += declared;
    if (spaces.size() > limits::xml_depth) {
      return refuse({Why::over_limit, "elements nested too deep"});
    }
    // libxml2 looks through all of them for each name.
    if (spaces_in_scope > limits::xml_namespaces) {
      return refuse({Why::over_limit, "too many namespaces"});
    }
    handler.start(element);
    if (handler.done()) stop();
  }
  void end(std::string_view name) {
    if (stopped) return;
    spaces_in_scope -= spaces.back();
    spaces.pop_back();
    handler.end(name);
    if (handler.done()) stop();
  }
};

Session& session(void* context) { return *static_cast<Session*>(context); }

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

void on_start(void* context, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* space,
              int declared, const xmlChar**, int count, int, const xmlChar** fields) {
  std::vector<XmlElement::Attribute> attributes;
  for (int i = 0; i < count; ++i, fields += 5) {
    const auto size = static_cast<std::size_t>(fields[4] - fields[3]);
    attributes.push_back({view(fields[0]), {reinterpret_cast<const char*>(fields[3]), size}});
  }
  session(context).start({view(space), view(name), attributes.data(), attributes.size()},
                         static_cast<std::size_t>(declared));
}

void on_end(void* context, const xmlChar* name, const xmlChar*, const xmlChar*) {
  session(context).end(view(name));
}

bool names_fit(xmlParserCtxtPtr parser) {
  return xmlDictGetUsage(parser->dict) <= limits::html_name_bytes;
}

void on_html_start(void* context, const xmlChar* name, const xmlChar** fields) {
  Session& at = session(context);
  if (!names_fit(at.parser)) return at.refuse({Why::over_limit, "too many names"});
  std::vector<XmlElement::Attribute> attributes;
  for (; fields != nullptr && fields[0] != nullptr; fields += 2) {
    attributes.push_back({view(fields[0]), view(fields[1])});
  }
  at.start({"", view(name), attributes.data(), attributes.size()}, 0);
}

void on_html_end(void* context, const xmlChar* name) { session(context).end(view(name)); }

void on_text(void* context, const xmlChar* text, int size) {
  Session& at = session(context);
  if (at.stopped || size <= 0) return;
  at.handler.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
  if (at.handler.done()) at.stop();
}

void on_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  session(context).refuse({Why::damaged, "XML with a document type declaration"});
}

void on_message(void*, const char*, ...) {}

xmlSAXHandler handlers() {
  xmlSAXHandler sax;
  std::memset(&sax, 0, sizeof sax);
  sax.characters = on_text;
  sax.cdataBlock = on_text;
  sax.ignorableWhitespace = on_text;
  sax.warning = on_message;
  sax.error = on_message;
  sax.fatalError = on_message;
  return sax;
}

struct FreeParser {
  void operator()(xmlParserCtxtPtr parser) const {
    if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
};
using Parser = std::unique_ptr<xmlParserCtxt, FreeParser>;

// libxml2 compares each attribute of a tag with all before it. No value may hold '<', so what
// stands before the next one is at least the tag. NUL is passed over for the sake of UTF-16.
bool attributes_fit(std::string_view xml) {
  std::size_t count = 0;
  bool equals = false;
  for (const char c : xml) {
    if (c == '<') count = 0;
    if (equals && (c == '"' || c == '\'') && ++count > limits::xml_attributes) return false;
    const bool gap = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
    equals = c == '=' || (equals && gap);
  }
  return true;
}

}  // namespace

std::optional<Unreadable> read_xml(std::string_view bytes, XmlHandler& handler) {
  if (bytes.empty() || bytes.size() > INT_MAX) return Unreadable{Why::damaged, "not XML"};
  if (!attributes_fit(bytes)) return Unreadable{Why::over_limit, "too many attributes"};
  const Parser parser(xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())));
  if (!parser) return Unreadable{Why::damaged, "not XML"};
  Session state{handler, parser.get()};
  *parser->sax = handlers();
  parser->sax->initialized = XML_SAX2_MAGIC;
  parser->sax->startElementNs = on_start;
  parser->sax->endElementNs = on_end;
  parser->sax->internalSubset = on_doctype;
  parser->userData = &state;
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlParseDocument(parser.get());
  if (state.refused) return state.refused;
  if (!state.stopped && !parser->wellFormed) return Unreadable{Why::damaged, "broken XML"};
  return std::nullopt;
}

std::optional<Unreadable> read_html(std::string_view utf8, XmlHandler& handler) {
  if (utf8.empty() || utf8.size() > INT_MAX) return Unreadable{Why::empty, "no HTML"};
  const Parser parser(htmlCreateMemoryParserCtxt(utf8.data(), static_cast<int>(utf8.size())));
  if (!parser) return Unreadable{Why::damaged, "no HTML parser"};
  Session state{handler, parser.get()};
  *parser->sax = handlers();
  parser->sax->startElement = on_html_start;
  parser->sax->endElement = on_html_end;
  parser->userData = &state;
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC);
  // It compares each attribute of a tag with all different ones before it, too.
  xmlDictSetLimit(parser->dict, limits::html_name_bytes);
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser.get());
  if (!names_fit(parser.get())) return Unreadable{Why::over_limit, "too many names"};
  return state.refused;
}

}  // namespace dengji
