#include "daemon/limit_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace dengji {
namespace {

struct Row {
  std::string_view detail;  // stands somewhere in the reason
  const char* words;
};

// The reasons of parsers/, ocr/ and daemon/reader, each limit once (parsers/limits.hpp).
constexpr std::array rows = {
    Row{"over 50 MiB", "邮件超过50MB"},
    Row{"a header field over 100 KiB", "邮件头有一项超过100KB"},
    Row{"a header block over 1 MiB", "邮件头超过1MB"},
    Row{"over 1,000 header fields", "邮件头超过1000项"},
    Row{"parts nested over 20 levels", "邮件结构嵌套超过20层"},
    Row{"over 200 parts", "邮件的组成部分超过200个"},
    Row{"over 30 attachments", "附件超过30个，其余的没有读取"},
    Row{"over 100 addresses", "收件人超过100个，其余的没有读取"},
    Row{"over 200 members", "压缩包内的文件超过200个"},
    Row{"inflates beyond the limit", "压缩包解开后超过100MB，或压缩比异常"},
    Row{"no memory for an archive", "压缩包解开所需的内存过多"},
    Row{"containers nested over 2", "压缩包嵌套超过2层"},
    Row{"zip member", "文件内部的数据解开后过大或过多"},
    Row{"nested too deep", "文件内部嵌套超过256层"},
    Row{"too many names", "文件内部的名称过多"},
    Row{"too many namespaces", "文件内部的名称过多"},
    Row{"too many attributes", "文件内部的属性过多"},
    Row{"over the limits of text or cells", "文档的文字超过4MB，或单元格超过20000个"},
    Row{"limit of text boxes", "文档中的文本框超过2000个"},
    Row{"too many pages", "PDF超过20页"},
    Row{" pages", "图片或PDF超过20页"},
    Row{"PDF page too large", "PDF页面的边长超过2000点（约70厘米）"},
    Row{"more than two thousand points", "PDF页面的边长超过2000点（约70厘米）"},
    Row{"PDF", "PDF页面的内容过于复杂"},
    Row{"a picture of", "图片的像素过多，请缩小后重新发送"},
    Row{"too many pixels", "图片的像素过多，请缩小后重新发送"},
    Row{"too many ", "表格文件的工作表、样式或文字过多"},
    Row{"the reading child died", "读取时内存或处理时间用尽，或程序出错"},
    Row{"reading took too long", "读取所需的时间或结果的数量超过限度"},
};

}  // namespace

std::string limit_words(const Unreadable& reason) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& candidate) {
    return reason.detail.find(candidate.detail) != std::string::npos;
  });
  if (row != rows.end()) return row->words;
  return reason.why == Why::over_limit ? "文件过大或结构过于复杂" : "内容已损坏";
}

}  // namespace dengji
