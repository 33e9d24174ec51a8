#include "store/schema.hpp"

#include <string>
#include <vector>

#include "store/database.hpp"

namespace dengji {

namespace {

using Migration = std::vector<const char*>;

// Times are seconds since the epoch (UTC); choices are the public words of docs/CONTRACT.md.
const Migration first = {
    // A message by its bytes. version counts decisions: requeue() raises it. generation is of the
    // daemon that claimed it. sha256 is NULL for mail that was set aside unread.
    R"(CREATE TABLE message (
      id BIGINT PRIMARY KEY, office TEXT NOT NULL, account TEXT NOT NULL, sha256 TEXT,
      size BIGINT NOT NULL, received BIGINT NOT NULL, created BIGINT NOT NULL,
      state TEXT NOT NULL, version BIGINT NOT NULL,
      attempts BIGINT NOT NULL, lease_until BIGINT NOT NULL, generation BIGINT NOT NULL,
      disposition TEXT NOT NULL, reason TEXT NOT NULL, message_id TEXT NOT NULL,
      sender TEXT NOT NULL, subject TEXT NOT NULL, date TEXT NOT NULL, settled BIGINT NOT NULL,
      UNIQUE (account, sha256)))",
    "CREATE INDEX message_waiting ON message (state, id)",
    // Its keys on the server: several, once a mailbox was rebuilt under a new UIDVALIDITY.
    R"(CREATE TABLE message_key (
      account TEXT NOT NULL, uidvalidity TEXT NOT NULL, uid TEXT NOT NULL,
      message BIGINT NOT NULL REFERENCES message (id),
      PRIMARY KEY (account, uidvalidity, uid)))",
    "CREATE INDEX message_key_message ON message_key (message)",
    R"(CREATE TABLE record (
      id BIGINT PRIMARY KEY, number TEXT NOT NULL UNIQUE, office TEXT NOT NULL,
      year TEXT NOT NULL, serial BIGINT NOT NULL, form TEXT NOT NULL, platform TEXT NOT NULL,
      platform_key TEXT NOT NULL, account_key TEXT NOT NULL, status TEXT NOT NULL,
      version BIGINT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL,
      UNIQUE (office, year, serial)))",
    "CREATE INDEX record_platform ON record (platform_key, form)",
    "CREATE INDEX record_account ON record (account_key)",
    // What was decided about one platform of a message; superseded = 1 once it was requeued.
    R"(CREATE TABLE submission (
      id BIGINT PRIMARY KEY, message BIGINT NOT NULL REFERENCES message (id),
      message_version BIGINT NOT NULL, position BIGINT NOT NULL, superseded BIGINT NOT NULL,
      platform TEXT NOT NULL, form TEXT NOT NULL, action TEXT NOT NULL,
      registrant_name TEXT NOT NULL, registrant_class TEXT NOT NULL, id_type TEXT NOT NULL,
      id_number TEXT NOT NULL, account_id TEXT NOT NULL, fields TEXT NOT NULL, facts TEXT NOT NULL,
      decision TEXT NOT NULL, change TEXT NOT NULL, record BIGINT REFERENCES record (id),
      record_version BIGINT NOT NULL, created BIGINT NOT NULL,
      UNIQUE (message, message_version, position)))",
    "CREATE INDEX submission_record ON submission (record)",
    R"(CREATE TABLE submission_file (
      submission BIGINT NOT NULL REFERENCES submission (id), position BIGINT NOT NULL,
      name TEXT NOT NULL, role TEXT NOT NULL, sha256 TEXT NOT NULL, container TEXT NOT NULL,
      PRIMARY KEY (submission, position)))",
    R"(CREATE TABLE finding (
      submission BIGINT NOT NULL REFERENCES submission (id), position BIGINT NOT NULL,
      code TEXT NOT NULL, severity TEXT NOT NULL, attachment TEXT NOT NULL, page BIGINT NOT NULL,
      field TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (submission, position)))",
    // A record as it stood after each accepted submission; what was registered is the submission's.
    R"(CREATE TABLE record_version (
      record BIGINT NOT NULL REFERENCES record (id), version BIGINT NOT NULL,
      submission BIGINT NOT NULL REFERENCES submission (id), status TEXT NOT NULL,
      created BIGINT NOT NULL, PRIMARY KEY (record, version)))",
    R"(CREATE TABLE reply (
      id BIGINT PRIMARY KEY, message BIGINT NOT NULL REFERENCES message (id), kind TEXT NOT NULL,
      version BIGINT NOT NULL, recipient TEXT NOT NULL, recipient_key TEXT NOT NULL,
      subject TEXT NOT NULL, bytes TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL, attempts BIGINT NOT NULL, maybe_duplicate BIGINT NOT NULL,
      not_before BIGINT NOT NULL, error TEXT NOT NULL, created BIGINT NOT NULL,
      finished BIGINT NOT NULL, UNIQUE (message, kind, version)))",
    "CREATE INDEX reply_due ON reply (state, not_before)",
    "CREATE INDEX reply_recipient ON reply (recipient_key, created)",
    R"(CREATE TABLE mailbox_state (
      account TEXT PRIMARY KEY, office TEXT NOT NULL, last_poll BIGINT NOT NULL,
      last_error TEXT NOT NULL))",
    // mac chains each row to the one before, see audit.hpp.
    R"(CREATE TABLE audit (
      id BIGINT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
      message BIGINT NOT NULL, detail TEXT NOT NULL, mac TEXT NOT NULL))",
    "CREATE INDEX audit_message ON audit (message)",
};

// id_key stands for a sealed id_number where it is sought; '' where that is plain.
const Migration sought_numbers = {
    "ALTER TABLE submission ADD COLUMN id_key TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX submission_id_key ON submission (id_key)",
    "CREATE INDEX submission_id_number ON submission (id_number)",
};

const Migration seal_prints = {
    // Fingerprints of the seals on a submission's form and letter, to know their pixels again.
    R"(CREATE TABLE seal_print (
      submission BIGINT NOT NULL REFERENCES submission (id), position BIGINT NOT NULL,
      print TEXT NOT NULL, PRIMARY KEY (submission, position)))",
};

// The staff's desk: whose area a submission belongs to (it may be forwarded), which earlier one it
// completes, what a person decided about it, who these persons are.
const Migration desk = {
    // reading: what the child read of the mail, on the wire's terms (daemon/reading.hpp); "" for
    // older mail.
    "ALTER TABLE message ADD COLUMN reading TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE submission ADD COLUMN office TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE submission ADD COLUMN platform_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE submission ADD COLUMN completed_by BIGINT REFERENCES submission (id)",
    // Raised by whatever staff do to it, so that two of them notice each other.
    "ALTER TABLE submission ADD COLUMN revision BIGINT NOT NULL DEFAULT 1",
    "UPDATE submission SET office ="
    " (SELECT m.office FROM message m WHERE m.id = submission.message)",
    "CREATE INDEX submission_open ON submission (decision, superseded, id)",
    "CREATE INDEX submission_platform ON submission (platform_key)",
    "CREATE INDEX submission_completed ON submission (completed_by)",
    // state: pending until `due`, then done; or undone.
    R"(CREATE TABLE ruling (
      id BIGINT PRIMARY KEY, submission BIGINT NOT NULL REFERENCES submission (id),
      kind TEXT NOT NULL, actor TEXT NOT NULL, at BIGINT NOT NULL, due BIGINT NOT NULL,
      state TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
      note TEXT NOT NULL))",
    "CREATE INDEX ruling_due ON ruling (state, due)",
    "CREATE INDEX ruling_submission ON ruling (submission)",
    // What staff note about a record: a summons (约谈), a naming (通报), a note.
    R"(CREATE TABLE record_event (
      id BIGINT PRIMARY KEY, record BIGINT NOT NULL REFERENCES record (id), kind TEXT NOT NULL,
      day TEXT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, note TEXT NOT NULL))",
    "CREATE INDEX record_event_record ON record_event (record)",
    // password: Argon2id's encoded hash; totp: the shared secret in base32, "" for none.
    R"(CREATE TABLE staff (
      name TEXT PRIMARY KEY, display TEXT NOT NULL, role TEXT NOT NULL, office TEXT NOT NULL,
      password TEXT NOT NULL, totp TEXT NOT NULL, totp_step BIGINT NOT NULL,
      disabled BIGINT NOT NULL, failures BIGINT NOT NULL, locked_until BIGINT NOT NULL))",
    // token: a keyed hash of what the browser holds.
    R"(CREATE TABLE session (
      token TEXT PRIMARY KEY, staff TEXT NOT NULL REFERENCES staff (name),
      csrf TEXT NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL))",
};

const Migration search = {
    // Its rows are the submissions'; see search.hpp.
    "CREATE VIRTUAL TABLE submission_words USING fts5 (words)",
    // All that the queue's order and counts ask, so that rows are read only to be shown.
    "DROP INDEX submission_open",
    "CREATE INDEX submission_waits ON submission (decision, superseded, completed_by, id, office)",
};

const Migration daily_ledger = {
    "ALTER TABLE mailbox_state ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0",
    "CREATE INDEX message_created ON message (created)",
};

const Migration reminders = {
    // When the registrant was reminded that it is to be mended; 0: not.
    "ALTER TABLE submission ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0",
};

const Migration revoking = {
    // The letter of a ruling that was carried out.
    "ALTER TABLE ruling ADD COLUMN reply BIGINT REFERENCES reply (id)",
};

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all = {first,  sought_numbers, seal_prints, desk,
                                             search, daily_ledger,   reminders,   revoking};
  return all;
}

int applied(Database& database) {
  return static_cast<int>(
      database.query("SELECT number FROM meta WHERE name = 'schema'").at(0).number(0));
}

void refuse_newer(int version) {
  if (version <= schema_version()) return;
  throw StoreError("register: its schema " + std::to_string(version) +
                       " is newer than this program's " + std::to_string(schema_version()) +
                       "; install the newer dengji again",
                   false);
}

void make_meta(Database& database) {
  Transaction transaction(database);
  database.execute(
      "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, number BIGINT NOT NULL,"
      " text TEXT NOT NULL)");
  database.execute(
      "INSERT INTO meta (name, number, text) VALUES ('schema', 0, ''), ('generation', 0, ''),"
      " ('audit-head', 0, '') ON CONFLICT (name) DO NOTHING");
  transaction.commit();
}

}  // namespace

int schema_version() { return static_cast<int>(migrations().size()); }

void migrate(Database& database) {
  make_meta(database);
  int version = applied(database);
  refuse_newer(version);
  for (; version < schema_version(); ++version) {
    Transaction transaction(database);
    for (const char* statement : migrations()[static_cast<std::size_t>(version)]) {
      database.execute(statement);
    }
    database.execute("UPDATE meta SET number = $1 WHERE name = 'schema'",
                     {std::int64_t{version} + 1});
    transaction.commit();
  }
}

void check_schema(Database& database) {
  const int version = applied(database);
  refuse_newer(version);
  if (version < schema_version()) {
    throw StoreError("register: its schema is older than this program; start dengjid once", false);
  }
}

}  // namespace dengji
