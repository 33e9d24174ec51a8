// The folder's one door: attachments and what the forms say in, what the pixels show out. Facts
// only; daemon/rules calls them wrong. Not thread-safe: one Eye per thread (Tesseract's own rule).
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocr/geometry.hpp"
#include "ocr/quality.hpp"
#include "ocr/seal_shape.hpp"
#include "parsers/attachment.hpp"
#include "parsers/form.hpp"
#include "parsers/identifier.hpp"

namespace dengji {

enum class PageKind { form, certificate, commitment, other };
enum class CertificateKind {
  none,
  uscc_certificate,     // 统一社会信用代码证书, 事业单位法人证书
  orgcode_certificate,  // 组织机构代码证
  business_licence,     // 营业执照
  social_organisation,  // 社会团体法人登记证书, 民办非企业单位登记证书
  id_card,              // 居民身份证, front, back or both
};
std::string_view to_string(PageKind);
std::string_view to_string(CertificateKind);
std::string_view to_string(SealShape);

enum class SealName { unread, matches, differs };  // against the registrant's name

// What a seal bears besides its name.
struct SealInside {
  bool star = false;
  std::string line;  // beneath the star, a usual one such as 业务专用章; "" = none or unread
};

struct Seal {
  SealShape shape = SealShape::round;
  bool red = true;
  std::string text;  // as read round the edge, "" if it could not be
  Box box;
  double confidence = 0;  // 0..1 that it is a seal
  SealName name = SealName::unread;
  double name_score = 0;             // of the best expected name, 0..1
  bool pasted = false;               // a flat picture laid on the page rather than ink on paper
  std::string fingerprint;           // of its pixels, to know the same pixels again; "" if none
  std::optional<SealInside> inside;  // of a page that nothing is expected of
};

struct Number {
  std::string text;  // canonical
  IdType type = IdType::uscc;
  Box box;
  double confidence = 0;
  bool agreed = false;  // two readings agree: sure enough to call another number a mismatch
};

struct ReadLine {
  Box box;
  std::string text;
};

// What of an expected submission was found on a page. Unset = could not be judged.
struct Agreement {
  std::optional<bool> platform,
      registrant;                 // its name stands on the page / another one stands in its place
  std::optional<bool> form;       // the sheet is the same one of the three forms
  std::optional<bool> id_number;  // the registrant's number: equal / surely another
  std::optional<bool> manager_id, legal_id;
  double score = 0;  // how well the page fits this expectation, 0..1
};

struct PageFacts {
  int page = 1;               // 1-based
  int width = 0, height = 0;  // as a viewer shows it; all boxes are in these pixels
  int turn = 0;               // quarter turns clockwise that make what stands on it upright
  PageKind kind = PageKind::other;
  double kind_confidence = 0;
  std::optional<FormKind> form;
  // Of a letter of commitment: that lies beside it on the same picture.
  CertificateKind certificate = CertificateKind::none;
  Quality quality;
  std::vector<Seal> seals;
  std::vector<Number> numbers;
  std::vector<Box> cells;       // between the rules of a table
  std::vector<ReadLine> lines;  // of print, those that were read: few where they sufficed
  std::optional<bool>
      signature;            // form or commitment: ink where a person signs; unset = could not judge
  std::string valid_until;  // certificate: YYYY-MM-DD, "long" (长期), "" unread
  std::string name;         // certificate: the holder's name as read, "" unread
  std::string legal_name;   // certificate: who acts for the holder as read, "" unread
  std::vector<Agreement> agreement;  // one per Expectation, in order
};

struct AttachmentFacts {
  std::size_t attachment = 0;
  std::optional<Unreadable> problem;  // damaged, over a limit, could not render
  std::vector<PageFacts> pages;
};
using Evidence = std::vector<AttachmentFacts>;  // one per attachment looked at

// What the electronic form of one submission leads to expect. Empty strings: not known.
struct Expectation {
  std::optional<FormKind> form;
  std::string platform;
  Registrant registrant;
  std::string legal_name, legal_id, manager_name, manager_id;  // canonical numbers
};

struct Page;

struct EyeOptions {
  std::string tessdata = "";  // folder of the models; "" = Tesseract's default
  int page_seconds = 20;      // CPU seconds of reading per page
  FormSpecs forms;            // titles, labels and phrases, for telling pages apart
  std::vector<std::string>
      places;  // of the area (洞口县, 双清区): a name with another of them is a rival
};

class Eye {
 public:
  explicit Eye(EyeOptions options);  // loads the models; throws std::runtime_error if one is absent
  ~Eye();
  // Is shown each page that was looked at while its pixels are there.
  using Watch = std::function<void(const Page&, const PageFacts&)>;
  // Looks at one attachment (picture or pdf). Never throws for what the bytes are.
  AttachmentFacts look(const Attachment&, const std::vector<Expectation>&, const Watch& = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dengji
