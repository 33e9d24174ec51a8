// HTTP/1.1 for the desk (Poco::Net, private to the .cpp): plain on a loopback address or behind a
// proxy, else TLS. Requests are capped in size, headers and time; answers come from Desk. Threads
// of its own, joined by the destructor.
#pragma once
#include <memory>

#include "daemon/desk/desk.hpp"

namespace dengji {

class DeskServer {
 public:
  DeskServer(const DeskConfig&, Desk&);  // listens at once; throws std::runtime_error if it cannot
  ~DeskServer();
  int port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dengji
