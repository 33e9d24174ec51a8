// The operator's commands: each takes the words after its name and gives the exit status. Errors of
// use are thrown as UsageError; the configuration's and the register's as they are.
#pragma once
#include <string>
#include <vector>

#include "daemon/arguments.hpp"

namespace dengji {

struct Command {
  const char* name;
  const char* synopsis;  // "[--office ID] MESSAGE.eml"
  const char* summary;   // one line
  const char* help;      // what a newcomer needs to know, several lines
  std::vector<std::string> with_value, flags;
  int (*run)(const Arguments&);
};

const std::vector<Command>& all_commands();

int check_command(const Arguments&);   // command_check.cpp
int read_command(const Arguments&);    // command_read.cpp
int see_command(const Arguments&);     // command_see.cpp
int backup_command(const Arguments&);  // commands_backup.cpp
int restore_command(const Arguments&);
int verify_command(const Arguments&);
int rotate_key_command(const Arguments&);
int user_command(const Arguments&);    // command_user.cpp
int status_command(const Arguments&);  // commands_register.cpp
int ledger_command(const Arguments&);
int show_command(const Arguments&);
int list_command(const Arguments&);
int requeue_command(const Arguments&);
int report_command(const Arguments&);  // command_report.cpp
int export_command(const Arguments&);  // commands_package.cpp
int import_command(const Arguments&);
int letter_command(const Arguments&);  // command_letter.cpp

}  // namespace dengji
