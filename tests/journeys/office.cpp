#include "tests/journeys/office.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace dengji::test {
namespace {

namespace fs = std::filesystem;

std::string in_quotes(const std::string& line) {
  const std::size_t begin = line.find('"') + 1;
  return line.substr(begin, line.find('"', begin) - begin);
}

}  // namespace

Office::Office(const MailServers& servers) : servers_(servers) {
  fs::copy(fs::path(SOURCE_DIR) / "etc", directory_.path() / "etc", fs::copy_options::recursive);
  const fs::path file = directory_.path() / "etc/offices.toml";
  std::istringstream shipped(read_file(file));
  std::string served, id, address;
  for (std::string line; std::getline(shipped, line);) {
    if (line == "[[office]]") served += on_servers(id, address);
    if (line.starts_with("id = \"")) id = in_quotes(line);
    if (line.starts_with("address = \"")) address = in_quotes(line);
    served += line + "\n";
  }
  write_file(file, served + on_servers(id, address));
  set("listen", "\"127.0.0.1:0\"");  // a port that no other daemon has
}

std::string Office::on_servers(const std::string& id, const std::string& address) const {
  if (id.empty()) return "";
  const auto server = [this, &address](const std::string& url) {
    return "url = \"" + url + "\"\nuser = \"" + address + "\"\npassword_file = \"" +
           servers_.password_file().string() + "\"\nca_file = \"" + servers_.ca_file().string() +
           "\"\n";
  };
  return "[[office.mailbox]]\nid = \"" + id + "\"\n" + server(servers_.mailbox(address).url) +
         "done_folder = \"已收\"\npoll_seconds = 5\n[office.postman]\n" +
         server(servers_.postman(address).url) + "per_minute = 6000\n\n";
}

Office::Outcome Office::run(const std::string& program, const std::string& arguments,
                            const std::string& failpoint) const {
  const std::string command = (failpoint.empty() ? "" : "DENGJI_FAILPOINT=" + failpoint + " ") +
                              "DENGJI_STATE=" + (directory_.path() / "state").string() + " " +
                              program + " " + arguments + " --config " +
                              (directory_.path() / "etc/dengji.toml").string() + " 2>>" +
                              (directory_.path() / "stderr").string();
  FILE* pipe = popen(("exec env " + command).c_str(), "r");
  Outcome outcome;
  std::array<char, 4096> buffer;
  for (std::size_t count; (count = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    outcome.output.append(buffer.data(), count);
  outcome.status = pclose(pipe);
  return outcome;
}

void Office::set(const std::string& key, const std::string& value) const {
  const auto file = directory_.path() / "etc/dengji.toml";
  std::string text = read_file(file);
  const auto at = text.find("\n" + key + " = ") + 1;
  text.replace(at, text.find('\n', at) - at, key + " = " + value);
  write_file(file, text);
}

Office::Daemon::Daemon(const Office& office) {
  const auto folder = office.directory_.path();
  const auto log = folder / "daemon-stderr";
  process_ = ::fork();
  if (process_ == 0) {
    const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDERR_FILENO);
    ::setenv("DENGJI_STATE", (folder / "state").c_str(), 1);
    ::execl(DENGJID, DENGJID, "--config", (folder / "etc/dengji.toml").c_str(), nullptr);
    ::_exit(127);
  }
  for (int tenths = 0; tenths < 600 && desk_.empty(); ++tenths) {
    ::usleep(100'000);
    const std::string said = fs::exists(log) ? read_file(log) : "";
    const auto at = said.find("http://");
    if (at != std::string::npos && said.find('\n', at) != std::string::npos)
      desk_ = said.substr(at, said.find('\n', at) - at);
  }
  if (desk_.empty()) throw std::runtime_error("the desk does not listen: " + read_file(log));
}

Office::Daemon::~Daemon() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

std::string Office::log() const { return read_file(directory_.path() / "stderr"); }

}  // namespace dengji::test
