// What a confined child costs: milliseconds of wall time a message from asking to the answer, for a
// child that answers at once and for one that reads a short mail, and of a start with its models.
//   child_cost [MESSAGES]
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "daemon/intake.hpp"

namespace dengji {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

int measure(const char* what, ReaderProcess& reader, const std::string& mail, int messages) {
  const auto begin = Clock::now();
  for (int i = 0; i < messages; ++i) {
    if (const auto answer = reader.read(mail); !answer) {
      std::cerr << what << ": " << answer.reason().detail << "\n";
      return EXIT_FAILURE;
    }
  }
  std::cout << what << ": " << milliseconds_since(begin) / messages << " ms a message\n";
  return EXIT_SUCCESS;
}

int run(int messages) {
  const auto config = load_config(find_config(""));
  const std::string mail = "From: he@mail.example\r\nSubject: question\r\n\r\nmust I register?\r\n";
  const auto begin = Clock::now();
  ReaderProcess idle([] { return [](std::string_view) { return std::string("+"); }; },
                     reader_limits(config));
  ReaderProcess reader(mail_reader(config), reader_limits(config));
  std::cout << "start with models: " << milliseconds_since(begin) << " ms, once\n";
  const int failed = measure("a child that answers at once", idle, mail, messages);
  return failed != EXIT_SUCCESS ? failed : measure("a short mail", reader, mail, messages);
}

}  // namespace
}  // namespace dengji

int main(int argc, char** argv) {
  setenv("OMP_THREAD_LIMIT", "1", 1);
  return dengji::run(argc > 1 ? std::atoi(argv[1]) : 200);
}
