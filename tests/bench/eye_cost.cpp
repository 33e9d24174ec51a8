// Where the eye's time goes: processor milliseconds a stage over the pages of messages.
//
//   eye_cost [--pages] MESSAGE.eml ...      --pages: a line a page, with what was seen on it
//
// Stages are run beside one another on the same page: "whole" is look_at() as the daemon calls it,
// "words and rest" what is left of it when the stages that can be called alone are taken off. Build
// it without sanitizers.
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "ocr/look.hpp"
#include "ocr/page.hpp"
#include "ocr/prepare.hpp"
#include "ocr/quality.hpp"
#include "ocr/recognise.hpp"
#include "ocr/seal_find.hpp"
#include "parsers/container.hpp"
#include "parsers/submission.hpp"

namespace {

using namespace dengji;

double now_ms() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) * 1e-6;
}

enum Stage { decode, flatten, quality, seals, whole, stages };
using Spent = std::array<double, stages>;

template <class Work>
auto timed(double& spent, Work work) {
  const double start = now_ms();
  auto result = work();
  spent += now_ms() - start;
  return result;
}

std::vector<Expectation> expectations_of(const Grouping& grouping) {
  std::vector<Expectation> all;
  for (const auto& submission : grouping.submissions) {
    auto& expected = all.emplace_back();
    expected.platform = submission.platform;
    if (!submission.form) continue;
    const auto& form = *submission.form;
    expected.form = form.kind;
    expected.registrant = registrant_of(form);
    expected.legal_id = canonical_id(form.value("legal_id"));
    expected.manager_name = form.value("manager_name");
    expected.manager_id = canonical_id(form.value("manager_id"));
  }
  return all;
}

char sign(const std::optional<bool>& fact) { return fact ? *fact ? '+' : '!' : '.'; }

void tell(const std::string& name, const PageFacts& facts, const Spent& spent) {
  std::printf("%-34s %d %6.0f ms %-11s %.2f %-20s until %-10s sign %c", name.c_str(), facts.page,
              spent[whole], std::string(to_string(facts.kind)).c_str(), facts.kind_confidence,
              std::string(to_string(facts.certificate)).c_str(), facts.valid_until.c_str(),
              sign(facts.signature));
  for (const auto& a : facts.agreement)
    std::printf(" [%c%c%c%c%c%c]", sign(a.form), sign(a.platform), sign(a.registrant),
                sign(a.id_number), sign(a.manager_id), sign(a.legal_id));
  for (const auto& seal : facts.seals)
    std::printf(" seal %.2f %d %s", seal.confidence, static_cast<int>(seal.name),
                seal.text.c_str());
  std::printf("%s%s\n", facts.quality.readable ? "" : " unreadable: ", facts.quality.why.c_str());
}

Spent measure(const Attachment& attachment, const std::vector<Expectation>& expected,
              const EyeOptions& options, Recogniser& recogniser, bool page_lines, int& pages) {
  Spent sum{};
  auto opened = Pages::open(attachment);
  for (int number = 1; opened && number <= opened->count(); ++number) {
    Spent spent{};
    const auto page = timed(spent[decode], [&] { return opened->read(number); });
    if (!page) continue;
    const auto sheet = timed(spent[flatten], [&] { return prepare(*page); });
    timed(spent[quality], [&] { return measure_quality(*page, sheet); });
    timed(spent[seals], [&] { return find_seals(sheet); });
    const auto facts =
        timed(spent[whole], [&] { return look_at(*page, recogniser, options, expected); });
    if (page_lines) tell(attachment.name, facts, spent);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += spent[i];
    ++pages;
  }
  return sum;
}

}  // namespace

int main(int count, char** words) {
  bool page_lines = false;
  int pages = 0;
  Spent sum{};
  const auto config = load_config(std::string(SOURCE_DIR) + "/etc/dengji.toml");
  EyeOptions options;
  options.forms = config.forms;
  for (const auto& office : config.offices)
    options.places.insert(options.places.end(), office.areas.begin(), office.areas.end());
  double loading = 0;
  const auto recogniser = timed(loading, [] { return std::make_unique<Recogniser>(""); });
  for (int i = 1; i < count; ++i) {
    if (std::string(words[i]) == "--pages") {
      page_lines = true;
      continue;
    }
    std::ifstream file(words[i], std::ios::binary);
    const std::string raw{std::istreambuf_iterator<char>(file), {}};
    const auto message = parse_message(raw);
    if (!message || !message->machine.empty()) continue;
    const auto attachments = unpack(message->attachments);
    const auto contents = read_contents(attachments, options.forms);
    const auto expected = expectations_of(group(*message, attachments, contents));
    if (page_lines) std::printf("%s\n", words[i]);
    for (std::size_t k = 0; k < attachments.size(); ++k) {
      if (!is_picture(attachments[k].type) || contents[k].kind == ContentKind::form) continue;
      const auto spent = measure(attachments[k], expected, options, *recogniser, page_lines, pages);
      for (std::size_t s = 0; s < sum.size(); ++s) sum[s] += spent[s];
    }
  }
  if (pages == 0) return 1;
  const double other = sum[whole] - sum[flatten] - sum[quality] - sum[seals];
  std::printf(
      "%d pages; CPU ms a page: decode %.1f, flatten %.1f, quality %.1f, find seals %.1f, words "
      "and rest %.1f; "
      "in all %.1f\nmodels loaded in %.0f ms, once a process\n",
      pages, sum[decode] / pages, sum[flatten] / pages, sum[quality] / pages, sum[seals] / pages,
      other / pages, (sum[decode] + sum[whole]) / pages, loading);
  return 0;
}
