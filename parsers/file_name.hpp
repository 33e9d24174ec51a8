// What the name of an attached file says: the role it plays, and the platform or registrant it is
// named after, with what people put around a name taken off: 附件1：, -登记表, 扫描件, (1),
// brackets.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "parsers/submission.hpp"

namespace dengji {

struct NameClues {
  std::string core;     // as written; "" where the name says nothing of whose file it is
  std::string bracket;  // what stood in brackets before or behind the core: often the registrant
  std::optional<Role> role;  // by its words; form for 登记表 and the like
  bool camera = false;       // given by a camera, a scanner or a chat program
};

// `name` with or without extension; UTF-8.
NameClues read_file_name(std::string_view name);

// The same for a line of a mail: Re:, 转发: and 等2个平台 go too.
NameClues read_subject(std::string_view subject);

// Ends like an organisation's name: 公司, 办公室, 协会 …
bool like_organisation(std::string_view name);

}  // namespace dengji
