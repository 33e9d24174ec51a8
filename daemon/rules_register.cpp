// Rules about time, place and what the register already knows.
#include <algorithm>
#include <map>

#include "daemon/calendar.hpp"
#include "daemon/check_json.hpp"
#include "daemon/deadline.hpp"
#include "daemon/registering.hpp"
#include "daemon/rules.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

// Where an area's name first stands in the text; two-character names ("东区") only behind 市.
std::size_t area_at(std::string_view text, const std::string& area) {
  const bool is_short = code_points(area).size() <= 2;
  return text.find(is_short ? "市" + area : area);
}

const OfficeConfig* office_named_in(std::string_view text, const Config& config,
                                    const OfficeConfig& here) {
  const OfficeConfig* first = nullptr;
  auto best = std::string_view::npos;
  for (const auto& office : config.offices) {
    if (office.city) continue;
    for (const auto& area : office.areas) {
      const auto at = area_at(text, area);
      if (at == std::string_view::npos) continue;
      if (&office == &here)
        return &here;  // one place may lie in two offices' areas: the zone in a district
      if (at < best) {
        best = at;
        first = &office;
      }
    }
  }
  return first;
}

bool same_holder(const Known& known, const Registrant& registrant) {
  if (!known.id_number.empty() && known.id_number == registrant.id_number) return true;
  return fold_name(known.registrant_name) == fold_name(registrant.name);
}

// One holder may have accounts of one name on several platforms.
bool another_account(const Known& known, const Submission& submission) {
  const auto account = account_of(submission);
  return submission.form->action == Action::create && !account.empty() &&
         !known.account_id.empty() && fold_name(known.account_id) != fold_name(account);
}

const Known* find_known(const Case& c, bool same) {
  const auto hit = std::find_if(c.known.begin(), c.known.end(), [&](const Known& known) {
    return same_holder(known, *c.registrant) == same &&
           !(same && another_account(known, c.submission));
  });
  return hit == c.known.end() ? nullptr : &*hit;
}

}  // namespace

void in_time(const Case& c, Findings& findings) {
  if (!c.submission.form) return;
  const auto& form = *c.submission.form;
  const auto due = due_day(form.value(event_field(form.action)), c.config.campaign);
  if (due.empty() || c.today <= due) return;
  static const std::map<Action, const char*> events = {{Action::create, "开通"},
                                                       {Action::change, "变更"},
                                                       {Action::suspend, "停用"},
                                                       {Action::cancel, "注销"}};
  findings.add("deadline.late", {},
               std::string(events.at(form.action)) + "已超过" +
                   std::to_string(c.config.campaign.days) + "日才报送登记");
}

const OfficeConfig* home_office(const Case& c) {
  const auto place = [&](std::string_view text) -> const OfficeConfig* {
    return office_named_in(text, c.config, c.office);
  };
  if (c.registrant->klass == RegistrantClass::government) {
    const auto name = fold_width(c.registrant->name);
    if (const auto* office = place(name)) return office;
    if (name.find(c.config.city_name) != std::string::npos) {
      const auto city = std::find_if(c.config.offices.begin(), c.config.offices.end(),
                                     [](const auto& office) { return office.city; });
      if (city != c.config.offices.end()) return &*city;
    }
  }
  return place(fold_width(c.submission.form->value("org_address")));
}

void right_office(const Case& c, Findings& findings) {
  if (!c.registrant || !c.submission.form || c.office.city) return;
  const auto* home = home_office(c);
  if (home == nullptr || home == &c.office) return;
  findings.add("jurisdiction.other", {}, "按所在地应向" + home->name + "登记");
}

Step next_step(const Case& c) {
  if (!c.registrant) return {};
  const auto* own = find_known(c, true);
  if (c.submission.form->action != Action::create)
    return own ? Step{RecordChange::append, own} : Step{};
  if (own == nullptr)
    return {find_known(c, false) ? RecordChange::none : RecordChange::create, nullptr};
  const bool same =
      own->status == RecordStatus::active && same_content(own->fields_json, *c.submission.form);
  return {same ? RecordChange::repeat : RecordChange::append, own};
}

void register_agrees(const Case& c, Findings& findings) {
  if (!c.submission.form || !c.registrant) return;
  const auto step = next_step(c);
  if (step.change == RecordChange::repeat) {
    findings.add("duplicate.same", {}, "与已登记的内容相同，登记编号" + step.known->number);
  } else if (step.change == RecordChange::none) {
    const bool others = find_known(c, false) != nullptr;
    if (others) findings.add("duplicate.conflict", {}, "同名平台或同一帐号已由其他主体登记");
    if (c.submission.form->action != Action::create)
      findings.add("action.unknown_record", {},
                   "登记库中没有这个平台的登记，无法办理变更、停用或注销");
  }
}

}  // namespace dengji
