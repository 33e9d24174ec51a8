// Letters out over SMTP (RFC 5321) with libcurl: sender <>, one recipient, the bytes as they are.
// TLS is required but for loopback addresses with allow_plaintext. The connection is kept for the
// next letter; after anything but success it is dropped, since an answer that is still to come
// would be taken for the next command's.
#pragma once
#include <memory>

#include "daemon/curl.hpp"
#include "daemon/postman.hpp"

namespace dengji {

struct SmtpTimes {
  std::chrono::seconds connect{30};
  std::chrono::seconds answer{600};  // RFC 5321 section 4.5.3.2.6: ten minutes after the final dot
};

class SmtpPostman : public Postman {
 public:
  // Throws std::invalid_argument for a URL or settings that cannot be used.
  explicit SmtpPostman(PostmanConfig config, SmtpTimes times = {});
  Delivery deliver(const Letter&) override;
  void interrupt() noexcept override { interrupt_.raise(); }

 private:
  Curl& connection();

  PostmanConfig config_;
  ServerUrl server_;
  SmtpTimes times_;
  Interrupt interrupt_;
  std::unique_ptr<Curl> curl_;
};

// What a result means for the letter. Uncertain: all bytes were handed over and no answer came (RFC
// 1047). A 5xx is the letter's fault only when it answers MAIL, RCPT, DATA or the final dot; when
// it asks for a login or greets, the operator must mend it, and the letter waits.
Delivery delivery_of(const CurlResult&);

}  // namespace dengji
