// What lists of the desk show, as JSON (docs/DESK.md).
#pragma once
#include "daemon/desk/desk.hpp"
#include "daemon/report_json.hpp"

namespace dengji {

Json time_json(Seconds);  // null for none
Json ruling_json(const std::optional<Ruling>&);
Json item_json(const QueueItem&, DeskParts&, const Asked&);
Json items_json(const std::vector<QueueItem>&, DeskParts&, const Asked&);
Json letter_json(const SentLetter&);
Json entry_json(const TrailEntry&);

}  // namespace dengji
