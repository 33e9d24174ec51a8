// What waits, what changed, and the search over all that was ever sent.
#include "daemon/desk/item_json.hpp"

namespace dengji {

namespace {

constexpr std::int64_t page_size = 50;

QueueFilter filter_of(const Asked& asked) {
  const auto& request = asked.request;
  QueueFilter filter;
  filter.office = bound_office(asked, request.asked("office"));
  filter.form = request.asked("form");
  filter.code = request.asked("code");
  filter.decision = request.asked("decision");
  filter.text = request.asked("text").substr(0, 200);
  if (!request.asked("after").empty()) filter.after = id_of(request.asked("after"), 'S');
  filter.limit = page_size + 1;  // one more tells whether there are more
  return filter;
}

Json page_json(std::vector<QueueItem> items, DeskParts& parts, const Asked& asked) {
  const bool more = items.size() > page_size;
  if (more) items.pop_back();
  return {{"items", items_json(items, parts, asked)}, {"more", more}};
}

// Of the offices that the person sees.
std::vector<std::pair<std::string, std::int64_t>> held_counts(DeskParts& parts,
                                                              const Asked& asked) {
  auto counts = parts.queue.held_by_office();
  std::erase_if(counts, [&](const auto& count) { return !may_see(asked.who(), count.first); });
  return counts;
}

std::int64_t sum(const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  std::int64_t all = 0;
  for (const auto& [office, held] : counts) all += held;
  return all;
}

WebResponse changes(DeskParts& parts, const Asked& asked) {
  const auto viewing = asked.request.asked("viewing");
  const Id submission = viewing.empty() ? 0 : id_of(viewing, 'S');
  parts.viewers.looks(asked.who().name, submission, asked.now);
  Json viewers = Json::array();
  if (submission != 0) viewers = parts.viewers.others(submission, asked.who().name, asked.now);
  return json_response({{"mark", parts.queue.mark()},
                        {"held", sum(held_counts(parts, asked))},
                        {"viewers", viewers}});
}

WebResponse queue(DeskParts& parts, const Asked& asked) {
  auto json = page_json(parts.queue.held(filter_of(asked)), parts, asked);
  const auto counts = held_counts(parts, asked);
  json["held"] = sum(counts);
  json["mark"] = parts.queue.mark();
  json["by_office"] = Json::array();
  for (const auto& [office, held] : counts)
    json["by_office"].push_back(
        {{"office", office}, {"name", office_name(parts.config, office)}, {"held", held}});
  return json_response(json);
}

WebResponse search(DeskParts& parts, const Asked& asked) {
  return json_response(page_json(parts.queue.search(filter_of(asked)), parts, asked));
}

}  // namespace

std::vector<Route> queue_routes() {
  return {{"GET", "/api/changes", Needs::session, changes},
          {"GET", "/api/queue", Needs::session, queue},
          {"GET", "/api/search", Needs::session, search}};
}

}  // namespace dengji
