// Register's memory of seals: which fingerprints were kept, and of whom.
#include "store/database.hpp"
#include "store/register.hpp"
#include "store/words.hpp"

namespace dengji {

std::vector<SealPrint> Register::seal_prints() {
  std::vector<SealPrint> prints;
  for (const ResultRow& row : database_.query("SELECT p.submission, p.print FROM seal_print p"
                                              " JOIN submission s ON s.id = p.submission WHERE "
                                              "s.superseded = 0 ORDER BY p.submission"))
    prints.push_back({row.number(0), row.text(1)});
  return prints;
}

StampedBefore Register::stamped(Id submission) {
  const auto rows = database_.query(
      "SELECT COALESCE(r.number, ''), s.registrant_name, s.id_number, m.sender,"
      " CASE s.decision WHEN 'accept' THEN 1 ELSE 0 END FROM submission s"
      " JOIN message m ON m.id = s.message LEFT JOIN record r ON r.id = s.record WHERE s.id = $1",
      {submission});
  if (rows.empty())
    throw StoreError("register: no submission " + std::to_string(submission), false);
  const ResultRow& row = rows.front();
  const auto id_number =
      database_.keys().open(row.text(2), sealed_place("submission.id_number", submission));
  return {submission, row.text(0), row.text(1), id_number, row.text(3), row.number(4) != 0};
}

}  // namespace dengji
