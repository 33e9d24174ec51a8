// `dengji letter`: what registrants would read, before they do, and what one did read.
#include <iostream>

#include "daemon/casework.hpp"
#include "daemon/commands.hpp"
#include "daemon/letter_sample.hpp"
#include "daemon/opened.hpp"
#include "daemon/reply.hpp"
#include "parsers/message.hpp"

namespace dengji {
namespace {

struct Shown {
  std::string kind, state, subject, body;  // state "": not sent, but how it would read
};

Shown sample_letter(const std::string& kind, const Config& config) {
  const auto sample = sample_case(kind, config);
  const auto letter =
      kind == "reminder"
          ? write_reminder(sample.verdict, config.campaign.end + "T09:30:00+08:00", config)
          : write_letter(kind, sample.verdict, sample.filed, "请于本月底前办理。", config);
  return {kind, "", letter->subject, letter->body};
}

std::vector<Shown> samples(const Arguments& arguments, const Config& config) {
  std::vector<std::string> known;
  for (const auto& [kind, text] : config.letters.text) known.push_back(kind);
  const auto& asked = arguments.words().empty() ? known : arguments.words();
  std::vector<Shown> letters;
  for (const auto& word : asked) {
    if (!config.letters.text.contains(word)) {
      std::string all;
      for (const auto& kind : known) all += " " + kind;
      throw UsageError("there is no letter '" + word + "'; there are:" + all);
    }
    letters.push_back(sample_letter(word, config));
  }
  return letters;
}

Decision decision_of(const StoredSubmission& stored) {
  for (const auto decision : {Decision::accept, Decision::reject})
    if (stored.decision == to_string(decision)) return decision;
  return Decision::review;
}

// The answer to what was decided, by the templates as they are now; none where nothing was.
std::optional<ReplyText> answer_now(Id message, Opened& opened) {
  Queue queue(opened.database);
  Verdict verdict;
  std::vector<Filed> filed;
  for (const Id id : queue.submissions(message)) {
    const auto stored = *queue.submission(id);
    auto open = open_case(stored, opened.config);
    auto judged = std::move(open.verdict.submissions.front());
    judged.decision = decision_of(stored);
    const bool repeats = stored.change == to_string(RecordChange::repeat);
    judged.change = repeats ? RecordChange::repeat : RecordChange::create;
    if (filed.empty()) {
      verdict = std::move(open.verdict);
      verdict.submissions.clear();
    }
    verdict.submissions.push_back(std::move(judged));
    filed.push_back({id, stored.number, 0});
  }
  if (filed.empty()) return std::nullopt;
  return write_reply(verdict, filed, opened.config);
}

std::vector<Shown> letters_of(const Arguments& arguments) {
  const auto word = arguments.value("message");
  if (!arguments.words().empty() || !word.starts_with("M"))
    throw UsageError("--message is M12 as `dengji list` gives it, without a KIND");
  Opened opened(arguments);
  const Id message = number_of(word.substr(1), "message");
  std::vector<Shown> letters;
  for (const auto& [letter, state] : opened.outbox.kept(message)) {
    const auto mail = parse_message(letter.bytes);
    letters.push_back({letter.kind, state, letter.subject, mail ? mail->text : ""});
  }
  if (const auto now = answer_now(message, opened))
    letters.push_back({now->kind, "", now->subject, now->body});
  return letters;
}

Json letter_json(const Shown& letter) {
  return {{"kind", letter.kind},
          {"state", text_or_null(letter.state)},
          {"subject", letter.subject},
          {"body", letter.body}};
}

void print_letter(const Shown& letter) {
  std::cout << "== " << letter.kind << (letter.state.empty() ? "" : " (" + letter.state + ")")
            << "\n主题：" << letter.subject << "\n\n"
            << letter.body << "\n";
}

}  // namespace

int letter_command(const Arguments& arguments) {
  const bool of_message = arguments.has("message");
  const auto letters =
      of_message ? letters_of(arguments)
                 : samples(arguments, load_config(find_config(arguments.value("config"))));
  if (letters.empty()) {
    std::cerr << "dengji letter: " << arguments.value("message") << " has no letter\n";
    return 1;
  }
  Json all = Json::array();
  for (const auto& letter : letters) {
    if (arguments.has("json"))
      all.push_back(letter_json(letter));
    else
      print_letter(letter);
  }
  if (arguments.has("json")) print(all);
  return std::cout.flush() ? 0 : 1;
}

}  // namespace dengji
