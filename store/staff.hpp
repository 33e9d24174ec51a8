// The people who work at the desk: names, roles, Argon2id passwords (RFC 9106, libsodium), one-time
// codes (RFC 6238), sessions. Passwords and codes are never logged. Thread-safe. Errors:
// StoreError.
#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/register.hpp"

namespace dengji {

enum class StaffRole {
  clerk,    // decides on the own office's submissions
  head,     // also exports and manages the own office's people
  city,     // all offices
  auditor,  // reads all offices, changes nothing
};
std::string_view to_string(StaffRole);
std::optional<StaffRole> staff_role_from(std::string_view word);

struct StaffMember {
  std::string name;     // to sign in with
  std::string display;  // 张三
  StaffRole role = StaffRole::clerk;
  std::string office;  // id; "" for city and auditor
  bool disabled = false;
  bool one_time_code = false;

  bool all_offices() const { return role == StaffRole::city || role == StaffRole::auditor; }
  bool decides() const { return role != StaffRole::auditor; }
  bool exports() const { return role != StaffRole::clerk; }
  bool manages() const { return role == StaffRole::head || role == StaffRole::city; }
};

struct StaffSession {
  StaffMember member;
  std::string csrf;
};

// Why a password is refused as a new one, in Chinese; "" if it serves.
std::string weakness_of(std::string_view password);

bool is_staff_name(const std::string&);  // [a-z0-9._-], 2 to 32 characters

class Staff {
 public:
  explicit Staff(Database&);

  // False: the name is taken. StoreError where it is no name.
  bool add(const StaffMember&, std::string_view password, const std::string& actor, Seconds now);
  std::vector<StaffMember> all();
  std::optional<StaffMember> find(const std::string& name);
  // Ends the person's sessions.
  void set_password(const std::string& name, std::string_view password, const std::string& actor,
                    Seconds now);
  void set_disabled(const std::string& name, bool disabled, const std::string& actor, Seconds now);
  // A new secret for one-time codes, as base32; `off` takes it away and gives "".
  std::string set_code(const std::string& name, bool off, const std::string& actor, Seconds now);

  enum class SignIn { in, wrong, code_needed, locked };
  struct Signed {
    SignIn result = SignIn::wrong;
    std::string token;  // for the cookie
  };
  // Ten failures in a row lock a name for a quarter of an hour. A code serves once.
  Signed sign_in(const std::string& name, std::string_view password, std::string_view code,
                 Seconds now);
  bool right_password(const std::string& name, std::string_view password);
  // Ends after twelve hours, or half an hour of silence.
  std::optional<StaffSession> session(const std::string& token, Seconds now);
  void sign_out(const std::string& token);

 private:
  std::string key_of_token(const std::string& token) const;

  Database& database_;
  std::mutex hashing_;  // Argon2id takes 64 MiB: strangers may ask for one at a time
};

// The code of RFC 6238 (SHA-1, 30 s, 6 digits) of a base32 secret at a time step; "" for no base32.
std::string one_time_code(std::string_view base32_secret, std::int64_t step);

}  // namespace dengji
