#include "ocr/look.hpp"

#include <algorithm>

#include "ocr/beside.hpp"
#include "ocr/certificate.hpp"
#include "ocr/form_check.hpp"
#include "ocr/name_read.hpp"
#include "ocr/number_read.hpp"
#include "ocr/number_seek.hpp"
#include "ocr/period_read.hpp"
#include "ocr/prepare.hpp"
#include "ocr/seal_inside.hpp"
#include "ocr/seal_read.hpp"
#include "ocr/seek.hpp"
#include "ocr/signature.hpp"
#include "ocr/standing.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

// One look, and what it has found out by now.
struct Look {
  Recogniser& recogniser;
  const EyeOptions& options;
  const std::vector<Expectation>& expectations;
  const Budget& budget;
  Standing& page;
  PageFacts& facts;
  PageText text = {};
  bool whole = false;  // `text` is of the whole page by its own layout, not of its lines
  std::vector<ReadNumber> numbers = {};
};

bool is_person(const Expectation& expectation) {
  return expectation.registrant.klass == RegistrantClass::individual;
}

std::vector<std::string> claimed_names(const std::vector<Expectation>& expectations) {
  std::vector<std::string> names;
  for (const auto& expectation : expectations) {
    const auto& name = expectation.registrant.name;
    if (!name.empty() && !is_person(expectation) &&
        std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  }
  return names;
}

Seal seal_of(const FoundSeal& found) {
  Seal seal;
  seal.shape = found.shape;
  seal.red = found.red;
  seal.box = found.on_page;
  seal.confidence = found.confidence;
  seal.pasted = found.pasted;
  seal.fingerprint = found.fingerprint;
  return seal;
}

// A registrar's seal on a certificate only has to be there; the others must name the registrant.
// Where nothing is expected all is told that they bear.
void read_seals(Look& look) {
  const auto kind = look.facts.kind;
  const auto claimed = claimed_names(look.expectations);
  const bool unasked = look.expectations.empty();
  for (const auto& found : look.page.seals) {
    Seal seal = seal_of(found);
    if (unasked) seal.inside = read_inside(found, look.recogniser, look.budget);
    if (unasked || kind == PageKind::form || kind == PageKind::commitment) {
      const auto reading =
          SealReader(found, look.recogniser, look.budget).read(claimed, look.options.places);
      seal.text = reading.text;
      seal.name = reading.name;
      seal.name_score = reading.score;
    }
    look.facts.seals.push_back(std::move(seal));
  }
}

// A stamp's ring without any red shows a black-and-white copy, whatever light it was photographed
// in.
void look_for_grey_seals(Look& look) {
  const bool red = std::any_of(look.facts.seals.begin(), look.facts.seals.end(),
                               [](const Seal& seal) { return seal.confidence >= sure_seal; });
  const bool asked = look.facts.kind == PageKind::form ||
                     (look.facts.kind == PageKind::commitment && look.facts.quality.monochrome);
  if (red || !asked) return;
  for (const auto& found : find_grey_seals(look.page.sheet)) {
    look.facts.seals.push_back(seal_of(found));
    if (!found.red) look.facts.quality.monochrome = true;
  }
}

bool known(const std::vector<ReadNumber>& numbers, const NumberPlace& place) {
  return std::any_of(numbers.begin(), numbers.end(), [&](const auto& number) {
    return overlap(number.place.box, place.box) > 0 &&
           area(intersection(number.place.box, place.box)) > 0.5 * area(place.box);
  });
}

// Every number that the text shows, read anew but for those that were confirmed already.
void read_numbers(Look& look) {
  const auto expected = expected_numbers(look.expectations);
  const auto& sheet = look.page.sheet;
  const Crop crop = [&](const Box& box, int height) {
    return box.h > 0 ? sheet.grey(box, static_cast<double>(height) / box.h) : GreyImage();
  };
  for (auto& place : find_numbers(look.text, sheet.width())) {
    if (known(look.numbers, place)) continue;
    auto vote = read_number(look.recogniser, crop, place, expected, look.budget);
    look.numbers.push_back({std::move(place), std::move(vote)});
  }
}

void tell_numbers(Look& look) {
  for (const auto& [place, vote] : look.numbers) {
    const auto shape = id_shape(vote.text, place.type == IdType::citizen);
    if (!shape) continue;
    const auto type = check_id(place.type, vote.text).ok() ? place.type : *shape;
    const bool sure = place.labelled || vote.agreed || check_id(type, vote.text).ok();
    if (!sure) continue;  // dates look like numbers
    look.facts.numbers.push_back(
        {vote.text, type, look.page.sheet.page_box(place.box), vote.confidence, vote.agreed});
  }
}

void read_whole(Look& look) {
  look.text = whole_text(look.page.sheet, look.recogniser, look.budget);
  look.whole = true;
}

void tell_places(Look& look) {
  const auto& sheet = look.page.sheet;
  for (const auto& cell : sheet.cells()) look.facts.cells.push_back(sheet.page_box(cell));
  const auto& lines = look.text.lines();
  for (std::size_t i = 0; i < std::min(lines.size(), limits::lines_on_page); ++i)
    look.facts.lines.push_back({sheet.page_box(lines[i].box), lines[i].text});
}

void compare(Look& look, auto check) {
  for (std::size_t i = 0; i < look.expectations.size(); ++i)
    look.facts.agreement[i] = check(look.expectations[i]);
}

bool any_agreement(const Look& look, auto test) {
  for (std::size_t i = 0; i < look.expectations.size(); ++i)
    if (test(look.expectations[i], look.facts.agreement[i])) return true;
  return false;
}

void compare_form(Look& look) {
  compare(look, [&](const Expectation& expectation) {
    return check_form(look.text, look.page.sheet.cells(), look.page.kind, look.numbers, expectation,
                      look.options.forms);
  });
}

// Everything that an expectation asks was confirmed: of an organisation its name, or its number,
// which is nobody else's.
bool confirmed(const Expectation& expectation, const Agreement& seen) {
  const auto right = [](bool asked, const std::optional<bool>& fact) {
    return !asked || fact == true;
  };
  return right(expectation.form.has_value(), seen.form) && seen.platform == true &&
         (seen.id_number == true ||
          right(!is_person(expectation) && !expectation.registrant.name.empty(),
                seen.registrant)) &&
         right(!expectation.registrant.id_number.empty(), seen.id_number) &&
         right(!expectation.manager_id.empty(), seen.manager_id);
}

// The sheet is the form's and its holder's: of all that is left to read only another number in the
// place of theirs would be held against it.
bool named(const Expectation& expectation, const Agreement& seen) {
  return (!expectation.form || seen.form == true) && seen.platform == true &&
         (seen.registrant == true || seen.id_number == true || seen.manager_id == true);
}

// Nothing was said for or against what a form must show.
bool silent(const Expectation& expectation, const Agreement& seen) {
  const bool holder = seen.registrant || seen.id_number || seen.manager_id;
  return !seen.platform || (!holder && !expectation.registrant.name.empty());
}

// Those whose platform stands on the sheet, else all.
std::vector<Expectation> likely(Look& look) {
  std::vector<Expectation> found;
  for (const auto& expectation : look.expectations)
    if (seek_name(look.page.words, look.page.sheet, expectation.platform, true))
      found.push_back(expectation);
  return found.empty() ? look.expectations : found;
}

constexpr std::size_t shortest_number = 12;  // with its label, of nine digits

// The length of the shortest number that was not found yet: others are no strangers to it.
std::size_t shortest_unread(const Look& look, const std::vector<Expectation>& asked) {
  std::size_t shortest = 18;
  for (const auto& number : expected_numbers(asked)) {
    const bool read = std::any_of(look.numbers.begin(), look.numbers.end(),
                                  [&](const auto& one) { return one.vote.text == number; });
    if (!read) shortest = std::min(shortest, number.size());
  }
  return shortest;
}

// From the cheapest reading to the dearest: the lines that may answer, all lines, all text by its
// own layout.
void look_at_form(Look& look) {
  auto& words = look.page.words;
  const auto asked = likely(look);
  for (const auto& expectation : asked)
    if (!is_person(expectation))
      seek_name(words, look.page.sheet, expectation.registrant.name, false);
  look.numbers =
      seek_numbers(words, look.page.sheet, look.recogniser, expected_numbers(asked), look.budget);
  look.text = words.text();
  compare_form(look);
  if (any_agreement(look, confirmed) || !look.facts.quality.readable) return;
  if (any_agreement(look, named))
    read_number_lines(words, look.page.sheet, look.numbers, shortest_unread(look, asked));
  else
    words.read_all();
  look.text = words.text();
  read_numbers(look);
  compare_form(look);
  const bool first_page = look.page.kind.title > 0;
  const bool heard = any_agreement(
      look, [](const auto& expectation, const auto& seen) { return !silent(expectation, seen); });
  if (heard || !first_page || look.expectations.empty()) return;
  read_whole(look);
  read_numbers(look);
  compare_form(look);
}

void compare_certificate(Look& look, PeriodReader& periods) {
  look.facts.name = holder_name(look.text, look.facts.certificate).text;
  const auto legal = legal_name(look.text, look.facts.certificate);
  look.facts.legal_name = is_sure_name(legal) ? legal.text : "";
  look.facts.valid_until = periods.valid_until(look.text);
  compare(look, [&](const Expectation& expectation) {
    return check_certificate(look.facts.name, look.numbers, expectation);
  });
}

std::vector<std::string> holders_numbers(const std::vector<Expectation>& expectations) {
  std::vector<std::string> numbers;
  for (const auto& expectation : expectations) {
    const auto& number = expectation.registrant.id_number;
    if (!number.empty() && std::find(numbers.begin(), numbers.end(), number) == numbers.end())
      numbers.push_back(number);
  }
  return numbers;
}

// Of a page that nothing is expected of: there is no name to compare with what was read.
void read_names(Look& look) {
  const auto sure = [&](const ReadPlace& place) {
    return sure_name(place, look.page.sheet, look.recogniser, look.budget);
  };
  look.facts.name = sure(holder_name(look.text, look.facts.certificate));
  look.facts.legal_name = sure(legal_name(look.text, look.facts.certificate));
}

void look_at_certificate(Look& look) {
  auto& words = look.page.words;
  PeriodReader periods(look.page.sheet, look.recogniser, look.budget);
  const auto expected = holders_numbers(look.expectations);
  look.numbers = seek_numbers(words, look.page.sheet, look.recogniser, expected, look.budget);
  if (look.expectations.size() > 1)  // whose it is
    for (const auto& expectation : look.expectations)
      seek_name(words, look.page.sheet, expectation.registrant.name, false);
  seek_period(words, look.page.sheet, look.numbers,
              look.facts.certificate != CertificateKind::id_card,
              [&] { return !periods.valid_until(words.text()).empty(); });
  look.text = words.text();
  compare_certificate(look, periods);
  const auto numbered = [](const Expectation&, const Agreement& seen) {
    return seen.id_number.has_value();
  };
  if (any_agreement(look, numbered)) return;
  if (!expected.empty()) {
    read_number_lines(words, look.page.sheet, {}, shortest_number);
    look.text = words.text();
    read_numbers(look);
    compare_certificate(look, periods);
    if (any_agreement(look, numbered)) return;
  }
  words.read_all();
  look.text = words.text();
  read_numbers(look);
  compare_certificate(look, periods);
  if (look.expectations.empty()) read_names(look);
  if (expected.empty() || any_agreement(look, numbered)) return;
  read_whole(look);
  read_numbers(look);
  compare_certificate(look, periods);
}

// Which platform a letter is of is asked only where there are several.
void look_at_commitment(Look& look) {
  if (look.expectations.size() < 2) return;
  std::vector<std::string> platforms;
  for (const auto& expectation : look.expectations) platforms.push_back(expectation.platform);
  seek_in_prose(look.page.words, platforms);
  look.text = look.page.words.text();
  compare(look,
          [&](const Expectation& expectation) { return check_commitment(look.text, expectation); });
}

// Persons sign; for an organisation its seal speaks.
void look_for_signature(Look& look) {
  const auto kind = look.facts.kind;
  if (!std::any_of(look.expectations.begin(), look.expectations.end(), is_person)) return;
  read_signature_place(look.page.words, look.page.sheet, kind);
  look.facts.signature = find_signature(look.page.sheet, look.page.words.text(), kind);
}

void look_by_kind(Look& look) {
  switch (look.facts.kind) {
    case PageKind::form:
      look_at_form(look);
      return look_for_signature(look);
    case PageKind::certificate:
      return look_at_certificate(look);
    case PageKind::commitment:
      look_at_commitment(look);
      return look_for_signature(look);
    case PageKind::other:
      break;
  }
}

// Whether most of the page's characters were read without a doubt, and there were some.
bool mostly_read(Words& words) {
  constexpr double surely = 0.9, most = 2.0 / 3;
  constexpr int some = 20;
  words.read_all();
  const PageText text = words.text();
  int all = 0, sure = 0;
  for (const auto& line : text.lines())
    for (const auto& glyph : line.glyphs) ++all, sure += glyph.confidence >= surely;
  return sure >= most * std::max(all, some);
}

bool number_read(const Look& look) {
  return std::any_of(look.numbers.begin(), look.numbers.end(), [](const ReadNumber& number) {
    return number.vote.agreed && check_id(number.place.type, number.vote.text).ok();
  });
}

// What was read from a page outweighs what was measured on it: a number that was read was readable,
// and a page that is not quite sharp is readable if it could be read.
void settle_quality(Look& look) {
  Quality& q = look.facts.quality;
  const auto numbered = [](const Expectation&, const Agreement& seen) {
    return seen.id_number == true || seen.manager_id == true;
  };
  if (q.why == "damaged") return;
  if (any_agreement(look, numbered) || number_read(look)) {
    q.why.clear();
  } else if (q.readable && q.sharpness < sure_sharpness && !mostly_read(look.page.words)) {
    q.why = "blur";
  }
  q.readable = q.why.empty();
}

// `room`: where another sheet may lie on the page.
PageFacts look_at_sheet(const Page& page, Recogniser& recogniser, const EyeOptions& options,
                        const std::vector<Expectation>& expectations, const Budget& budget,
                        std::optional<Box>& room) {
  PageFacts facts;
  facts.page = page.number;
  facts.width = page.pixels.width;
  facts.height = page.pixels.height;
  facts.agreement.resize(expectations.size());
  if (page.blank) return facts;
  auto sheet = prepare(page);
  facts.quality = measure_quality(page, sheet);
  const auto standing =
      stand_up(std::move(sheet), facts.quality.readable, recogniser, options.forms, budget);
  facts.kind = standing->kind.kind;
  facts.kind_confidence = standing->kind.confidence;
  facts.form = standing->kind.form;
  facts.certificate = standing->kind.certificate;
  facts.turn = standing->sheet.turn();
  Look look{recogniser, options, expectations, budget, *standing, facts};
  read_seals(look);
  look_for_grey_seals(look);
  look_by_kind(look);
  settle_quality(look);
  if (!look.whole) look.text = standing->words.text();
  tell_numbers(look);
  tell_places(look);
  room = room_beside(page, standing->sheet);
  return facts;
}

bool may_lie_beside(const PageFacts& facts) {
  return facts.kind == PageKind::commitment ||
         (facts.kind == PageKind::certificate && facts.certificate != CertificateKind::id_card);
}

}  // namespace

PageFacts look_at(const Page& page, Recogniser& recogniser, const EyeOptions& options,
                  const std::vector<Expectation>& expectations) {
  const Budget budget(options.page_seconds);
  std::optional<Box> room, no_more;
  auto facts = look_at_sheet(page, recogniser, options, expectations, budget, room);
  if (!room || !may_lie_beside(facts)) return facts;
  const auto rest = part_of(page, *room);
  auto second = look_at_sheet(rest, recogniser, options, expectations, budget, no_more);
  return together(std::move(facts), std::move(second), *room);
}

}  // namespace dengji
