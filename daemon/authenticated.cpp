#include "daemon/authenticated.hpp"

#include <algorithm>

#include "parsers/header.hpp"

namespace dengji {
namespace {

bool within(const std::string& host, const std::string& domain) {
  return host == domain || host.ends_with('.' + domain);
}

}  // namespace

bool authenticated(const std::string& address, const std::vector<Authentication>& all,
                   const std::string& authserv_id) {
  const auto own = std::find_if(
      all.begin(), all.end(), [&](const Authentication& one) { return one.server == authserv_id; });
  if (authserv_id.empty() || own == all.end()) return false;
  const bool ours = std::all_of(own->by.begin(), own->by.end(), [&](const std::string& host) {
    return host == "localhost" || within(host, authserv_id);
  });
  const std::string domain = lower_ascii(address.substr(address.rfind('@') + 1));
  return ours && std::any_of(own->domains.begin(), own->domains.end(), [&](const auto& vouched) {
           return vouched.find('.') != std::string::npos && within(domain, vouched);
         });
}

}  // namespace dengji
