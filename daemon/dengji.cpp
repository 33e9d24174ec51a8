// dengji: the operator's command. The commands are a table; this file only picks one.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "daemon/commands.hpp"

namespace dengji {

const std::vector<Command>& all_commands() {
  static const std::vector<Command> commands{
      {"check",
       "[--office ID] [--json] MESSAGE.eml",
       "judge one message as the daemon would, change nothing",
       "Reads the message (a file of a Maildir or an .eml; '-' for standard input), and prints as "
       "JSON what would be\n"
       "registered, what is wrong with it and the reply that would be sent (--json changes "
       "nothing). The register is not "
       "looked at.\n"
       "Exit status: 0 judged, 2 wrong usage, 3 the message could not be read.",
       {"config", "office"},
       {"json"},
       check_command},
      {"read",
       "[--json] FILE...",
       "what a document, an archive or a message holds, as JSON",
       "One line of JSON a file: a document's tables, its text and the form that was recognised in "
       "it; what is inside\n"
       "an archive or a message. Files are read in a child process, as the daemon reads them, and "
       "by content: the name\n"
       "counts only where the content does not tell (an .eml without the usual header). '-' is "
       "standard input.\n"
       "Exit status: 0, also where a file could not be read (its line says why); 2 wrong usage.",
       {"config"},
       {"json"},
       read_command},
      {"see",
       "[--json] [--png DIR] FILE...",
       "what the eye sees on pictures and scans, as JSON",
       "One line of JSON a file: for each page its kind, measured quality, seals and identity "
       "numbers, boxes in pixels\n"
       "as a viewer shows the page. --png writes each page into DIR as a picture with what was "
       "seen "
       "framed on it: seals\n"
       "red, identity numbers blue, lines that were read green, cells grey; a page that cannot be "
       "read says which measure\n"
       "fails. Nothing is expected of the page, so names on seals are not "
       "compared with any.\n"
       "Exit status: 0, also where a file could not be read (its line says why); 2 wrong usage.",
       {"config", "png"},
       {"json"},
       see_command},
      {"status",
       "[--json]",
       "each mailbox: last poll, what was seen and what became of it, errors",
       "For each mailbox: seen = filed + rejected + held + ignored + pending, the last poll, "
       "replies still owed, and\n"
       "the error of the last poll if it failed. Works while the daemon runs.",
       {"config"},
       {"json"},
       status_command},
      {"ledger",
       "[--office ID] [--days N] [--json]",
       "each mailbox day by day: what came in and what became of it",
       "For each day of UTC+8 (the last 7 where --days does not say) and each mailbox: the mails "
       "that were taken in,\n"
       "seen = filed + rejected + held + ignored + pending, each once, by what is decided about it "
       "now.\n"
       "What a server shows and the register has not is `waiting` in `dengji status`.",
       {"config", "office", "days"},
       {"json"},
       ledger_command},
      {"list",
       "[--office ID] [--decision WORD] [--limit N] [--json] [TEXT]",
       "submissions, newest first",
       "Lists submissions: receipt number, office, platform, registrant, decision (accept, review, "
       "reject), sender.\n"
       "TEXT looks in platform, registrant, number and sender.",
       {"config", "office", "decision", "limit"},
       {"json"},
       list_command},
      {"show",
       "NUMBER",
       "everything about a record, submission or message, as JSON",
       "NUMBER is a receipt number (SQ2018-00017), a submission (S12) or a message (M12), as "
       "`dengji list` shows them.",
       {"config"},
       {"json"},
       show_command},
      {"export",
       "[--office ID] [--format csv|xlsx|json [--from DAY] [--to DAY]] [--output FILE] [--json]",
       "the register's records, or a reporting package of them",
       "Without --format one line of CSV a record in its newest version, with --json an array of "
       "JSON.\n"
       "--format makes a reporting package of what changed from DAY to DAY (YYYY-MM-DD of UTC+8, "
       "both included) with its\n"
       "totals: csv and xlsx (which needs --output) for people, json with every version for "
       "`dengji import`.\n"
       "Identity numbers are unmasked: keep the file accordingly. FILE is made readable for its "
       "owner alone.",
       {"config", "office", "format", "from", "to", "output"},
       {"json"},
       export_command},
      {"import",
       "[--json] PACKAGE.json",
       "take in the records of another register's package",
       "PACKAGE is what `dengji export --format json` wrote at an office that runs a dengji of its "
       "own. Its records keep\n"
       "number, office and versions; the same package again changes nothing. What contradicts "
       "this register (the same\n"
       "number with other content, a platform that somebody else registered, an office or number "
       "that is not known here)\n"
       "is listed and left out.\n"
       "Exit status: 0 all taken in, 1 something was left out, 3 it is no whole package and "
       "nothing "
       "was taken in.",
       {"config"},
       {"json"},
       import_command},
      {"letter",
       "[--json] [KIND... | --message M12]",
       "what the letters look like, with made-up values or to a message",
       "Fills each KIND of letters/KIND.txt (all where none is named) with made-up values. Nothing "
       "is sent. Mistakes in a\n"
       "template are named with file and line. --message shows what M12 was answered with, and how "
       "the answer to what was\n"
       "decided would read by the templates as they are now.",
       {"config", "message"},
       {"json"},
       letter_command},
      {"report",
       "[--office ID] [--from DAY] [--to DAY | --list late|silent|refused] [--json]",
       "what came in and what became of it, counted",
       "Counts the submissions whose mail came in from DAY to DAY (YYYY-MM-DD of UTC+8, both "
       "included) by office, form,\n"
       "class of registrant and day, new records, and how soon the first letter went out.\n"
       "--list names submissions for a summons instead: late ones, those sent back that nothing "
       "came after for as long\n"
       "as the campaign gives, refused ones.",
       {"config", "office", "from", "to", "list"},
       {"json"},
       report_command},
      {"requeue",
       "MESSAGE",
       "have the daemon read and judge a message again",
       "MESSAGE is M12 as `dengji list` and `dengji show` give it. What was decided before stays "
       "in the history; the\n"
       "new decision is answered.",
       {"config"},
       {"json"},
       requeue_command},
      {"user",
       "add|list|password|code|disable|enable [NAME] [--role ROLE] [--office ID] [--display NAME] "
       "[--off]",
       "the people who sign in at the desk",
       "add NAME --office ID makes a clerk of that office; --role head also exports and manages "
       "its "
       "people; --role city\n"
       "works on all offices, --role auditor reads them. add and password print a new password "
       "once. code prints the\n"
       "address of a secret for one-time codes (--off takes it away). disable ends a person's "
       "sessions and refuses new ones.",
       {"config", "role", "office", "display"},
       {"off"},
       user_command},
      {"backup",
       "DIR",
       "copy the register, its raw mail and its key into a new directory",
       "Works while the daemon runs; DIR appears once it is whole. It holds the register's key and "
       "personal data: keep it\n"
       "accordingly. A damaged piece of mail is named and left out.\n"
       "Exit status: 0 all copied, 1 something was left out or nothing could be done.",
       {"config"},
       {"json"},
       backup_command},
      {"restore",
       "DIR",
       "put a backup in the place of a register that is gone",
       "The daemon must be stopped and the state folder hold no register.db. What came in after "
       "the "
       "backup is not in it:\n"
       "move that mail back into its mailbox and it is read again. Ends with `dengji verify`.",
       {"config"},
       {"json"},
       restore_command},
      {"verify",
       "",
       "whether the register, its audit and its raw mail are whole",
       "Checks the database's pages and references, the chain of the audit, and each mail's bytes "
       "against its digest.\n"
       "Works while the daemon runs. Exit status: 0 whole, 1 not; each problem is a line.",
       {"config"},
       {"json"},
       verify_command},
      {"rotate-key",
       "",
       "seal what the register holds anew under the configuration's key_file",
       "First name the new key in [store] key_file and the one before in old_key_files, and "
       "restart "
       "dengjid; then run\n"
       "this, beside it. Without key_file, what old_key_files sealed is opened; without old ones, "
       "what was plain is sealed.\n"
       "A run that was cut off is run again and goes on. Exit status: 0 all done, 1 something "
       "could "
       "not be opened.",
       {"config"},
       {"json"},
       rotate_key_command},
  };
  return commands;
}

namespace {

void print_usage(std::ostream& out) {
  out << "Usage: dengji COMMAND [--config FILE] ...\n"
         "The operator's command of dengji, which registers internet platforms by e-mail.\n\n";
  for (const auto& command : all_commands())
    out << "  " << command.name << std::string(12 - std::strlen(command.name), ' ')
        << command.summary << "\n";
  out << "\n`dengji help COMMAND` tells more. The configuration is --config FILE, else "
         "$DENGJI_CONFIG, else\n"
         "/etc/dengji/dengji.toml.\n";
}

void print_help(const Command& command, std::ostream& out) {
  out << "Usage: dengji " << command.name << " " << command.synopsis << " [--config FILE]\n\n"
      << command.help << "\n";
}

const Command* find(const std::string& name) {
  const auto& commands = all_commands();
  const auto found =
      std::find_if(commands.begin(), commands.end(), [&](const auto& c) { return name == c.name; });
  return found == commands.end() ? nullptr : &*found;
}

int help(const std::string& topic) {
  const auto* command = find(topic);
  if (command != nullptr)
    print_help(*command, std::cout);
  else
    print_usage(std::cout);
  return EXIT_SUCCESS;
}

int run(const Command& command, int argc, char** argv) {
  auto flags = command.flags;
  flags.emplace_back("help");
  const Arguments arguments(argc, argv, command.with_value, flags);
  if (arguments.has("help")) return help(command.name);
  return command.run(arguments);
}

}  // namespace
}  // namespace dengji

int main(int argc, char** argv) {
  using namespace dengji;
  setenv("OMP_THREAD_LIMIT", "1", 1);  // Tesseract's threads cost more than they give
  const std::string name = argc > 1 ? argv[1] : "";
  if (name == "help" || name == "--help") return help(argc > 2 ? argv[2] : "");
  const auto* command = find(name);
  if (command == nullptr) {
    if (!name.empty()) std::cerr << "dengji: no command '" << name << "'\n\n";
    print_usage(std::cerr);
    return 2;
  }
  try {
    return run(*command, argc - 1, argv + 1);
  } catch (const UsageError& error) {
    std::cerr << "dengji " << name << ": " << error.what() << "\n\n";
    print_help(*command, std::cerr);
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "dengji " << name << ": " << error.what() << "\n";
    return EXIT_FAILURE;
  }
}
