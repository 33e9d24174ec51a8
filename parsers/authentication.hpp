// What the servers on a message's way say of its sender: Authentication-Results (RFC 8601), and the
// hosts of the Received fields (RFC 5321 4.4) above each. Anybody can write both into a mail: whom
// to believe is for those to say who know their own server. Total, capped.
#pragma once
#include <string>
#include <vector>

namespace dengji {

struct Entity;

struct Authentication {
  std::string server;                // authserv-id, lower case
  std::vector<std::string> domains;  // lower case; whose use as sender passed: header.from of
                                     // DMARC, header.d or header.i of DKIM, smtp.mailfrom of SPF
  std::vector<std::string> by;       // lower case; who wrote the Received fields above, topmost
                                     // first
};

// From the top, at most limits::authentications, and none beneath limits::received Received fields.
std::vector<Authentication> authentications_of(const Entity& root);

}  // namespace dengji
