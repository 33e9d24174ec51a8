// Parses mails again and again, for tests/bench/mail.py: parse_mail TIMES FILE... prints, as one
// line of JSON, the bytes parsed, the attachments' bytes seen, the CPU seconds and the peak memory
// (KiB).
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "parsers/message.hpp"

namespace {

double cpu_seconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

std::string contents(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "parse_mail: cannot read %s\n", path);
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int count, char** words) {
  const int times = count > 2 ? std::atoi(words[1]) : 0;
  if (times < 1) {
    std::fprintf(stderr, "usage: parse_mail TIMES FILE...\n");
    return 2;
  }
  std::vector<std::string> mails;
  for (int i = 2; i < count; ++i) mails.push_back(contents(words[i]));
  std::size_t bytes = 0, attached = 0;
  const double start = cpu_seconds();
  for (int time = 0; time < times; ++time) {
    for (const std::string& mail : mails) {
      bytes += mail.size();
      const auto message = dengji::parse_message(mail);
      if (!message) continue;
      for (const dengji::Attachment& each : message->attachments) attached += each.bytes.size();
    }
  }
  const double spent = cpu_seconds() - start;
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  std::printf("{\"bytes\": %zu, \"attached\": %zu, \"seconds\": %.6f, \"peak_kib\": %ld}\n", bytes,
              attached, spent, use.ru_maxrss);
  return 0;
}
