// Signing in and out, and what the page needs to know about the person and the words.
#include "daemon/desk/desk.hpp"

namespace dengji {

namespace {

constexpr const char* cookie_name = "dengji_session";

std::string cookie(const std::string& token, bool secure, bool ends) {
  return std::string(cookie_name) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" +
         (secure ? "; Secure" : "") + (ends ? "; Max-Age=0" : "");
}

Json words_json(const Config& config) {
  Json words = Json::object();
  for (const auto& [key, word] : config.letters.words) {
    const auto dot = key.find('.');
    words[key.substr(0, dot)][key.substr(dot + 1)] = word;
  }
  words["finding"] = config.letters.titles;
  return words;
}

// What colleagues are called; of another office nobody is named.
Json people_json(DeskParts& parts, const StaffMember& who) {
  Json people = Json::object();
  for (const auto& member : parts.staff.all())
    if (member.all_offices() || may_see(who, member.office)) people[member.name] = member.display;
  return people;
}

Json session_json(DeskParts& parts, const StaffSession& session) {
  const auto& who = session.member;
  Json json{
      {"user",
       {{"name", who.name},
        {"display", who.display},
        {"role", to_string(who.role)},
        {"office", who.office}}},
      {"csrf", session.csrf},
      {"city", parts.config.city_name},
      {"offices", Json::array()},
      {"can",
       {{"decide", who.decides()},
        {"export", who.exports()},
        {"users", who.manages()},
        {"all_offices", who.all_offices()}}},
      {"campaign", {{"start", parts.config.campaign.start}, {"end", parts.config.campaign.end}}},
      {"undo_seconds", parts.config.desk.undo_seconds},
      {"words", words_json(parts.config)}};
  json["words"]["person"] = people_json(parts, who);
  // All of them: a submission is forwarded to an office that its clerk does not see.
  for (const auto& office : parts.config.offices)
    json["offices"].push_back(
        {{"id", office.id}, {"name", office.name}, {"mine", may_see(who, office.id)}});
  return json;
}

WebResponse show_session(DeskParts& parts, const Asked& asked) {
  return json_response(session_json(parts, asked.session));
}

WebResponse sign_in(DeskParts& parts, const Asked& asked) {
  const auto body = body_of(asked.request);
  const auto signed_in =
      parts.staff.sign_in(text_of(body, "name", 100), text_of(body, "password", 400),
                          text_of(body, "code", 20), asked.now);
  switch (signed_in.result) {
    case Staff::SignIn::wrong:
      throw WebError(401, "wrong", "用户名、密码或动态码不对。");
    case Staff::SignIn::code_needed:
      throw WebError(401, "code-needed", "请输入动态码。");
    case Staff::SignIn::locked:
      throw WebError(429, "locked", "输错次数太多，请一刻钟后再试。");
    case Staff::SignIn::in:
      break;
  }
  auto response =
      json_response(session_json(parts, *parts.staff.session(signed_in.token, asked.now)));
  response.headers.emplace_back("Set-Cookie",
                                cookie(signed_in.token, parts.config.desk.secure(), false));
  return response;
}

WebResponse sign_out(DeskParts& parts, const Asked& asked) {
  parts.staff.sign_out(asked.request.cookie(cookie_name));
  auto response = nothing_more();
  response.headers.emplace_back("Set-Cookie", cookie("", parts.config.desk.secure(), true));
  return response;
}

WebResponse change_password(DeskParts& parts, const Asked& asked) {
  const auto body = body_of(asked.request);
  const auto fresh = text_of(body, "new", 400);
  if (!parts.staff.right_password(asked.who().name, text_of(body, "old", 400)))
    throw WebError(400, "wrong", "原密码不对。");
  if (const auto weakness = weakness_of(fresh); !weakness.empty())
    throw WebError(400, "weak", weakness + "。");
  parts.staff.set_password(asked.who().name, fresh, asked.who().name, asked.now);
  return nothing_more();
}

}  // namespace

std::vector<Route> session_routes() {
  return {{"GET", "/api/session", Needs::session, show_session},
          {"POST", "/api/session", Needs::nothing, sign_in},
          {"DELETE", "/api/session", Needs::session, sign_out},
          {"POST", "/api/session/password", Needs::session, change_password}};
}

}  // namespace dengji
