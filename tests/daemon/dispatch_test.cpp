// Letters through a postman in memory whose server answers as told.
#include "daemon/dispatch.hpp"

#include <gtest/gtest.h>

#include "store/database.hpp"
#include "store/register.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

using namespace test;

class FakePostman : public Postman {
 public:
  FakePostman(std::vector<std::string>& posted, std::vector<Delivery>& answers)
      : posted_(posted), answers_(answers) {}
  Delivery deliver(const Letter& letter) override {
    posted_.push_back(letter.bytes);
    const auto answer = answers_.front();
    if (answers_.size() > 1) answers_.erase(answers_.begin());
    return answer;
  }

 private:
  std::vector<std::string>& posted_;
  std::vector<Delivery>& answers_;
};

class DispatchTest : public ::testing::Test {
 protected:
  DispatchTest() { owe("exact bytes", "shuangqing", "shuangqing"); }
  void owe(const std::string& bytes, const std::string& office, const std::string& account) {
    const std::string number = std::to_string(++letters_);
    records_.receive({office, account, "1", number, std::string(64, number[0]), 1, now_, now_});
    Settlement settlement;
    settlement.message = records_.claim(now_, 60)->message;
    settlement.disposition = Disposition::no_submission;
    settlement.now = now_;
    settlement.year = "2018";
    records_.settle(settlement, [&](const std::vector<Filed>&) {
      return Letter{"no-submission", "chen@mail.example", "回复", bytes,
                    "<" + number + "@wxb.example>"};
    });
  }
  Outbox::Count count() { return outbox_.counts().at(0); }

  TempDir dir_;
  static Config quick_config() {
    Config config = shipped_config();
    for (auto& office : config.offices) office.postman.per_minute = 60'000;
    return config;
  }
  Config config_ = quick_config();
  std::int64_t now_ = received;
  int letters_ = 0;
  Database database_{dir_.path() / "state", Database::Mode::owner};
  Register records_{database_, {{"shuangqing", "SQ"}}};
  Outbox outbox_{database_};
  std::vector<std::string> posted_;
  std::vector<Delivery> answers_{{Delivery::Outcome::sent, ""}};
  Dispatch dispatch_{config_, outbox_, [this](const PostmanConfig&) {
                       return std::make_unique<FakePostman>(posted_, answers_);
                     }};
};

TEST_F(DispatchTest, SendsALetterOnce) {
  EXPECT_TRUE(dispatch_.step(at(now_)));
  EXPECT_FALSE(dispatch_.step(at(now_)));
  EXPECT_EQ(posted_, std::vector<std::string>{"exact bytes"});
  EXPECT_EQ(count().sent, 1);
}

TEST_F(DispatchTest, TriesAgainLaterAndLonger) {
  answers_ = {{Delivery::Outcome::later, "451 too frequent"},
              {Delivery::Outcome::later, "451"},
              {Delivery::Outcome::sent, ""}};
  EXPECT_TRUE(dispatch_.step(at(now_)));
  EXPECT_FALSE(dispatch_.step(at(now_ + 299)));
  EXPECT_TRUE(dispatch_.step(at(now_ + 300)));
  EXPECT_FALSE(dispatch_.step(at(now_ + 300 + 599)));
  EXPECT_TRUE(dispatch_.step(at(now_ + 300 + 600)));
  EXPECT_EQ(count().sent, 1);
}

TEST_F(DispatchTest, ALetterDoesNotWaitForAClockThatWasSetBack) {
  answers_ = {{Delivery::Outcome::later, "451"}, {Delivery::Outcome::sent, ""}};
  EXPECT_TRUE(dispatch_.step({now_, 1000}));
  EXPECT_FALSE(dispatch_.step({now_ - 86'400, 1059})) << "the server asked for a pause";
  EXPECT_TRUE(dispatch_.step({now_ - 86'400, 1060}));
  EXPECT_EQ(count().sent, 1);
}

TEST_F(DispatchTest, OwesALetterAsBeforeWhenInterrupted) {
  dispatch_.interrupt();
  EXPECT_FALSE(dispatch_.step(at(now_)));
  EXPECT_TRUE(posted_.empty());
  EXPECT_TRUE(outbox_.next(now_));
}

TEST_F(DispatchTest, GivesUpAfterFiveDays) {
  answers_ = {{Delivery::Outcome::later, "no route"}};
  std::int64_t now = now_;
  int attempts = 0;
  for (; count().failed == 0 && attempts < 1000; now += 300) attempts += dispatch_.step(at(now));
  EXPECT_EQ(count().failed, 1);
  EXPECT_GT(now - now_, 5 * 86400 - 4000);
  EXPECT_LT(now - now_, 6 * 86400);
  EXPECT_FALSE(dispatch_.step(at(now + 86400)));
}

TEST_F(DispatchTest, LeavesARefusedLetterToStaff) {
  answers_ = {{Delivery::Outcome::refused, "550 no such user"}};
  EXPECT_TRUE(dispatch_.step(at(now_)));
  EXPECT_FALSE(dispatch_.step(at(now_ + 10 * 86400)));
  EXPECT_EQ(count().failed, 1);
}

TEST_F(DispatchTest, GivesUpAfterFiveUncertainDaysToo) {
  answers_ = {{Delivery::Outcome::uncertain, "no answer after the final dot"}};
  std::int64_t now = now_;
  for (int attempt = 0; count().failed == 0 && attempt < 1000; ++attempt, now += 4000)
    dispatch_.step(at(now));
  EXPECT_EQ(count().failed, 1);
  EXPECT_LT(now - now_, 6 * 86400);
}

TEST_F(DispatchTest, PausesTheLineWhenTheServerSaysLater) {
  owe("elsewhere", config_.offices[2].id, config_.offices[2].id);
  owe("two", "shuangqing", "shuangqing");
  answers_ = {{Delivery::Outcome::later, "451 too frequently sending"},
              {Delivery::Outcome::sent, ""}};
  EXPECT_TRUE(dispatch_.step(at(now_)));
  EXPECT_FALSE(dispatch_.step(at(now_ + 59))) << "both offices send by one server and user";
  EXPECT_TRUE(dispatch_.step(at(now_ + 60)));
  EXPECT_TRUE(dispatch_.step(at(now_ + 60)));
  EXPECT_EQ(posted_.size(), 3u);
}

TEST_F(DispatchTest, GoesOnWithOtherLinesWhileOnePauses) {
  config_.offices[2].postman.user = "another@wxb.example";
  Dispatch dispatch(config_, outbox_, [this](const PostmanConfig&) {
    return std::make_unique<FakePostman>(posted_, answers_);
  });
  answers_ = {{Delivery::Outcome::later, "451"}, {Delivery::Outcome::sent, ""}};
  EXPECT_TRUE(dispatch.step(at(now_)));
  owe("elsewhere", config_.offices[2].id, config_.offices[2].id);
  EXPECT_TRUE(dispatch.step(at(now_ + 1)));
  EXPECT_EQ(posted_.back(), "elsewhere");
}

TEST_F(DispatchTest, SendsTheSameBytesAfterAnUncertainEnd) {
  answers_ = {{Delivery::Outcome::uncertain, "cut after the final dot"},
              {Delivery::Outcome::sent, ""}};
  EXPECT_TRUE(dispatch_.step(at(now_)));
  EXPECT_TRUE(dispatch_.step(at(now_ + 300)));
  EXPECT_EQ(posted_, (std::vector<std::string>{"exact bytes", "exact bytes"}));
  EXPECT_EQ(count().sent, 1);
}

}  // namespace
}  // namespace dengji
