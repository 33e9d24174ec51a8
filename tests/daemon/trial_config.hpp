// A copy of the shipped etc/ in a folder of its own, to be changed and loaded.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "daemon/config.hpp"

namespace dengji {

class TrialConfig {
 public:
  TrialConfig() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("dengji-config-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::copy(SOURCE_DIR "/etc", folder_, std::filesystem::copy_options::recursive);
  }
  ~TrialConfig() {
    std::error_code ignored;  // a folder left behind spoils no test
    std::filesystem::remove_all(folder_, ignored);
  }
  TrialConfig(const TrialConfig&) = delete;
  TrialConfig& operator=(const TrialConfig&) = delete;

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  std::string read(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  // The first `from` in the file becomes `to`.
  void change(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = read(name);
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << name << " has no " << from;
    write(name, text.replace(at, from.size(), to));
  }
  void append(const std::string& name, const std::string& text) const {
    write(name, read(name) + text);
  }

  Config load() const { return load_config(path("dengji.toml")); }
  // What load() complains of, with the folder's name left out; "" if nothing.
  std::string mistakes() const {
    try {
      load();
      return "";
    } catch (const ConfigError& error) {
      std::string text = error.what();
      const std::string prefix = folder_.string() + "/";
      for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
        text.erase(at, prefix.size());
      return text;
    }
  }
  // The 1-based line on which `words` stand.
  std::size_t line_of(const std::string& name, const std::string& words) const {
    const std::string text = read(name);
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find(words));
    return static_cast<std::size_t>(std::count(text.begin(), end, '\n')) + 1;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace dengji
