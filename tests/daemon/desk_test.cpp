// The desk's answers without a browser: who may see and do what, on every route and method, and
// what a person's decision comes to.
#include <algorithm>

#include "daemon/deadline.hpp"
#include "parsers/message.hpp"
#include "tests/daemon/desk_trial.hpp"

namespace dengji {
namespace {

using namespace test;

using DeskTest = DeskTrial;

TEST_F(DeskTest, AHeldSubmissionIsAcceptedWithItsReceipt) {
  arrive("夜话网");
  const auto wang = sign_in("wang");
  const auto queue = get(wang, "/api/queue");
  ASSERT_EQ(queue.at("items").size(), 1u);
  EXPECT_EQ(queue.at("held"), 1);
  const std::string id = queue.at("items")[0].at("id");
  const auto review = get(wang, "/api/submissions/" + id);
  EXPECT_EQ(review.at("state"), "held");
  EXPECT_EQ(review.at("findings")[0].at("code"), "seal.monochrome");
  EXPECT_FALSE(review.at("fields").empty());
  EXPECT_EQ(decide(wang, id, "accept", review.at("version")).status, 200);
  EXPECT_EQ(get(wang, "/api/queue").at("held"), 0);
  later(60);
  const auto after = get(wang, "/api/submissions/" + id);
  EXPECT_EQ(after.at("state"), "accepted");
  const std::string number = after.at("number");
  EXPECT_EQ(number, "SQ2018-00001");
  EXPECT_EQ(get(wang, "/api/records/" + number).at("versions")[0].at("by"), "wang");
  ASSERT_EQ(after.at("letters").size(), 2u);
  EXPECT_EQ(after.at("letters")[1].at("kind"), "receipt");
}

TEST_F(DeskTest, TheReceiptNamesTheNumberThatThePreviewCouldNotKnow) {
  arrive("夜话网");
  const auto wang = sign_in("wang");
  const auto draft =
      Json::parse(ask(wang, "POST", "/api/submissions/S1/letter", {{"kind", "accept"}}).body);
  EXPECT_NE(draft.at("body").get<std::string>().find("（正式受理后编号）"), std::string::npos);
  decide(wang, "S1", "accept", 1);
  later(60);
  outbox_.sent(outbox_.next(now_)->id, now_);  // the machine's: it is held
  const auto owed = outbox_.next(now_);
  ASSERT_TRUE(owed);
  EXPECT_EQ(owed->letter.kind, "receipt");
  const auto& bytes = owed->letter.bytes;
  const auto text = parse_message(bytes);
  ASSERT_TRUE(text);
  EXPECT_NE(text->text.find("SQ2018-00001"), std::string::npos);
  EXPECT_EQ(text->text.find("正式受理后编号"), std::string::npos);
}

TEST_F(DeskTest, OfTwoClerksTheSecondIsToldWhoDecided) {
  arrive("夜话网");
  const auto wang = sign_in("wang"), head = sign_in("head");
  EXPECT_EQ(decide(wang, "S1", "accept", 1).status, 200);
  const auto second = decide(head, "S1", "reject", 1);
  EXPECT_EQ(second.status, 409);
  EXPECT_EQ(Json::parse(second.body).at("by"), "wang");
}

TEST_F(DeskTest, ADecisionIsUndoneUntilItsLetterGoesOut) {
  arrive("夜话网");
  const auto wang = sign_in("wang");
  decide(wang, "S1", "reject", 1);
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S1/ruling").status, 204);
  EXPECT_EQ(get(wang, "/api/queue").at("held"), 1);
  decide(wang, "S1", "correct", get(wang, "/api/submissions/S1").at("version"));
  later(60);
  post();
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S1/ruling").status, 409);
  EXPECT_EQ(get(wang, "/api/submissions/S1").at("state"), "rejected");
}

// The mail server is down: the letter waits, and what was registered is taken back with it.
TEST_F(DeskTest, ADecisionIsTakenBackWhileItsLetterWaits) {
  arrive("夜话网");
  post();
  const auto wang = sign_in("wang");
  decide(wang, "S1", "accept", 1);
  later(60);
  const auto path = "/api/submissions/S1";
  EXPECT_EQ(get(wang, path).at("number"), "SQ2018-00001");
  EXPECT_EQ(get(wang, path).at("revocable"), true);
  outbox_.retry(outbox_.next(now_)->id, now_ + 600, "no connection");
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S1/ruling").status, 204);
  const auto held = get(wang, path);
  EXPECT_EQ(held.at("state"), "held");
  EXPECT_TRUE(held.at("number").is_null());
  EXPECT_EQ(held.at("letters").back().at("state"), "withdrawn");
  EXPECT_EQ(held.at("history").back().at("detail"), "S1, SQ2018-00001 version 1");
  EXPECT_EQ(ask(wang, "GET", "/api/records/SQ2018-00001").status, 404);
  now_ += 600;
  EXPECT_TRUE(post().empty());
  decide(wang, "S1", "accept", held.at("version"));
  later(60);
  EXPECT_EQ(get(wang, path).at("number"), "SQ2018-00001");
  EXPECT_EQ(post().size(), 1u);
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S1/ruling").status, 409) << "it went out";
}

TEST_F(DeskTest, ADecisionStaysOnceItsLetterMayHaveArrivedOrMoreRestsOnIt) {
  arrive("夜话网");
  post();
  const auto wang = sign_in("wang");
  decide(wang, "S1", "accept", 1);
  later(60);
  const auto sending = outbox_.next(now_);
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S1/ruling").status, 409) << "being sent";
  outbox_.uncertain(sending->id, now_, "cut after the final dot");
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S1/ruling").status, 409);
  outbox_.retry(outbox_.next(now_)->id, now_, "451");
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S1/ruling").status, 409) << "it may be there";
  arrive("晨报网");
  decide(wang, "S2", "accept", 1);
  later(60);
  ask(wang, "POST", "/api/records/SQ2018-00002/events", {{"kind", "note"}, {"on", "2018-09-01"}});
  EXPECT_EQ(get(wang, "/api/submissions/S2").at("revocable"), false);
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S2/ruling").status, 409) << "it was noted about";
}

TEST_F(DeskTest, AChangeThatIsTakenBackLeavesTheVersionBefore) {
  arrive("夜话网");
  const auto wang = sign_in("wang");
  decide(wang, "S1", "accept", 1);
  later(60);
  post();
  database_.execute("UPDATE submission SET fields = '{}' WHERE id = 1");  // so that it is a change
  arrive("夜话网 ");
  decide(wang, "S2", "accept", 1);
  later(60);
  EXPECT_EQ(get(wang, "/api/records/SQ2018-00001").at("versions").size(), 2u);
  EXPECT_EQ(ask(wang, "DELETE", "/api/submissions/S2/ruling").status, 204);
  const auto record = get(wang, "/api/records/SQ2018-00001");
  ASSERT_EQ(record.at("versions").size(), 1u);
  EXPECT_EQ(record.at("status"), "active");
  EXPECT_EQ(record.at("platform"), "夜话网");
}

TEST_F(DeskTest, ACorrectedMailCompletesTheCase) {
  arrive("夜话网");
  const auto wang = sign_in("wang");
  decide(wang, "S1", "correct", 1);
  later(60);
  const auto sha256 = blobs_.put("夜话网 ");  // other bytes, the same platform and sender
  records_.receive({"shuangqing", "shuangqing", "1", "99", sha256, 10, received, received});
  while (intake_.step(at(now_))) {
  }
  EXPECT_EQ(get(wang, "/api/submissions/S1").at("completed_by"), "S2");
  EXPECT_EQ(get(wang, "/api/submissions/S2").at("answers"), "S1");
}

// Every route and method of another office's item answers as if there were none.
TEST_F(DeskTest, AnotherOfficesItemIsNowhere) {
  arrive("夜话网");
  const auto wang = sign_in("wang"), zhao = sign_in("zhao");
  EXPECT_TRUE(get(zhao, "/api/queue").at("items").empty());
  EXPECT_EQ(get(zhao, "/api/queue").at("held"), 0);
  EXPECT_TRUE(get(zhao, "/api/search").at("items").empty());
  for (const auto& [method, path] : std::vector<std::pair<std::string, std::string>>{
           {"GET", "/api/submissions/S1"},
           {"GET", "/api/submissions/S1/files/0"},
           {"GET", "/api/submissions/S1/files/1/pages/1.jpg"},
           {"POST", "/api/submissions/S1/letter"},
           {"POST", "/api/submissions/S1/ruling"},
           {"DELETE", "/api/submissions/S1/ruling"},
           {"POST", "/api/submissions/S1/forward"},
           {"GET", "/api/queue?office=shuangqing"},
           {"GET", "/api/reports?office=shuangqing"},
           {"GET", "/api/mailboxes?office=shuangqing"},
           {"POST", "/api/messages/M1/retry"},
           {"GET", "/api/messages/M1/raw"}})
    EXPECT_EQ(ask(zhao, method, path, {{"kind", "accept"}, {"version", 1}}).status, 404)
        << method << path;
  decide(wang, "S1", "accept", 1);
  later(60);
  EXPECT_EQ(ask(zhao, "GET", "/api/records/SQ2018-00001").status, 404);
  EXPECT_EQ(ask(zhao, "POST", "/api/records/SQ2018-00001/events", {{"kind", "note"}}).status, 404);
  EXPECT_EQ(ask(wang, "GET", "/api/records/SQ2018-00001").status, 200);
  EXPECT_TRUE(get(zhao, "/api/mailboxes").at("mailboxes").empty());
}

TEST_F(DeskTest, AForwardedSubmissionChangesHands) {
  arrive("夜话网");
  const auto wang = sign_in("wang"), zhao = sign_in("zhao");
  EXPECT_EQ(ask(wang, "POST", "/api/submissions/S1/forward", {{"office", "nowhere"}}).status, 400);
  EXPECT_EQ(ask(wang, "POST", "/api/submissions/S1/forward", {{"office", "dongkou"}}).status, 204);
  EXPECT_EQ(ask(wang, "GET", "/api/submissions/S1").status, 404);
  const auto version = get(zhao, "/api/submissions/S1").at("version");
  EXPECT_EQ(decide(zhao, "S1", "accept", version).status, 200);
  later(60);
  const std::string number = get(zhao, "/api/submissions/S1").at("number");
  EXPECT_EQ(number.substr(0, 2), config_.office("dongkou")->prefix);
}

TEST_F(DeskTest, RolesBoundWhatOneMayDo) {
  arrive("夜话网");
  const auto audit = sign_in("audit"), wang = sign_in("wang"), head = sign_in("head");
  EXPECT_EQ(get(audit, "/api/queue").at("held"), 1);
  EXPECT_EQ(ask(audit, "POST", "/api/submissions/S1/ruling").status, 403);
  EXPECT_EQ(ask(audit, "POST", "/api/records").status, 403);
  EXPECT_EQ(ask(wang, "GET", "/api/users").status, 403);
  EXPECT_EQ(ask(wang, "GET", "/api/export.csv").status, 403);
  EXPECT_EQ(get(head, "/api/users").at("users").size(), 2u);
  EXPECT_EQ(
      ask(head, "POST", "/api/users", {{"name", "boss"}, {"role", "city"}, {"password", password_}})
          .status,
      403);
  EXPECT_EQ(ask(head, "POST", "/api/users/zhao", {{"disabled", true}}).status, 404);
  EXPECT_EQ(ask(head, "POST", "/api/users",
                {{"name", "li"},
                 {"display", "李四"},
                 {"role", "clerk"},
                 {"office", "shuangqing"},
                 {"password", password_}})
                .status,
            201);
  EXPECT_EQ(sign_in("li").csrf.size(), 32u);
  EXPECT_EQ(ask(head, "POST", "/api/users/li", {{"disabled", true}}).status, 204);
}

TEST_F(DeskTest, NothingIsAnsweredWithoutASessionAndItsToken) {
  const Browser nobody;
  for (const auto& path : {"/api/session", "/api/queue", "/api/search", "/api/submissions/S1",
                           "/api/records/X", "/api/mailboxes", "/api/reports", "/api/users",
                           "/api/export.csv", "/api/forms", "/api/changes"})
    EXPECT_EQ(ask(nobody, "GET", path).status, 401) << path;
  auto wang = sign_in("wang");
  wang.csrf = "other";
  EXPECT_EQ(ask(wang, "POST", "/api/submissions/S1/ruling").status, 403);
  EXPECT_EQ(ask(wang, "DELETE", "/api/session").status, 403);
  EXPECT_EQ(ask(wang, "PUT", "/api/queue").status, 405);
  EXPECT_EQ(ask(wang, "GET", "/api/nothing").status, 404);
  WebRequest foreign{"POST", "/api/session", {}, {{"sec-fetch-site", "cross-site"}}, "{}"};
  EXPECT_EQ(desk_.answer(foreign, now_).status, 403);
}

TEST_F(DeskTest, EveryAnswerIsGuarded) {
  for (const std::string path : {"/", "/app.js", "/api/session", "/nothing", "/../dengji.toml",
                                 "/%2e%2e/dengji.toml", "/letters/held.txt"}) {
    WebRequest request{"GET", path, {}, {}, ""};
    const auto response = desk_.answer(request, now_);
    EXPECT_NE(header(response, "Content-Security-Policy").find("default-src 'none'"),
              std::string::npos);
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "X-Frame-Options"), "DENY");
    EXPECT_EQ(response.status == 200, path == "/" || path == "/app.js") << path;
  }
}

TEST_F(DeskTest, APaperSubmissionIsRegisteredByHandAndNotedAbout) {
  const auto wang = sign_in("wang");
  const auto spec = get(wang, "/api/forms").at("website");
  EXPECT_FALSE(spec.at("fields").empty());
  const Json fields{{"site_name", "纸质网"},
                    {"org_name", "邵阳市双清区某某有限公司"},
                    {"org_nature", "企业"},
                    {"legal_id", "430502199001010011"}};
  Json body{{"office", "shuangqing"}, {"form", "website"},        {"action", "new"},
            {"fields", fields},       {"received", "2018-08-20"}, {"note", "窗口送交"}};
  const auto wrong = ask(wang, "POST", "/api/records", body);
  EXPECT_EQ(wrong.status, 400);  // the citizen's number fails its check digit
  body["fields"].erase("legal_id");
  const auto made = ask(wang, "POST", "/api/records", body);
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string number = Json::parse(made.body).at("number");
  body["number"] = number;
  body["action"] = "change";
  body["fields"]["org_name"] = "邵阳市双清区另一有限公司";
  ASSERT_EQ(ask(wang, "POST", "/api/records", body).status, 201);
  EXPECT_EQ(ask(wang, "POST", "/api/records/" + number + "/events",
                {{"kind", "summons"}, {"on", "2018-10-08"}, {"note", "拒不登记"}})
                .status,
            201);
  const auto record = get(wang, "/api/records/" + number);
  ASSERT_EQ(record.at("versions").size(), 2u);
  EXPECT_EQ(record.at("versions")[1].at("changed")[0].at("label"), "主办单位名称");
  EXPECT_EQ(record.at("events")[0].at("kind"), "summons");
}

TEST_F(DeskTest, ViewersNoticeEachOther) {
  arrive("夜话网");
  const auto wang = sign_in("wang"), head = sign_in("head");
  get(wang, "/api/submissions/S1");
  EXPECT_EQ(get(head, "/api/submissions/S1").at("viewers"), Json({"wang"}));
  EXPECT_EQ(get(wang, "/api/changes?viewing=S1").at("viewers"), Json({"head"}));
  now_ += 11;
  EXPECT_TRUE(get(wang, "/api/changes?viewing=S1").at("viewers").empty());
}

TEST_F(DeskTest, PackagesAndReportsAreThePersonsOffices) {
  arrive("夜话网");
  const auto wang = sign_in("wang"), head = sign_in("head");
  decide(wang, "S1", "accept", 1);
  later(60);
  EXPECT_EQ(get(wang, "/api/reports").at("received"), 1);
  const auto csv = ask(head, "GET", "/api/export.csv");
  std::ostringstream out;
  csv.stream(out);
  EXPECT_NE(out.str().find("SQ2018-00001"), std::string::npos);
  const auto xlsx = ask(head, "GET", "/api/export.xlsx");
  std::ostringstream book;
  xlsx.stream(book);
  EXPECT_TRUE(book.str().starts_with("PK"));
  EXPECT_NE(header(xlsx, "Content-Disposition").find("attachment"), std::string::npos);
  EXPECT_EQ(ask(wang, "GET", "/api/reports/list?kind=late").status, 200);
  EXPECT_EQ(ask(wang, "GET", "/api/reports/list?kind=other").status, 400);
}

TEST_F(DeskTest, AMailThatCouldNotBeReadIsTriedAgain) {
  arrive("毒网");
  for (int attempt = 1; attempt < config_.attempts; ++attempt) {
    now_ += config_.child_seconds + 120;
    intake_.step(at(now_));
  }
  const auto wang = sign_in("wang"), zhao = sign_in("zhao");
  auto unread = get(wang, "/api/mailboxes").at("unread");
  ASSERT_EQ(unread.size(), 1u);
  EXPECT_EQ(unread[0].at("message"), "M1");
  EXPECT_TRUE(get(zhao, "/api/mailboxes").at("unread").empty());
  EXPECT_EQ(ask(wang, "GET", "/api/messages/M1/raw").body, "毒网");
  EXPECT_EQ(ask(wang, "POST", "/api/messages/M1/retry").status, 204);
  EXPECT_TRUE(get(wang, "/api/mailboxes").at("unread").empty());
  EXPECT_EQ(get(wang, "/api/mailboxes").at("mailboxes")[0].at("pending"), 1);
  const auto days = get(wang, "/api/mailboxes").at("days");
  ASSERT_EQ(days.size(), 1u);
  EXPECT_EQ(days[0].at("day"), "2018-08-20");
  EXPECT_EQ(days[0].at("pending"), 1);
  EXPECT_TRUE(get(zhao, "/api/mailboxes").at("days").empty());
  EXPECT_EQ(ask(wang, "POST", "/api/messages/M1/retry").status, 404) << "it waits already";
}

TEST_F(DeskTest, TheQueueIsFilteredAndCounted) {
  arrive("夜话网");
  arrive("晨报网");
  arrive("无章网");
  const auto wang = sign_in("wang");
  EXPECT_EQ(get(wang, "/api/queue").at("by_office")[0].at("held"), 2);
  EXPECT_EQ(get(wang, "/api/queue?text=夜话").at("items").size(), 1u);
  EXPECT_EQ(get(wang, "/api/queue?code=seal.monochrome").at("items").size(), 2u);
  EXPECT_EQ(get(wang, "/api/queue?code=id.unread").at("items").size(), 0u);
  EXPECT_EQ(get(wang, "/api/queue?form=website").at("items").size(), 2u);
  EXPECT_EQ(get(wang, "/api/queue?form=forum").at("items").size(), 0u);
  EXPECT_EQ(get(wang, "/api/queue?after=S1").at("items").size(), 1u);
  EXPECT_EQ(get(wang, "/api/search?decision=reject").at("items").size(), 1u);
}

// Sent to the county, then to the city: the later one stands for both.
TEST_F(DeskTest, TheSameToTheCityAndToACountyIsOneCase) {
  arrive("夜话网");
  arrive("夜话网 ", "city");
  const auto audit = sign_in("audit");
  const auto queue = get(audit, "/api/queue");
  ASSERT_EQ(queue.at("items").size(), 1u);
  EXPECT_EQ(queue.at("items")[0].at("id"), "S2");
  EXPECT_EQ(get(audit, "/api/submissions/S1").at("completed_by"), "S2");
  EXPECT_EQ(get(audit, "/api/submissions/S1").at("state"), "superseded");
}

TEST_F(DeskTest, DeadlinesAreTold) {
  arrive("夜话网");
  const auto wang = sign_in("wang");
  EXPECT_EQ(get(wang, "/api/submissions/S1").at("due"), config_.campaign.end);
  decide(wang, "S1", "accept", 1);
  later(60);
  const auto version = get(wang, "/api/records/SQ2018-00001").at("versions")[0];
  EXPECT_EQ(version.at("due"), config_.campaign.end);
  EXPECT_EQ(version.at("received"), "2018-08-20T09:30:00+08:00");
  EXPECT_EQ(due_day("2018-10-01", config_.campaign), "2018-10-31");
  EXPECT_EQ(due_day("", config_.campaign), "");
  EXPECT_EQ(due_day("2018-13-01", config_.campaign), "");
}

TEST_F(DeskTest, ColleaguesAreCalledByNameAndGroupsByTitle) {
  const auto wang = sign_in("wang");
  EXPECT_EQ(get(wang, "/api/session").at("words").at("person"),
            Json({{"audit", "审计"}, {"head", "周主任"}, {"wang", "王五"}}));
  const auto forms = get(wang, "/api/forms");
  const auto& fields = forms.at("website").at("fields");
  EXPECT_TRUE(std::any_of(fields.begin(), fields.end(), [](const Json& field) {
    return field.at("key") == "legal_id" && field.at("group") == "法定代表人";
  }));
}

}  // namespace
}  // namespace dengji
