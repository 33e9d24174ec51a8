// A submission that is right in every respect, as the reading child would report it, for tests that
// spoil one thing.
#pragma once
#include <string>

#include "daemon/config.hpp"
#include "daemon/moment.hpp"
#include "daemon/reading.hpp"

namespace dengji::test {

const Config& shipped_config();  // etc/dengji.toml of this checkout

inline constexpr std::int64_t received = 1534728600;  // 2018-08-20 09:30 in UTC+8
// Both clocks at once.
inline Moment at(std::int64_t seconds) { return {seconds, seconds}; }

// Attachments in this order: form, scan, certificate, commitment letter.
enum File : std::size_t { form_file, scan_file, certificate_file, commitment_file };
Reading right_website();              // by a company, to office `shuangqing`
Reading right_account_of_a_person();  // signed, not sealed

PageFacts& page(Reading&, File);
Field& field(Reading&, const std::string& key);
void drop_field(Reading&, const std::string& key);
void drop_file(Reading&, File);  // out of the submission's parts

}  // namespace dengji::test
