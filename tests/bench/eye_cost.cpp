// Where the eye's time goes: processor milliseconds a stage over the pages of messages.
//
//   eye_cost [--pages] MESSAGE.eml ...      --pages: a line a page, with what was seen on it
//   eye_cost --children MESSAGE.eml ...     a line of JSON a message: what the daemon's confined
//   child
//                                           spends on it, models loaded before: CPU seconds, peak
//                                           MiB
//
// Stages are run beside one another on the same page: "whole" is look_at() as the daemon calls it,
// "rest" what is left of it when the stages that can be called alone and recognition are taken off.
// Build it without sanitizers.
#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/intake.hpp"
#include "ocr/look.hpp"
#include "ocr/page.hpp"
#include "ocr/prepare.hpp"
#include "ocr/quality.hpp"
#include "ocr/recognise.hpp"
#include "ocr/seal_find.hpp"
#include "parsers/container.hpp"
#include "parsers/submission.hpp"
#include "parsers/text.hpp"

namespace {

using namespace dengji;

enum Stage { decode, flatten, quality, seals, whole, stages };
using Spent = std::array<double, stages>;  // seconds

template <class Work>
auto timed(double& spent, Work work) {
  const double start = Budget::now();
  auto result = work();
  spent += Budget::now() - start;
  return result;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
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

void tell(const std::string& name, const PageFacts& facts, double seconds,
          const std::array<Recogniser::Spent, Recogniser::works>& before, const Recogniser& after) {
  std::printf("%-34s %d %6.0f ms %-11s %.2f %-20s until %-10s sign %c", name.c_str(), facts.page,
              1e3 * seconds, std::string(to_string(facts.kind)).c_str(), facts.kind_confidence,
              std::string(to_string(facts.certificate)).c_str(), facts.valid_until.c_str(),
              sign(facts.signature));
  std::printf(" read");
  for (std::size_t i = 0; i < before.size(); ++i)
    std::printf(" %d:%.0f", after.spent()[i].calls - before[i].calls,
                1e3 * (after.spent()[i].seconds - before[i].seconds));
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
    const auto before = recogniser.spent();
    const auto facts =
        timed(spent[whole], [&] { return look_at(*page, recogniser, options, expected); });
    if (page_lines) tell(attachment.name, facts, spent[decode] + spent[whole], before, recogniser);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += spent[i];
    ++pages;
  }
  return sum;
}

void print_shares(const Spent& sum, const Recogniser& recogniser, int pages) {
  const double all = sum[decode] + sum[whole];
  double rest = sum[whole] - sum[flatten] - sum[quality] - sum[seals];
  const auto line = [&](const char* name, double seconds, double calls) {
    std::printf("%-14s %8.1f %6.1f %%", name, 1e3 * seconds / pages, 100 * seconds / all);
    if (calls > 0) std::printf(" %6.1f %8.1f", calls / pages, 1e3 * seconds / calls);
    std::printf("\n");
  };
  std::printf("%d pages      ms a page  share  a page  ms each\n", pages);
  line("decode", sum[decode], 0);
  line("flatten", sum[flatten], 0);
  line("quality", sum[quality], 0);
  line("find seals", sum[seals], 0);
  constexpr std::array names{"lines of Han", "digits", "seal strips", "whole pages"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& spent = recogniser.spent()[i];
    line(names[i], spent.seconds, spent.calls);
    rest -= spent.seconds;
  }
  line("rest", rest, 0);
  line("in all", all, 0);
}

void look_over(const std::vector<std::string>& messages, const Config& config, bool page_lines) {
  EyeOptions options;
  options.forms = config.forms;
  for (const auto& office : config.offices)
    options.places.insert(options.places.end(), office.areas.begin(), office.areas.end());
  int pages = 0;
  Spent sum{};
  double loading = 0;
  const auto recogniser = timed(loading, [] { return std::make_unique<Recogniser>(""); });
  for (const auto& file : messages) {
    const auto message = parse_message(contents(file));
    if (!message || !message->machine.empty()) continue;
    const auto attachments = unpack(message->attachments);
    const auto read = read_contents(attachments, options.forms);
    const auto expected = expectations_of(group(*message, attachments, read));
    if (page_lines) std::printf("%s\n", file.c_str());
    for (std::size_t k = 0; k < attachments.size(); ++k) {
      if (!is_picture(attachments[k].type) || read[k].kind == ContentKind::form) continue;
      const auto spent = measure(attachments[k], expected, options, *recogniser, page_lines, pages);
      for (std::size_t s = 0; s < sum.size(); ++s) sum[s] += spent[s];
    }
  }
  if (pages > 0) print_shares(sum, *recogniser, pages);
  std::printf("models loaded in %.0f ms, once a process\n", 1e3 * loading);
}

// The child of ReaderProcess at its work, which then tells what it has spent instead of the answer.
ReaderProcess::Prepare counting(const Config& config) {
  return [reader = mail_reader(config)] {
    return [job = reader()](std::string_view raw) {
      const auto answer = job(raw);
      rusage use{};
      getrusage(RUSAGE_SELF, &use);
      const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
      };
      const auto reading = from_wire(answer);
      std::array<char, 128> text{};
      std::snprintf(
          text.data(), text.size(), "\"submissions\": %zu, \"cpu\": %.4f, \"peak_mib\": %.1f",
          reading ? reading->submissions.size() : 0, seconds(use.ru_utime) + seconds(use.ru_stime),
          static_cast<double>(use.ru_maxrss) / 1024);
      return std::string(text.data());
    };
  };
}

void read_in_children(const std::vector<std::string>& messages, const Config& config) {
  ReaderProcess reader(counting(config), reader_limits(config));
  for (const auto& file : messages) {
    const auto told = reader.read(contents(file));
    std::printf("{\"message\": \"%s\", %s}\n", file.c_str(),
                told ? told->c_str() : "\"cpu\": null");
  }
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::string> messages(words + 1, words + count);
  const std::string option = messages.empty() ? "" : messages.front();
  if (option.starts_with("--")) messages.erase(messages.begin());
  setenv("OMP_THREAD_LIMIT", "1", 1);
  const auto config = load_config(std::string(SOURCE_DIR) + "/etc/dengji.toml");
  if (option == "--children")
    read_in_children(messages, config);
  else
    look_over(messages, config, option == "--pages");
  return 0;
}
