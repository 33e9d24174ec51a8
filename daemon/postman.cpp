#include "daemon/postman.hpp"

#include "daemon/maildir.hpp"
#include "daemon/smtp.hpp"

namespace dengji {

std::unique_ptr<Postman> open_postman(const PostmanConfig& config) {
  if (is_maildir_url(config.url)) return std::make_unique<MaildirPostman>(config);
  return std::make_unique<SmtpPostman>(config);
}

}  // namespace dengji
