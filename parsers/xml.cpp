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
  std::size_t depth = 0;
  std::optional<Unreadable> refused;
  bool stopped = false;

  void stop() {
    stopped = true;
    xmlStopParser(parser);
  }
  void refuse(Unreadable reason) {
    refused = std::move(reason);
    stop();
  }
  void start(const XmlElement& element) {
    if (stopped) return;
    if (++depth > limits::xml_depth) return refuse({Why::over_limit, "elements nested too deep"});
    handler.start(element);
    if (handler.done()) stop();
  }
  void end(std::string_view name) {
    if (stopped) return;
    --depth;
    handler.end(name);
    if (handler.done()) stop();
  }
};

Session& session(void* context) { return *static_cast<Session*>(context); }

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

void on_start(void* context, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* space,
              int, const xmlChar**, int count, int, const xmlChar** fields) {
  std::vector<XmlElement::Attribute> attributes;
  for (int i = 0; i < count; ++i, fields += 5) {
    const auto size = static_cast<std::size_t>(fields[4] - fields[3]);
    attributes.push_back({view(fields[0]), {reinterpret_cast<const char*>(fields[3]), size}});
  }
  session(context).start({view(space), view(name), attributes.data(), attributes.size()});
}

void on_end(void* context, const xmlChar* name, const xmlChar*, const xmlChar*) {
  session(context).end(view(name));
}

void on_html_start(void* context, const xmlChar* name, const xmlChar** fields) {
  std::vector<XmlElement::Attribute> attributes;
  for (; fields != nullptr && fields[0] != nullptr; fields += 2) {
    attributes.push_back({view(fields[0]), view(fields[1])});
  }
  session(context).start({"", view(name), attributes.data(), attributes.size()});
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

}  // namespace

std::optional<Unreadable> read_xml(std::string_view bytes, XmlHandler& handler) {
  if (bytes.empty() || bytes.size() > INT_MAX) return Unreadable{Why::damaged, "not XML"};
  const Parser parser(xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())));
  if (!parser) return Unreadable{Why::damaged, "not XML"};
  Session state{handler, parser.get(), 0, std::nullopt, false};
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
  Session state{handler, parser.get(), 0, std::nullopt, false};
  *parser->sax = handlers();
  parser->sax->startElement = on_html_start;
  parser->sax->endElement = on_html_end;
  parser->userData = &state;
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser.get());
  return state.refused;
}

}  // namespace dengji
