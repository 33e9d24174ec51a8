// The staff's page: who asks, whether they may, and which route answers. Knows HTTP as plain values
// only (web.hpp); desk_server.hpp speaks it. Thread-safe.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/desk/web.hpp"
#include "daemon/reader.hpp"
#include "store/blobs.hpp"
#include "store/database.hpp"
#include "store/queue.hpp"
#include "store/staff.hpp"

namespace dengji {

// Who looks at which submission just now, so that two people notice each other. Kept in memory:
// forgotten after some seconds of silence.
class Viewers {
 public:
  void looks(const std::string& name, Id submission, Seconds now);
  // The others' names, in order.
  std::vector<std::string> others(Id submission, const std::string& name, Seconds now);

 private:
  struct Look {
    Id submission = 0;
    Seconds at = 0;
  };
  std::mutex guard_;
  std::map<std::string, Look> looks_;
};

// What the routes work with. The database is a connection of the desk's own, so that its questions
// wait for no one.
struct DeskParts {
  DeskParts(const Config&, Blobs&, ReaderProcess& pages);

  const Config& config;
  Database database;
  Register records;
  Rulings rulings;
  Staff staff;
  Queue queue;
  Blobs& blobs;
  ReaderProcess& pages;  // draws pages (page_renderer())
  Viewers viewers;
};

// A request that may be answered.
struct Asked {
  const WebRequest& request;
  std::vector<std::string> words;  // the variable parts of its path, in order
  StaffSession session;            // empty for the routes that need none
  Seconds now = 0;

  const StaffMember& who() const { return session.member; }
};

enum class Needs { nothing, session, decide, exports, manage };

struct Route {
  const char* method;
  const char* path;  // "/api/submissions/:/ruling": ":" is any one part
  Needs needs;
  WebResponse (*answer)(DeskParts&, const Asked&);
};
// One table a subject.
std::vector<Route> session_routes();  // routes_session.cpp
std::vector<Route> queue_routes();    // routes_queue.cpp
std::vector<Route> review_routes();   // routes_review.cpp
std::vector<Route> ruling_routes();   // routes_ruling.cpp
std::vector<Route> record_routes();   // routes_record.cpp
std::vector<Route> mailbox_routes();  // routes_mailbox.cpp
std::vector<Route> report_routes();   // routes_report.cpp
std::vector<Route> user_routes();     // routes_user.cpp

// The office that a question is bound to, "" for all; 404 for another than the person's own.
std::string bound_office(const Asked&, const std::string& wanted);
// "S12" as the person may see it; 404 otherwise.
StoredSubmission visible_submission(DeskParts&, const Asked&, const std::string& word);
bool may_see(const StaffMember&, const std::string& office);
Id id_of(const std::string& word, char letter);  // "S12" -> 12; 404 otherwise

class Desk {
 public:
  Desk(const Config&, Blobs&, ReaderProcess& pages);
  WebResponse answer(const WebRequest&, Seconds now);

 private:
  WebResponse routed(const WebRequest&, Seconds now);
  WebResponse page(const std::string& path) const;

  DeskParts parts_;
  std::vector<Route> routes_;
  std::map<std::string, std::string> files_;  // of etc/desk, by name, read once
};

}  // namespace dengji
