// Rules about the electronic form: that it is there, what its fields say, its numbers, its file's
// name.
#include "daemon/field_check.hpp"
#include "daemon/limit_words.hpp"
#include "daemon/rules.hpp"

namespace dengji {
namespace {

std::string form_file(const Case& c) {
  return c.submission.form_attachment ? c.reading.files[*c.submission.form_attachment].name : "";
}

std::string why_unreadable(const Unreadable& problem) {
  switch (problem.why) {
    case Why::encrypted:
      return "文件设有密码，无法打开，请取消密码后重新发送";
    case Why::empty:
      return "文件是空的，或是编辑时留下的临时文件，请发送填好的登记表";
    case Why::unsupported:
      return "这种文件格式无法读取，请另存为.doc或.docx后重新发送";
    case Why::over_limit:
      return limit_words(problem) + "，请另存为.doc或.docx后重新发送";
    case Why::damaged:
      break;
  }
  return "文件已损坏或与其扩展名不符，请重新保存为.doc或.docx后发送";
}

// Fields that the form's own paper asks of everybody, but which follow from others when left blank.
bool follows_from_others(const Case& c, const FieldSpec& spec) {
  return spec.key == "id_type" && !c.submission.form->value("id_number").empty();
}

bool is_number(FieldType type) { return type == FieldType::id || type == FieldType::citizen; }

}  // namespace

void form_is_there(const Case& c, Findings& findings) {
  switch (c.submission.form_state) {
    case FormState::read:
      return;
    case FormState::missing:
      if (!excused(c, Role::form))
        findings.add("form.missing", {}, "邮件中没有这个平台的电子登记表（.doc或.docx）");
      return;
    case FormState::unknown:
      findings.add("form.unknown", {form_file(c), 0, ""},
                   "文件不是网站、帐号（客户端）、论坛三种登记表中的任何一种");
      return;
    case FormState::unreadable: {
      const auto problem = c.submission.form_problem.value_or(Unreadable{Why::damaged, ""});
      const auto code = problem.why == Why::over_limit ? "attachment.hostile" : "form.unreadable";
      findings.add(code, {form_file(c), 0, ""}, why_unreadable(problem));
      return;
    }
  }
}

void fields_are_right(const Case& c, Findings& findings) {
  if (!c.submission.form) return;
  for (const auto& spec : c.spec()->fields) {
    if (spec.type == FieldType::seal || spec.type == FieldType::office) continue;
    const auto field = c.submission.form->fields.find(spec.key);
    const Findings::Where where{form_file(c), 0, spec.key};
    if (field == c.submission.form->fields.end()) {
      if (spec.mandatory && !follows_from_others(c, spec))
        findings.add("field.missing", where, "“" + spec.label + "”一栏没有填写");
    } else if (const auto fault = field_fault(spec, field->second, c.today)) {
      findings.add("field.invalid", where,
                   "“" + spec.label + "”填写的是“" + field->second.typed + "”：" + *fault);
    }
  }
}

void numbers_check(const Case& c, Findings& findings) {
  if (!c.submission.form) return;
  for (const auto& spec : c.spec()->fields) {
    const auto typed = c.submission.form->value(spec.key);
    if (!is_number(spec.type) || typed.empty()) continue;
    const bool person = spec.type == FieldType::citizen || c.individual();
    const auto type =
        spec.key == "id_number" && c.registrant ? c.registrant->id_type : std::nullopt;
    if (const auto fault = id_fault(typed, type, person))
      findings.add("id.checksum", {form_file(c), 0, spec.key}, "“" + spec.label + "”" + *fault);
  }
}

void names_are_clear(const Case& c, Findings& findings) {
  if (c.submission.form_state == FormState::read && !c.submission.name_matches) {
    findings.add("name.mismatch", {form_file(c), 0, ""},
                 "登记表的文件名应为平台名称“" + c.submission.platform + "”");
  }
  for (const auto& part : c.submission.parts) {
    if (!part.ambiguous) continue;
    findings.add("name.ambiguous", in(c.reading.files[part.attachment]),
                 "看不出这个附件属于哪个平台，请以平台名称命名");
  }
}

}  // namespace dengji
