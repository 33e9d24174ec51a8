#include "store/decision.hpp"

#include <gtest/gtest.h>

#include "store/words.hpp"

namespace dengji {

namespace {

Decision of(std::initializer_list<Severity> severities) {
  std::vector<Finding> findings;
  for (const Severity severity : severities)
    findings.push_back({"field.missing", severity, "", 0, "", ""});
  return decide(findings);
}

}  // namespace

TEST(Decide, TheGravestFindingDecides) {
  EXPECT_EQ(of({}), Decision::accept);
  EXPECT_EQ(of({Severity::note, Severity::note}), Decision::accept);
  EXPECT_EQ(of({Severity::note, Severity::doubt}), Decision::review);
  EXPECT_EQ(of({Severity::defect, Severity::doubt, Severity::note}), Decision::reject);
  EXPECT_EQ(of({Severity::note, Severity::doubt, Severity::defect}), Decision::reject);
}

TEST(Words, AreThoseOfTheContract) {
  EXPECT_EQ(to_string(Severity::note), "note");
  EXPECT_EQ(to_string(Severity::doubt), "doubt");
  EXPECT_EQ(to_string(Severity::defect), "defect");
  EXPECT_EQ(to_string(Decision::accept), "accept");
  EXPECT_EQ(to_string(Decision::review), "review");
  EXPECT_EQ(to_string(Decision::reject), "reject");
  EXPECT_EQ(to_string(Disposition::submission), "submission");
  EXPECT_EQ(to_string(Disposition::no_submission), "no-submission");
  EXPECT_EQ(to_string(Disposition::ignored), "ignored");
}

TEST(Words, OfAStatusComeBack) {
  for (const auto status :
       {RecordStatus::active, RecordStatus::suspended, RecordStatus::cancelled}) {
    EXPECT_EQ(record_status_from(std::string(to_string(status))), status);
  }
  EXPECT_THROW(record_status_from("lost"), StoreError);
}

}  // namespace dengji
