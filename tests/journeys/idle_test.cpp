// A mail that arrives in a real Dovecot is answered at once, however rarely the mailbox is polled.
#include <gtest/gtest.h>

#include "daemon/service.hpp"
#include "store/database.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/mail_servers.hpp"

namespace dengji {
namespace {

using namespace test;

TEST(Idle, AnswersAMailLongBeforeTheNextPoll) {
  const MailServers servers;
  const TempDir dir;
  Config config = shipped_config();
  config.state = dir.path() / "state";
  config.min_free_mebibytes = 0;
  OfficeConfig office = *config.office("shuangqing");
  office.mailboxes = {servers.mailbox(office.address)};
  office.mailboxes[0].id = office.id;
  office.mailboxes[0].poll_seconds = 86'400;
  office.postman = servers.postman(office.address);
  config.offices = {office};
  config.desk.host.clear();
  Service service(config);
  service.start();
  // Three mails, each sent once the one before is answered: the mailbox waits anew each time.
  for (std::size_t count = 1; count <= 3; ++count) {
    servers.deliver("wang@registrant.example", office.address,
                    "From: <wang@registrant.example>\r\nSubject: " + std::to_string(count) +
                        "\r\nDate: Mon, 20 Aug 2018 09:30:00 +0800\r\n\r\nhow do I register?\r\n");
    ASSERT_EQ(servers.await_inbox("wang@registrant.example", count).size(), count);
  }
  service.stop();
}

}  // namespace
}  // namespace dengji
