#include "tests/support/cases.hpp"

#include <algorithm>

namespace dengji::test {
namespace {

Field typed(const std::string& value) { return {value, value, {}, true}; }

PageFacts readable_page(PageKind kind) {
  PageFacts page;
  page.kind = kind;
  page.kind_confidence = 0.95;
  page.agreement.resize(1);
  page.agreement[0].score = 1;
  return page;
}

Seal good_seal() {
  Seal seal;
  seal.confidence = 0.98;
  seal.name = SealName::matches;
  seal.text = "邵阳市双清区青禾网络科技有限公司";
  return seal;
}

FileFacts file(const std::string& name, const std::string& type) {
  FileFacts facts;
  facts.name = name;
  facts.type = type;
  facts.bytes = 1000;
  return facts;
}

Reading reading_of(const std::string& platform, FormKind kind, const std::string& name_key) {
  Reading r;
  r.message.message_id = "<1@mail.example>";
  r.message.from = "chen@mail.example";
  r.message.subject = platform;
  r.message.recipients = {"shuangqing@wxb.example"};
  r.files = {file(platform + ".doc", "doc"), file(platform + ".jpg", "jpeg"),
             file("证件.jpg", "jpeg"), file("承诺书.jpg", "jpeg")};
  r.files[scan_file].pages = {readable_page(PageKind::form)};
  r.files[certificate_file].pages = {readable_page(PageKind::certificate)};
  r.files[commitment_file].pages = {readable_page(PageKind::commitment)};
  Submission s;
  s.platform = platform;
  s.form_state = FormState::read;
  s.form.emplace();
  s.form->kind = kind;
  s.form->name_key = name_key;
  s.form->fields[name_key] = typed(platform);
  s.form_attachment = 0;
  s.parts = {{0, Role::form, {}, false, false},
             {1, Role::scan, {}, false, false},
             {2, Role::certificate, {}, false, false},
             {3, Role::commitment, {}, false, false}};
  r.submissions = {s};
  auto& scan = r.files[scan_file].pages[0].agreement[0];
  scan.platform = scan.registrant = scan.form = true;
  r.files[certificate_file].pages[0].agreement[0].id_number = true;
  return r;
}

void fill(Reading& r, const std::vector<std::pair<const char*, const char*>>& values) {
  for (const auto& [key, value] : values) r.submissions[0].form->fields[key] = typed(value);
}

}  // namespace

const Config& shipped_config() {
  static const Config config = load_config(std::string(SOURCE_DIR) + "/etc/dengji.toml");
  return config;
}

Reading right_website() {
  auto r = reading_of("双清风物", FormKind::website, "site_name");
  fill(r, {{"action", "首次登记"},
           {"site_url", "www.qinghe.example"},
           {"site_type", "商业类"},
           {"org_name", "邵阳市双清区青禾网络科技有限公司"},
           {"org_nature", "企业"},
           {"id_type", "营业执照"},
           {"id_number", "91430502MA4TE5T0XE"},
           {"org_address", "湖南省邵阳市双清区东风路8号"},
           {"legal_name", "陈小禾"},
           {"legal_id", "43052119700619846X"},
           {"legal_phone", "0739-5550100"},
           {"manager_name", "陈小禾"},
           {"manager_id", "43052119700619846X"},
           {"manager_mobile", "13800001234"},
           {"manager_email", "chen@qinghe.example"},
           {"server_place", "湖南省邵阳市"},
           {"opened_on", "2017-05-01"},
           {"filled_on", "2018-08-18"}});
  r.files[scan_file].pages[0].seals = {good_seal()};
  r.files[commitment_file].pages[0].seals = {good_seal()};
  r.files[certificate_file].pages[0].certificate = CertificateKind::business_licence;
  return r;
}

Reading right_account_of_a_person() {
  auto r = reading_of("双清小灶", FormKind::account, "account_name");
  fill(r, {{"action", "首次登记"},
           {"platform_type", "微信公众号"},
           {"account_id", "gh_example1"},
           {"account_class", "个人"},
           {"org_name", "陈小禾"},
           {"id_type", "居民身份证"},
           {"id_number", "43052119700619846X"},
           {"org_address", "湖南省邵阳市双清区东风路8号"},
           {"manager_name", "陈小禾"},
           {"manager_id", "43052119700619846X"},
           {"manager_mobile", "13800001234"},
           {"manager_email", "chen@mail.example"},
           {"opened_on", "2017-05-01"},
           {"filled_on", "2018-08-18"}});
  r.files[scan_file].pages[0].signature = true;
  r.files[commitment_file].pages[0].signature = true;
  r.files[certificate_file].pages[0].certificate = CertificateKind::id_card;
  return r;
}

PageFacts& page(Reading& r, File file) { return r.files[file].pages.at(0); }
Field& field(Reading& r, const std::string& key) { return r.submissions[0].form->fields.at(key); }
void drop_field(Reading& r, const std::string& key) { r.submissions[0].form->fields.erase(key); }

void drop_file(Reading& r, File file) {
  std::erase_if(r.submissions[0].parts, [&](const Part& part) { return part.attachment == file; });
}

}  // namespace dengji::test
