// The people of an office, as its head keeps them; the city's of all.
#include "daemon/desk/desk.hpp"

namespace dengji {

namespace {

bool manages(const StaffMember& who, const StaffMember& other) {
  if (who.role == StaffRole::city) return true;
  return other.office == who.office && !other.all_offices();
}

Json member_json(const StaffMember& member) {
  return {
      {"name", member.name},     {"display", member.display},   {"role", to_string(member.role)},
      {"office", member.office}, {"disabled", member.disabled}, {"totp", member.one_time_code}};
}

WebResponse users(DeskParts& parts, const Asked& asked) {
  Json json{{"users", Json::array()}};
  for (const auto& member : parts.staff.all())
    if (manages(asked.who(), member)) json["users"].push_back(member_json(member));
  return json_response(json);
}

void refuse_weak(const std::string& password) {
  if (const auto weakness = weakness_of(password); !weakness.empty())
    throw WebError(400, "weak", weakness + "。");
}

WebResponse add(DeskParts& parts, const Asked& asked) {
  const auto body = body_of(asked.request);
  const auto role = staff_role_from(text_of(body, "role"));
  if (!role) throw WebError(400, "bad-request", "请选择角色。");
  StaffMember member{text_of(body, "name", 32),
                     text_of(body, "display", 60),
                     *role,
                     text_of(body, "office", 100),
                     false,
                     false};
  if (member.all_offices()) member.office.clear();
  if (!member.all_offices() && parts.config.office(member.office) == nullptr)
    throw WebError(400, "bad-request", "请选择网信办。");
  if (!manages(asked.who(), member)) throw WebError(403, "forbidden", "您没有这项权限。");
  const auto password = text_of(body, "password", 400);
  refuse_weak(password);
  if (!is_staff_name(member.name))
    throw WebError(400, "bad-request", "用户名为2至32个小写字母、数字、点、横线或下划线。");
  if (!parts.staff.add(member, password, asked.who().name, asked.now))
    throw WebError(409, "conflict", "已有这个用户名。");
  return json_response({{"name", member.name}}, 201);
}

WebResponse change(DeskParts& parts, const Asked& asked) {
  const auto member = parts.staff.find(asked.words[0]);
  if (!member || !manages(asked.who(), *member)) not_found();
  const auto body = body_of(asked.request);
  if (const auto disabled = body.find("disabled"); disabled != body.end()) {
    if (!disabled->is_boolean()) throw WebError(400, "bad-request", "disabled应为是或否。");
    if (member->name == asked.who().name) throw WebError(400, "bad-request", "不能停用自己。");
    parts.staff.set_disabled(member->name, *disabled, asked.who().name, asked.now);
  }
  if (body.contains("password")) {
    const auto password = text_of(body, "password", 400);
    refuse_weak(password);
    parts.staff.set_password(member->name, password, asked.who().name, asked.now);
  }
  return nothing_more();
}

}  // namespace

std::vector<Route> user_routes() {
  return {{"GET", "/api/users", Needs::manage, users},
          {"POST", "/api/users", Needs::manage, add},
          {"POST", "/api/users/:", Needs::manage, change}};
}

}  // namespace dengji
