#include "tests/journeys/office.hpp"

#include <array>
#include <cstdio>
#include <sstream>

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
}

std::string Office::on_servers(const std::string& id, const std::string& address) const {
  if (id.empty()) return "";
  const auto server = [this, &address](const std::string& url) {
    return "url = \"" + url + "\"\nuser = \"" + address + "\"\npassword_file = \"" +
           servers_.password_file().string() + "\"\nca_file = \"" + servers_.ca_file().string() +
           "\"\n";
  };
  return "[[office.mailbox]]\nid = \"" + id + "\"\n" + server(servers_.mailbox(address).url) +
         "done_folder = \"已收\"\n[office.postman]\n" + server(servers_.postman(address).url) +
         "per_minute = 6000\n\n";
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

std::string Office::log() const { return read_file(directory_.path() / "stderr"); }

}  // namespace dengji::test
