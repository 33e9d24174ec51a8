// The shipped configuration with each office's mailbox and postman on real servers, a register of
// its own, and the programs run on it.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>

#include "tests/support/mail_servers.hpp"

namespace dengji::test {

class Office {
 public:
  explicit Office(const MailServers& servers);  // the servers outlive it

  struct Outcome {
    int status = 0;      // as of waitpid(2)
    std::string output;  // standard output
  };
  // `program` with this configuration; a failpoint of store/failpoint.hpp kills it.
  Outcome run(const std::string& program, const std::string& arguments,
              const std::string& failpoint = "") const;
  Outcome once(const std::string& failpoint = "") const {
    return run(DENGJID, "--once", failpoint);
  }
  std::string log() const;  // standard error of all runs

  // The daemon at work, its desk on a free port; ended by SIGTERM.
  class Daemon {
   public:
    explicit Daemon(const Office&);  // returns once the desk listens
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    const std::string& desk() const { return desk_; }  // "http://127.0.0.1:40123/"

   private:
    pid_t process_ = -1;
    std::string desk_;
  };
  // A key of dengji.toml, before a program is started.
  void set(const std::string& key, const std::string& value) const;

 private:
  std::string on_servers(const std::string& id, const std::string& address) const;

  const MailServers& servers_;
  TempDir directory_;
};

}  // namespace dengji::test
