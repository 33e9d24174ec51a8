// Whether a mail's sender is who the address says, as the mailbox's own server found (RFC 8601).
// Pure.
#pragma once
#include <string>
#include <vector>

#include "parsers/authentication.hpp"

namespace dengji {

// authserv_id: the server's name, lower case. Its topmost result counts, and only where every
// server that the mail passed after it belongs to the same name; a later one may be the sender's
// own words. A domain vouches for its own addresses and for those of its subdomains.
bool authenticated(const std::string& address, const std::vector<Authentication>&,
                   const std::string& authserv_id);

}  // namespace dengji
