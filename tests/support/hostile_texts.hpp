// Texts that run as scripts where a page is careless, and all that a page shows, for tests that put
// the ones into the other.
#pragma once
#include <string>
#include <vector>

namespace dengji::test {

// What gets out of the place where a careless page puts a text, and what then runs.
inline const std::vector<std::string> ways_out = {
    "", "\">", "'>", "--><", "</script>", "</textarea>", "</title>", "]]>", "`}'\">", "</svg>",
};
inline const std::vector<std::string> runs = {
    "<script>xss=1</script>",
    "<script src=//127.0.0.1/x.js></script>",
    "<img src=x onerror=xss=1>",
    "<img/src/onerror=xss=1>",
    "<svg onload=xss=1>",
    "<svg/onload=xss=1//",
    "<svg><script>xss=1</script></svg>",
    "<svg><animate onbegin=xss=1 attributeName=x dur=1s>",
    "<svg><set onbegin=xss=1 attributeName=x>",
    "<body onload=xss=1>",
    "<body onpageshow=xss=1>",
    "<iframe src=javascript:parent.xss=1>",
    "<iframe srcdoc='<script>parent.xss=1</script>'>",
    "<object data=javascript:xss=1>",
    "<embed src=javascript:xss=1>",
    "<a href=javascript:xss=1 autofocus onfocus=xss=1>x</a>",
    "<input autofocus onfocus=xss=1>",
    "<select autofocus onfocus=xss=1>",
    "<textarea autofocus onfocus=xss=1>",
    "<details open ontoggle=xss=1>",
    "<video src=x onerror=xss=1>",
    "<video><source onerror=xss=1></video>",
    "<audio src=x onerror=xss=1>",
    "<marquee onstart=xss=1>",
    "<math><mtext><img src=x onerror=xss=1>",
    "<style>*{background:url(x)}</style>",
    "<link rel=stylesheet href=//127.0.0.1/x.css>",
    "<base href=//127.0.0.1/>",
    "<meta http-equiv=refresh content=0;url=/x>",
    "<form action=/x><button autofocus onfocus=xss=1>",
    "<template><script>xss=1</script></template>",
    "<noscript><img src=x onerror=xss=1>",
    "<div style=animation-name:x onanimationstart=xss=1>",
    "<p onmouseover=xss=1 style=position:fixed;inset:0>",
    "<table background=javascript:xss=1>",
    "<x contenteditable onblur=xss=1 tabindex=1 id=x>",
    "javascript:xss=1",
    "data:text/html,<script>parent.xss=1</script>",
    "../../../../etc/passwd",
    "//127.0.0.1/x",
    "%3Cscript%3Exss=1%3C/script%3E",
    "&lt;script&gt;xss=1&lt;/script&gt;",
    "&#60;img src=x onerror=xss=1&#62;",
    "\\u003cimg src=x onerror=xss=1\\u003e",
    "${xss=1}",
    "{{constructor.constructor('xss=1')()}}",
    "__proto__",
    "constructor",
    "\u202e<img src=x onerror=xss=1>",
    "\r\nSet-Cookie: xss=1",
};

inline std::vector<std::string> hostile_texts() {  // 500
  std::vector<std::string> all;
  for (const std::string& out : ways_out)
    for (const std::string& run : runs) all.push_back(out + run);
  return all;
}

// All that a person could see: texts, what stands in inputs, hints.
inline const char* const shown = R"(
  const all = [document.body.textContent, document.title];
  for (const e of document.querySelectorAll('*'))
    for (const part of [e.value, e.title, e.placeholder]) if (typeof part === 'string') all.push(part);
  return all.join('\n'))";

}  // namespace dengji::test
