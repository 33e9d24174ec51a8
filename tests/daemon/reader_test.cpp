// The child process itself, with jobs that behave as hostile bytes might make the real one behave.
#include "daemon/reader.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <thread>

namespace dengji {
namespace {

ReaderLimits limits_of(int seconds) {
  return {std::chrono::seconds(seconds), {256, std::chrono::seconds(30)}};
}
ReaderLimits short_limits() { return limits_of(2); }

// The mail's first word says what the job does.
ReaderProcess::Prepare jobs() {
  return [] {
    return [](std::string_view raw) -> std::string {
      if (raw == "crash") raise(SIGSEGV);
      if (raw == "throw") throw std::runtime_error("no");
      if (raw == "hang") sleep(60);
      if (raw == "flood") return std::string(answer_bytes + 1, 'x');
      return "read " + std::string(raw);
    };
  };
}

TEST(Reader, AnswersFromAChild) {
  ReaderProcess reader(jobs(), short_limits());
  const auto reading = reader.read("你好");
  ASSERT_TRUE(reading) << reading.reason().detail;
  EXPECT_EQ(*reading, "read 你好");
}

TEST(Reader, OutlivesWhatItsChildrenDo) {
  ReaderProcess reader(jobs(), short_limits());
  EXPECT_EQ(reader.read("crash").reason().why, Why::empty);
  EXPECT_EQ(reader.read("throw").reason().why, Why::empty);
  EXPECT_EQ(reader.read("flood").reason().why, Why::over_limit);
  EXPECT_EQ(reader.read("hang").reason().why, Why::over_limit);
  EXPECT_TRUE(reader.read("still here"));
}

TEST(Reader, TakesAsMuchAsItIsToldTo) {
  auto limits = short_limits();
  limits.answer = answer_bytes + 1;
  ReaderProcess reader(jobs(), limits);
  EXPECT_EQ(reader.read("flood")->size(), answer_bytes + 1);
}

// Tesseract opens its log before the children are made and says a lot about some pictures.
TEST(Reader, KeepsALibrarysLogOutOfTheAnswer) {
  const ReaderProcess::Prepare prepare = []() -> ReaderProcess::Job {
    const std::shared_ptr<std::FILE> log(std::fopen("/dev/null", "w"), std::fclose);
    return [log](std::string_view) -> std::string {
      for (int line = 0; line < 10'000; ++line) std::fputs("Bottom=0, top=67\n", log.get());
      return "answer";
    };
  };
  ReaderProcess reader(prepare, short_limits());
  const auto answer = reader.read("");
  ASSERT_TRUE(answer) << answer.reason().detail;
  EXPECT_EQ(*answer, "answer");
}

TEST(Reader, EndsBeforeOneThatWasStartedLater) {
  auto first = std::make_unique<ReaderProcess>(jobs(), short_limits());
  ReaderProcess second(jobs(), short_limits());
  first.reset();  // would wait for ever if the second's nursery held the first's conversation
  EXPECT_TRUE(second.read("still here"));
}

TEST(Reader, EndsAChildWhenInterrupted) {
  ReaderProcess reader(jobs(), limits_of(50));
  const auto begin = std::chrono::steady_clock::now();
  std::thread thread([&] { EXPECT_FALSE(reader.read("hang")); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  reader.interrupt();
  thread.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  EXPECT_TRUE(reader.interrupted());
}

TEST(Reader, ServesSeveralThreadsAtOnce) {
  ReaderProcess reader(jobs(), short_limits());
  std::vector<std::thread> threads;
  std::vector<int> right(8);
  for (std::size_t i = 0; i < right.size(); ++i)
    threads.emplace_back([&, i] {
      const auto reading = reader.read(std::to_string(i));
      right[i] = reading && *reading == "read " + std::to_string(i);
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, std::vector<int>(right.size(), 1));
}

TEST(Reader, LeavesNoDescriptorBehind) {
  ReaderProcess reader(jobs(), short_limits());
  const auto lowest_free = [] {
    const int fd = dup(STDERR_FILENO);
    close(fd);
    return fd;
  };
  const int before = lowest_free();
  for (const auto* mail : {"a", "crash", "throw"}) (void)reader.read(mail);
  EXPECT_EQ(lowest_free(), before);
}

TEST(Reader, TellsWhyItCouldNotStart) {
  const ReaderProcess::Prepare broken = []() -> ReaderProcess::Job {
    throw std::runtime_error("no chi_sim model");
  };
  try {
    ReaderProcess reader(broken, short_limits());
    FAIL() << "started";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("no chi_sim model"), std::string::npos);
  }
}

}  // namespace
}  // namespace dengji
