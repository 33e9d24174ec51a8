#include "daemon/mailbox.hpp"

#include <charconv>
#include <chrono>

#include "daemon/imap_mailbox.hpp"
#include "daemon/maildir.hpp"

namespace dengji {

std::unique_ptr<Mailbox> open_mailbox(const MailboxConfig& config) {
  if (is_maildir_url(config.url)) return std::make_unique<MaildirMailbox>(config);
  return std::make_unique<ImapMailbox>(config);
}

std::int64_t start_of_day(const std::string& date) {
  if (date.size() != 10) return 0;
  const auto number = [&date](std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(date.data() + at, date.data() + at + length, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  constexpr std::int64_t utc8 = 8 * 3600;
  return std::chrono::sys_days(day).time_since_epoch().count() * std::int64_t{86400} - utc8;
}

}  // namespace dengji
