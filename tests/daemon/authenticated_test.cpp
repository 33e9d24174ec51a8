#include "daemon/authenticated.hpp"

#include <gtest/gtest.h>

namespace dengji {
namespace {

const std::string ours = "mx.office.example";

bool vouched(const std::string& address, const std::vector<Authentication>& all) {
  return authenticated(address, all, ours);
}

TEST(Authenticated, WhereOurServerVouchesForTheDomain) {
  const Authentication good{ours, {"company.example"}, {"mx.office.example", "localhost"}};
  EXPECT_TRUE(vouched("li@company.example", {good}));
  EXPECT_TRUE(vouched("li@Mail.COMPANY.example", {good}));
  EXPECT_FALSE(vouched("li@mycompany.example", {good}));
  EXPECT_FALSE(vouched("li@example", {good}));
  EXPECT_FALSE(vouched("", {good}));
  EXPECT_FALSE(authenticated("li@company.example", {good}, "")) << "no server is believed";
  EXPECT_FALSE(vouched("li@company.example", {{ours, {"example"}, {}}})) << "of a whole country";
}

TEST(Authenticated, NobodyBelievesAnotherServer) {
  const Authentication good{ours, {"company.example"}, {}};
  EXPECT_FALSE(vouched("li@company.example", {{"mx.elsewhere.example", {"company.example"}, {}}}));
  EXPECT_FALSE(
      vouched("li@company.example", {{ours, {"company.example"}, {ours, "out.company.example"}}}))
      << "it stood in the mail before it came to us";
  EXPECT_FALSE(vouched("li@company.example", {{ours, {}, {}}, good}))
      << "what stands below may be the sender's own words";
}

}  // namespace
}  // namespace dengji
