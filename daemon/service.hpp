// The owner of everything: register, mailboxes, reader, postmen and the threads that drive them.
// One per process and per register. Constructed while the process has one thread (the reader
// forks); start() adds the others and stop() joins them, so that a reload is: stop, destroy,
// construct anew.
#pragma once
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "daemon/casework.hpp"
#include "daemon/config.hpp"
#include "daemon/desk/desk_server.hpp"
#include "daemon/dispatch.hpp"
#include "daemon/intake.hpp"
#include "daemon/poller.hpp"

namespace dengji {

class Database;

class Service {
 public:
  explicit Service(Config config);  // throws: StoreError, std::runtime_error (models, folders)
  ~Service();

  void start();
  // Interrupts the work in hand and waits for its end, within seconds: the register has it as
  // before, and it is done after the next start.
  void stop();
  // Polls every mailbox once, works until nothing waits, sends until nothing is due. Needs no
  // start().
  void run_once();
  // Where the desk listens, once started; 0: nowhere.
  int desk_port() const { return desk_server_ ? desk_server_->port() : 0; }
  // False when a thread has not come round for long: the watchdog is then not fed.
  bool healthy() const;

 private:
  void start_desk();

  class Loop;  // a thread that repeats one step and waits between

  Config config_;
  // Before anything that could start a thread.
  std::unique_ptr<ReaderProcess> reader_;
  std::unique_ptr<ReaderProcess> pages_;  // draws pages for the desk
  std::unique_ptr<Database> database_;
  Register records_;
  Outbox outbox_;
  Blobs blobs_;
  Intake intake_;
  Poller poller_;
  Casework casework_;
  Dispatch dispatch_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::unique_ptr<Desk> desk_;  // null where none is configured
  std::unique_ptr<DeskServer> desk_server_;
};

}  // namespace dengji
