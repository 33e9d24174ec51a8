#include "store/staff.hpp"

#include <liboath/oath.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/secret.hpp"

namespace dengji {

namespace {

constexpr int most_failures = 10;
constexpr Seconds locked_for = 15 * 60;
constexpr Seconds longest_session = 12 * 3600;
constexpr Seconds longest_silence = 30 * 60;
constexpr Seconds seen_is_kept_to = 60;  // so that not each request writes
constexpr Seconds code_step = 30;        // RFC 6238 section 5.2
constexpr unsigned code_digits = 6;
constexpr std::size_t longest_password = 200;  // bytes
constexpr std::size_t least_password = 10;     // bytes

const char* const member_columns = "name, display, role, office, disabled, totp";

StaffMember member_of(const ResultRow& row) {
  const auto role = staff_role_from(row.text(2));
  if (!role) throw StoreError("register: unknown role " + row.text(2), false);
  return {row.text(0), row.text(1), *role, row.text(3), row.number(4) != 0, !row.text(5).empty()};
}

std::string hashed(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> encoded{};
  if (crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(),
                            crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw StoreError("no memory for Argon2id", true);
  return encoded.data();
}

bool verifies(const std::string& encoded, std::string_view password) {
  return password.size() <= longest_password &&
         crypto_pwhash_str_verify(encoded.c_str(), password.data(), password.size()) == 0;
}

// Of nobody: a name that does not exist costs what one does.
const std::string& nobodys_hash() {
  static const std::string hash = hashed("nobody");
  return hash;
}

std::string random_hex(std::size_t bytes) {
  std::string raw(bytes, '\0'), hex(2 * bytes + 1, '\0');
  randombytes_buf(raw.data(), raw.size());
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(raw.data()),
                 raw.size());
  hex.pop_back();
  return hex;
}

// The step whose code this is, of the present and its neighbours (a clock may be off by one), and
// later than the one last used; 0: of none.
std::int64_t step_of_code(const std::string& secret, std::string_view code, std::int64_t used,
                          Seconds now) {
  const std::int64_t present = now / code_step;
  for (std::int64_t step = present - 1; step <= present + 1; ++step)
    if (step > used && !code.empty() && one_time_code(secret, step) == code) return step;
  return 0;
}

}  // namespace

std::string_view to_string(StaffRole role) {
  switch (role) {
    case StaffRole::clerk:
      return "clerk";
    case StaffRole::head:
      return "head";
    case StaffRole::city:
      return "city";
    case StaffRole::auditor:
      return "auditor";
  }
  return "";
}

std::optional<StaffRole> staff_role_from(std::string_view word) {
  for (const auto role : {StaffRole::clerk, StaffRole::head, StaffRole::city, StaffRole::auditor})
    if (word == to_string(role)) return role;
  return std::nullopt;
}

std::string weakness_of(std::string_view password) {
  if (password.size() < least_password) return "密码至少10个字符";
  if (password.size() > longest_password) return "密码太长";
  const bool alike =
      std::all_of(password.begin(), password.end(), [&](char c) { return c == password.front(); });
  const bool digits = password.find_first_not_of("0123456789") == std::string_view::npos;
  return alike || digits ? "密码不能只用数字或同一个字符" : "";
}

std::string one_time_code(std::string_view base32_secret, std::int64_t step) {
  char* raw = nullptr;
  std::size_t size = 0;
  if (oath_base32_decode(base32_secret.data(), base32_secret.size(), &raw, &size) != OATH_OK)
    return "";
  std::array<char, code_digits + 1> code{};
  const int result = oath_hotp_generate(raw, size, static_cast<std::uint64_t>(step), code_digits,
                                        false, OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
  std::free(raw);
  return result == OATH_OK ? code.data() : "";
}

bool is_staff_name(const std::string& name) {
  return name.size() >= 2 && name.size() <= 32 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
}

Staff::Staff(Database& database) : database_(database) {
  if (sodium_init() < 0 || oath_init() != OATH_OK)
    throw StoreError("libsodium or liboath cannot start", false);
}

bool Staff::add(const StaffMember& member, std::string_view password, const std::string& actor,
                Seconds now) {
  if (!is_staff_name(member.name))
    throw StoreError("a name is 2 to 32 of a-z, 0-9, '.', '_' and '-': " + member.name, false);
  const std::string hash = hashed(password);
  Transaction transaction(database_);
  if (!database_.query("SELECT 1 FROM staff WHERE name = $1", {member.name}).empty()) return false;
  database_.execute(
      "INSERT INTO staff (name, display, role, office, password, totp, totp_step, disabled,"
      " failures, locked_until) VALUES ($1, $2, $3, $4, $5, '', 0, 0, 0, 0)",
      {member.name, member.display, std::string(to_string(member.role)), member.office, hash});
  append_audit(database_,
               {now, actor, "user-add", 0,
                member.name + ' ' + std::string(to_string(member.role)) + ' ' + member.office});
  transaction.commit();
  return true;
}

std::vector<StaffMember> Staff::all() {
  std::vector<StaffMember> members;
  for (const auto& row :
       database_.query(std::string("SELECT ") + member_columns + " FROM staff ORDER BY name"))
    members.push_back(member_of(row));
  return members;
}

std::optional<StaffMember> Staff::find(const std::string& name) {
  const auto rows = database_.query(
      std::string("SELECT ") + member_columns + " FROM staff WHERE name = $1", {name});
  if (rows.empty()) return std::nullopt;
  return member_of(rows[0]);
}

void Staff::set_password(const std::string& name, std::string_view password,
                         const std::string& actor, Seconds now) {
  const std::string hash = hashed(password);
  Transaction transaction(database_);
  database_.execute(
      "UPDATE staff SET password = $1, failures = 0, locked_until = 0 WHERE name = $2",
      {hash, name});
  database_.execute("DELETE FROM session WHERE staff = $1", {name});
  append_audit(database_, {now, actor, "user-password", 0, name});
  transaction.commit();
}

void Staff::set_disabled(const std::string& name, bool disabled, const std::string& actor,
                         Seconds now) {
  Transaction transaction(database_);
  database_.execute("UPDATE staff SET disabled = $1 WHERE name = $2",
                    {std::int64_t{disabled}, name});
  database_.execute("DELETE FROM session WHERE staff = $1", {name});
  append_audit(database_, {now, actor, disabled ? "user-disable" : "user-enable", 0, name});
  transaction.commit();
}

std::string Staff::set_code(const std::string& name, bool off, const std::string& actor,
                            Seconds now) {
  std::string secret;
  if (!off) {
    std::array<char, 20> raw{};  // RFC 4226 section 4: 160 bits
    randombytes_buf(raw.data(), raw.size());
    char* encoded = nullptr;
    if (oath_base32_encode(raw.data(), raw.size(), &encoded, nullptr) != OATH_OK)
      throw StoreError("no memory for a secret", true);
    secret = encoded;
    std::free(encoded);
  }
  Transaction transaction(database_);
  database_.execute("UPDATE staff SET totp = $1, totp_step = 0 WHERE name = $2", {secret, name});
  append_audit(database_, {now, actor, off ? "user-code-off" : "user-code", 0, name});
  transaction.commit();
  return secret;
}

bool Staff::right_password(const std::string& name, std::string_view password) {
  const auto rows = database_.query("SELECT password FROM staff WHERE name = $1", {name});
  const std::lock_guard one_at_a_time(hashing_);
  return verifies(rows.empty() ? nobodys_hash() : rows[0].text(0), password) && !rows.empty();
}

Staff::Signed Staff::sign_in(const std::string& name, std::string_view password,
                             std::string_view code, Seconds now) {
  const auto rows = database_.query(
      "SELECT totp, totp_step, disabled, locked_until FROM staff WHERE name = $1", {name});
  if (!rows.empty() && rows[0].number(3) > now) return {SignIn::locked, ""};
  const bool right = right_password(name, password);  // slow: outside of the transaction
  if (rows.empty() || rows[0].number(2) != 0) return {SignIn::wrong, ""};
  if (right && !rows[0].text(0).empty() && code.empty()) return {SignIn::code_needed, ""};
  const bool with_code = !rows[0].text(0).empty();
  const auto step = with_code ? step_of_code(rows[0].text(0), code, rows[0].number(1), now) : 0;

  Transaction transaction(database_);
  if (!right || (with_code && step == 0)) {
    database_.execute(
        "UPDATE staff SET failures = CASE WHEN failures + 1 >= $1 THEN 0 ELSE failures + 1 END,"
        " locked_until = CASE WHEN failures + 1 >= $1 THEN $2 ELSE locked_until END"
        " WHERE name = $3",
        {std::int64_t{most_failures}, now + locked_for, name});
    append_audit(database_, {now, name, "sign-in-failed", 0, ""});
    transaction.commit();
    return {SignIn::wrong, ""};
  }
  // The step again, under the lock: two requests with one code are one too many.
  if (with_code &&
      database_.execute("UPDATE staff SET totp_step = $1 WHERE name = $2 AND totp_step < $1",
                        {step, name}) != 1)
    return {SignIn::wrong, ""};
  const std::string token = random_hex(32);
  database_.execute("UPDATE staff SET failures = 0 WHERE name = $1", {name});
  database_.execute("DELETE FROM session WHERE created < $1 OR seen < $2",
                    {now - longest_session, now - longest_silence});
  database_.execute(
      "INSERT INTO session (token, staff, csrf, created, seen) VALUES ($1, $2, $3, $4, $4)",
      {key_of_token(token), name, random_hex(16), now});
  append_audit(database_, {now, name, "sign-in", 0, ""});
  transaction.commit();
  return {SignIn::in, token};
}

std::optional<StaffSession> Staff::session(const std::string& token, Seconds now) {
  if (token.empty()) return std::nullopt;
  const auto rows = database_.query(
      "SELECT u.name, u.display, u.role, u.office, u.disabled, u.totp, n.csrf, n.seen"
      " FROM session n JOIN staff u ON u.name = n.staff"
      " WHERE n.token = $1 AND n.created > $2 AND n.seen > $3 AND u.disabled = 0",
      {key_of_token(token), now - longest_session, now - longest_silence});
  if (rows.empty()) return std::nullopt;
  if (now - rows[0].number(7) > seen_is_kept_to) {
    Transaction transaction(database_);
    database_.execute("UPDATE session SET seen = $1 WHERE token = $2", {now, key_of_token(token)});
    transaction.commit();
  }
  return StaffSession{member_of(rows[0]), rows[0].text(6)};
}

void Staff::sign_out(const std::string& token) {
  Transaction transaction(database_);
  database_.execute("DELETE FROM session WHERE token = $1", {key_of_token(token)});
  transaction.commit();
}

std::string Staff::key_of_token(const std::string& token) const {
  return hmac_hex(database_.secret("session"), token);
}

}  // namespace dengji
