#include "parsers/container.hpp"

#include <utility>

#include "parsers/archive.hpp"
#include "parsers/limits.hpp"
#include "parsers/message.hpp"
#include "parsers/tnef.hpp"

namespace dengji {
namespace {

struct Opened {
  std::vector<Attachment> members;
  std::optional<Unreadable> problem;
};

// The folders of a member's path, each cleaned: "a/b" of "a\\b\\c.doc".
std::string folder_of(const std::string& path) {
  std::string folder;
  std::size_t start = 0;
  for (std::size_t slash = path.find_first_of("/\\"); slash != std::string::npos;
       slash = path.find_first_of("/\\", start)) {
    const std::string part = clean_name(std::string_view(path).substr(start, slash - start));
    if (!part.empty()) folder += (folder.empty() ? "" : "/") + part;
    start = slash + 1;
  }
  return folder;
}

std::string join(const std::string& above, const std::string& below) {
  return above.empty() || below.empty() ? above + below : above + "/" + below;
}

std::string without_gz(const std::string& name) {
  return name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name;
}

// Everything that comes out of one attachment of the message, in order.
class Unpacker {
 public:
  Unpacker(const Attachment& outermost, std::vector<Attachment>& out)
      : budget_(outermost.bytes.size()), out_(out) {}

  // What lies around an attachment.
  struct Around {
    std::string archive;  // the outermost
    std::size_t archives = 0, wrappings = 0;
  };

  void take(Attachment attachment, Around around) {
    if (!is_container(attachment.type) || attachment.problem) {
      out_.push_back(std::move(attachment));
      return;
    }
    const bool wraps = is_wrapping(attachment.type);
    if (++(wraps ? around.wrappings : around.archives) > limits::container_depth) {
      attachment.problem = Unreadable{Why::over_limit, "containers nested over 2 levels deep"};
      out_.push_back(std::move(attachment));
      return;
    }
    Opened opened = open(attachment);
    // A second archive is a folder to whoever packed it.
    const std::string folder = around.archive.empty() || wraps
                                   ? attachment.folder
                                   : join(attachment.folder, stem(attachment.name));
    if (around.archive.empty() && !wraps) around.archive = attachment.name;
    for (Attachment& member : opened.members) {
      member.container = around.archive;
      member.folder = join(folder, member.folder);
      take(std::move(member), around);
    }
    if (opened.problem) {
      attachment.problem = std::move(opened.problem);
      out_.push_back(std::move(attachment));
    }
  }

 private:
  // Made by a mail program: no person knows it as a file.
  static bool is_wrapping(FileType type) {
    return type == FileType::tnef || type == FileType::message;
  }

  Opened open(const Attachment& attachment) {
    if (attachment.type == FileType::message) return open_message(attachment);
    if (attachment.type == FileType::tnef) return open_tnef(attachment);
    return open_archive(attachment);
  }
  static Opened open_message(const Attachment& attachment) {
    Result<Message> message = parse_message(attachment.bytes);
    if (!message) return {{}, message.reason()};
    Opened opened{std::move(message->attachments), std::nullopt};
    if (!message->problems.empty()) opened.problem = message->problems.front();
    return opened;
  }
  static Opened open_tnef(const Attachment& attachment) {
    Result<std::vector<Attachment>> members = read_tnef(attachment.bytes);
    if (!members) return {{}, members.reason()};
    return {std::move(*members), std::nullopt};
  }
  Opened open_archive(const Attachment& attachment) {
    ArchiveContents contents =
        read_archive(attachment.type, attachment.bytes, without_gz(attachment.name), budget_);
    Opened opened{{}, std::move(contents.problem)};
    for (ArchiveMember& each : contents.members) {
      Attachment member = make_attachment(each.path, std::move(each.bytes));
      member.folder = folder_of(each.path);
      opened.members.push_back(std::move(member));
    }
    if (opened.members.empty() && !opened.problem) {
      opened.problem = Unreadable{Why::empty, "an archive without files"};
    }
    return opened;
  }

  UnpackBudget budget_;
  std::vector<Attachment>& out_;
};

}  // namespace

std::vector<Attachment> unpack(std::vector<Attachment> attachments) {
  std::vector<Attachment> out;
  for (Attachment& attachment : attachments) {
    Unpacker unpacker(attachment, out);
    unpacker.take(std::move(attachment), {});
  }
  return out;
}

}  // namespace dengji
