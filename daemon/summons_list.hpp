// The lists that a head goes by when registrants are summoned (约谈): the late, the silent and the
// refused. Errors: StoreError.
#pragma once
#include <optional>
#include <string>

#include "daemon/config.hpp"
#include "store/queue.hpp"

namespace dengji {

// late: sent after the campaign and its days of grace; silent: sent back, and nothing came for as
// long as the campaign gives; refused: by staff. None: there is no list of that name.
std::optional<QueueFilter> summons_list(const std::string& name, Seconds now, const Config&);

}  // namespace dengji
