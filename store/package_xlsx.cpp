// write_xlsx_package() of package.hpp, by libxlsxwriter: constant_memory keeps one row of each
// sheet and writes texts where they stand, so rows go down each sheet in order.
#include <xlsxwriter.h>

#include <array>
#include <memory>
#include <utility>

#include "parsers/text.hpp"
#include "store/database.hpp"
#include "store/file.hpp"
#include "store/package.hpp"
#include "store/time.hpp"

namespace dengji {

namespace {

namespace fs = std::filesystem;

// Excel takes 32,767 UTF-16 units a cell and 1,048,576 rows a sheet.
constexpr std::size_t cell_characters = 16'000;
constexpr std::size_t sheet_rows = 1'048'576;

void demand(lxw_error error) {
  if (error != LXW_NO_ERROR)
    throw StoreError(std::string("package: ") + lxw_strerror(error), false);
}

// What XML 1.0 can hold of it; what is too long for a cell ends in "…".
std::string cell_text(const std::string& text) {
  std::u32string points;
  for (const char32_t c : code_points(text)) {
    const bool control = c < 0x20 && c != '\t' && c != '\n';
    points += control || c == 0xFFFE || c == 0xFFFF ? U'\uFFFD' : c;
  }
  if (points.size() > cell_characters) points = points.substr(0, cell_characters) + U'…';
  return from_code_points(points);
}

class Sheet {
 public:
  Sheet(lxw_workbook* book, const std::string& name, lxw_format* head)
      : sheet_(workbook_add_worksheet(book, name.c_str())), head_(head) {
    if (sheet_ == nullptr) throw StoreError("package: no sheet can be named " + name, false);
  }
  void heads(const std::vector<std::string>& names) {
    worksheet_freeze_panes(sheet_, 1, 0);
    worksheet_set_column(sheet_, 0, static_cast<lxw_col_t>(names.size() - 1), 18, nullptr);
    row(names, head_);
  }
  void row(const std::vector<std::string>& cells, lxw_format* format = nullptr) {
    lxw_col_t column = 0;
    for (const auto& cell : cells) {
      const std::string text = cell_text(cell);
      if (!text.empty())
        demand(worksheet_write_string(sheet_, next(), column, text.c_str(), format));
      ++column;
    }
    ++row_;
  }
  void row(const std::string& name, const std::vector<std::int64_t>& counts) {
    demand(worksheet_write_string(sheet_, next(), 0, cell_text(name).c_str(), nullptr));
    lxw_col_t column = 0;
    for (const auto count : counts)
      demand(worksheet_write_number(sheet_, next(), ++column, static_cast<double>(count), nullptr));
    ++row_;
  }
  void gap() { ++row_; }
  lxw_format* head() const { return head_; }

 private:
  lxw_row_t next() const {
    if (row_ >= sheet_rows)
      throw StoreError("package: more records than a sheet has rows; export a shorter period",
                       false);
    return static_cast<lxw_row_t>(row_);
  }

  lxw_worksheet* sheet_;
  lxw_format* head_;
  std::size_t row_ = 0;
};

std::vector<std::string> heads_of(const PackageLabels::Form& form) {
  std::vector<std::string> heads = {"登记编号", "版本",         "状态",         "登记机构",
                                    "平台名称", "账号",         "登记主体",     "主体类别",
                                    "证件种类", "主体证件号码", "首次登记时间", "更新时间"};
  for (const auto& [key, label] : form.fields) heads.push_back(label);
  heads.emplace_back("其他内容");
  return heads;
}

std::string office_label(const PackageLabels& labels, const std::string& id) {
  const auto found = labels.offices.find(id);
  return found == labels.offices.end() ? id : found->second;
}

std::vector<std::string> cells_of(const PackageRecord& record, const PackageLabels::Form& form,
                                  const PackageLabels& labels) {
  const PackageVersion& now = record.newest();
  std::vector<std::string> cells = {record.number,
                                    std::to_string(now.version),
                                    status_label(now.status),
                                    office_label(labels, record.office),
                                    now.platform,
                                    now.account_id,
                                    now.registrant_name,
                                    class_label(now.registrant_class),
                                    id_type_label(now.id_type),
                                    now.id_number,
                                    rfc3339(record.versions.front().at),
                                    rfc3339(now.at)};
  auto fields = fields_of(now.fields_json);
  for (const auto& [key, label] : form.fields) {
    cells.push_back(fields[key]);
    fields.erase(key);
  }
  std::string others;  // of a form as it was before its labels changed
  for (const auto& [key, value] : fields) others += key + "：" + value + "\n";
  cells.push_back(others);
  return cells;
}

// A table whose last row is the sum of those above, and whose last column that of those before.
class SumTable {
 public:
  SumTable(Sheet& sheet, std::vector<std::string> heads) : sheet_(sheet), sums_(heads.size() - 1) {
    heads.emplace_back("合计");
    sheet_.row(heads, sheet_.head());
  }
  void add(const std::string& name, std::vector<std::int64_t> counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) sums_[i] += counts[i];
    sheet_.row(name, with_sum(std::move(counts)));
  }
  void end() {
    sheet_.row("合计", with_sum(sums_));
    sheet_.gap();
  }

 private:
  static std::vector<std::int64_t> with_sum(std::vector<std::int64_t> counts) {
    std::int64_t sum = 0;
    for (const auto count : counts) sum += count;
    counts.push_back(sum);
    return counts;
  }

  Sheet& sheet_;
  std::vector<std::int64_t> sums_;
};

template <class Counts, class Key>
std::int64_t count_in(const Counts& counts, const Key& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

void write_tables(Sheet& sheet, const PackageTotals& totals, const PackageLabels& labels) {
  constexpr std::array statuses = {RecordStatus::active, RecordStatus::suspended,
                                   RecordStatus::cancelled};
  std::vector<std::string> status_heads = {"平台类别"}, form_heads = {"登记机构"};
  for (const auto status : statuses) status_heads.push_back(status_label(status));
  SumTable by_form(sheet, status_heads);
  for (const auto& form : labels.forms) {
    form_heads.push_back(form.title);
    const auto found = totals.forms.find(form.form);
    std::vector<std::int64_t> counts;
    for (const auto status : statuses)
      counts.push_back(found == totals.forms.end() ? 0 : count_in(found->second, status));
    by_form.add(form.title, counts);
  }
  by_form.end();
  SumTable by_office(sheet, form_heads);
  for (const auto& [office, forms] : totals.offices) {
    std::vector<std::int64_t> counts;
    for (const auto& form : labels.forms) counts.push_back(count_in(forms, form.form));
    by_office.add(office_label(labels, office), counts);
  }
  by_office.end();
  SumTable by_class(sheet, {"主体类别", "登记数"});
  for (const auto& [word, count] : totals.classes) by_class.add(class_label(word), {count});
  by_class.end();
}

void write_summary(Sheet& sheet, const Database& database, const PackageFilter& filter,
                   const PackageLabels& labels, const PackageTotals& totals, Seconds made) {
  const auto day = [](const std::string& given, const char* open) {
    return given.empty() ? open : given;
  };
  sheet.row({"互联网平台登记报送表"}, sheet.head());
  sheet.row({"报送单位", filter.office.empty() ? "全部" : office_label(labels, filter.office)});
  sheet.row({"起止日期", day(filter.from, "开始") + " 至 " + day(filter.to, "制表时")});
  sheet.row({"制表时间", rfc3339(made)});
  sheet.row({"登记库标识", register_id(database)});
  sheet.gap();
  write_tables(sheet, totals, labels);
}

// Closed into its file, or freed without one.
struct Free {
  void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
};
using Book = std::unique_ptr<lxw_workbook, Free>;

PackageTotals write_book(Database& database, const PackageFilter& filter,
                         const PackageLabels& labels, Seconds made, const fs::path& file) {
  std::string folder = fs::absolute(file).parent_path().string();
  lxw_workbook_options options{LXW_TRUE, folder.data(), LXW_TRUE};
  Book book(workbook_new_opt(file.c_str(), &options));
  if (!book) throw StoreError("package: " + folder + " takes no temporary file", true);
  lxw_format* head = workbook_add_format(book.get());
  format_set_bold(head);
  Sheet summary(book.get(), "汇总", head);
  worksheet_set_column(workbook_get_worksheet_by_name(book.get(), "汇总"), 0, 0, 32, nullptr);
  std::map<std::string, std::pair<const PackageLabels::Form*, Sheet>> sheets;
  for (const auto& form : labels.forms) {
    auto& [of, sheet] =
        sheets.emplace(form.form, std::pair(&form, Sheet(book.get(), form.title, head)))
            .first->second;
    sheet.heads(heads_of(form));
  }
  PackageTotals totals;
  each_package_record(database, filter, [&](const PackageRecord& record) {
    const auto found = sheets.find(record.form);
    if (found == sheets.end())
      throw StoreError("package: no sheet for " + record.number + " of form " + record.form, false);
    auto& [form, sheet] = found->second;
    sheet.row(cells_of(record, *form, labels));
    totals.add(record);
  });
  write_summary(summary, database, filter, labels, totals, made);
  demand(workbook_close(book.release()));
  return totals;
}

}  // namespace

PackageTotals write_xlsx_package(Database& database, const PackageFilter& filter,
                                 const PackageLabels& labels, Seconds made, const fs::path& file) {
  const fs::path partial = file.string() + ".partial";
  make_private_file(partial);
  try {
    const auto totals = write_book(database, filter, labels, made, partial);
    fs::rename(partial, file);
    return totals;
  } catch (...) {
    std::error_code ignored;  // what went wrong is told already
    fs::remove(partial, ignored);
    throw;
  }
}

}  // namespace dengji
