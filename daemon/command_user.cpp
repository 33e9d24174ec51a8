// `dengji user`: the people who may sign in at the desk. Passwords are made here and shown once, so
// that none stands on a command line.
#include <sodium.h>

#include <cstdlib>
#include <ctime>
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/opened.hpp"
#include "daemon/text_table.hpp"
#include "store/staff.hpp"

namespace dengji {
namespace {

constexpr std::size_t password_letters = 16;

// Of letters and digits that are not taken for each other: 5 bits each.
std::string new_password() {
  static constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";
  std::string password;
  while (password.size() < password_letters)
    password += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
  return password;
}

struct People : Opened {
  explicit People(const Arguments& arguments) : Opened(arguments), staff(database) {}
  Staff staff;
};

StaffMember member_of(const Arguments& arguments, const Config& config, const std::string& name) {
  const std::string word = arguments.value("role").empty() ? "clerk" : arguments.value("role");
  const auto role = staff_role_from(word);
  if (!role) throw UsageError("there is no role '" + word + "': clerk, head, city or auditor");
  StaffMember member{name, arguments.value("display"), *role, arguments.value("office"), false,
                     false};
  if (member.display.empty()) member.display = name;
  if (member.all_offices() && !member.office.empty())
    throw UsageError("a " + word + " sees all offices: leave out --office");
  if (!member.all_offices() && config.office(member.office) == nullptr)
    throw UsageError("give --office ID, one of offices.toml");
  if (!is_staff_name(name)) throw UsageError("a name is 2 to 32 of a-z, 0-9, '.', '_' and '-'");
  return member;
}

int add(People& people, const Arguments& arguments, const std::string& name) {
  const auto member = member_of(arguments, people.config, name);
  const auto password = new_password();
  if (!people.staff.add(member, password, operator_name(), std::time(nullptr)))
    throw UsageError("there is a user " + name + " already");
  std::cout << password << "\n";
  return EXIT_SUCCESS;
}

int list(People& people) {
  TextTable table({"NAME", "ROLE", "OFFICE", "CODE", "STATE", "DISPLAY"});
  for (const auto& member : people.staff.all())
    table.add({member.name, std::string(to_string(member.role)),
               member.office.empty() ? "all" : member.office, member.one_time_code ? "yes" : "no",
               member.disabled ? "disabled" : "active", member.display});
  std::cout << table.text();
  return EXIT_SUCCESS;
}

int code(People& people, const Arguments& arguments, const std::string& name) {
  const bool off = arguments.has("off");
  const auto secret = people.staff.set_code(name, off, operator_name(), std::time(nullptr));
  if (!off)
    std::cout << "otpauth://totp/dengji:" << name << "?secret=" << secret << "&issuer=dengji\n";
  return EXIT_SUCCESS;
}

int change(People& people, const Arguments& arguments, const std::string& what,
           const std::string& name) {
  const auto now = std::time(nullptr);
  if (!people.staff.find(name)) throw UsageError("there is no user " + name);
  if (what == "code") return code(people, arguments, name);
  if (what == "password") {
    const auto password = new_password();
    people.staff.set_password(name, password, operator_name(), now);
    std::cout << password << "\n";
    return EXIT_SUCCESS;
  }
  if (what != "disable" && what != "enable") throw UsageError("there is no 'user " + what + "'");
  people.staff.set_disabled(name, what == "disable", operator_name(), now);
  return EXIT_SUCCESS;
}

}  // namespace

int user_command(const Arguments& arguments) {
  const auto& words = arguments.words();
  if (words.empty())
    throw UsageError("takes what to do: add, list, password, code, disable, enable");
  if (words.size() != (words[0] == "list" ? 1u : 2u)) throw UsageError("takes one NAME");
  People people(arguments);
  if (words[0] == "list") return list(people);
  return words[0] == "add" ? add(people, arguments, words[1])
                           : change(people, arguments, words[0], words[1]);
}

}  // namespace dengji
