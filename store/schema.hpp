// The register's tables, as numbered migrations, each applied whole or not at all. A migration that
// has landed in a release is never changed: the next one mends it. Errors: StoreError.
#pragma once

namespace dengji {

class Database;

int schema_version();          // what this program knows
void migrate(Database&);       // up to it; refuses a register of a newer program
void check_schema(Database&);  // refuses a register of a newer or an older program

}  // namespace dengji
