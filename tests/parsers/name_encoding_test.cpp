// One Chinese file name, however mail programs spell it, is one name: RFC 2231, RFC 2047 and what
// is sent against both.
#include <gtest/gtest.h>

#include <array>

#include "parsers/message.hpp"

namespace dengji {
namespace {

const std::string head = "From: a@sender.example\r\nTo: b@office.example\r\nSubject: x\r\n";

// The name of a message's one attachment, whose part has these header lines (each with its end).
std::string name_of(const std::string& part_header) {
  const auto message = parse_message(
      head + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\n" +
      part_header + "\r\nabc\r\n--b1--\r\n");
  if (!message || message->attachments.size() != 1) return "<no attachment>";
  return message->attachments[0].name;
}

const std::string disposition = "Content-Disposition: attachment;\r\n\t";
const std::string type = "Content-Type: application/msword;\r\n\t";
const std::string gbk = "\xB5\xC7\xBC\xC7\xB1\xED.doc";

class NameSpelling : public testing::TestWithParam<std::string> {};

TEST_P(NameSpelling, IsTheOneName) { EXPECT_EQ(name_of(GetParam()), "登记表.doc"); }

INSTANTIATE_TEST_SUITE_P(
    Raw, NameSpelling,
    testing::Values(disposition + "filename=\"登记表.doc\"\r\n",
                    disposition + "filename=登记表.doc\r\n",
                    disposition + "filename=\"" + gbk + "\"\r\n",
                    disposition + "filename=" + gbk + "\r\n", type + "name=\"" + gbk + "\"\r\n",
                    "Content-Type: application/msword name=登记表.doc\r\n",
                    disposition + "filename='登记表.doc'\r\n",
                    disposition + "filename=\"登记表.doc\r\n",  // a quote that never ends
                    disposition + "filename=\"%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\"\r\n"));

INSTANTIATE_TEST_SUITE_P(
    Paths, NameSpelling,
    testing::Values(disposition + "filename=\"C:\\My Documents\\登记表.doc\"\r\n",
                    disposition + "filename=\"C:\\\\My Documents\\\\登记表.doc\"\r\n",
                    type + "name=\"C:\\\xD7\xC0\xC3\xE6\\" + gbk + "\"\r\n",
                    type + "name=\"=?gb2312?B?Qzpc18DD5ly1x7zHse0uZG9j?=\"\r\n",
                    disposition +
                        "filename*=UTF-8''..%2F..%2F%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\r\n"));

INSTANTIATE_TEST_SUITE_P(
    EncodedWords, NameSpelling,
    testing::Values(
        disposition + "filename=\"=?UTF-8?B?55m76K6w6KGoLmRvYw==?=\"\r\n",
        disposition + "filename=\"=?UTF-8?B?55m76K6w6KGoLmRvYw?=\"\r\n",  // no padding
        disposition + "filename==?UTF-8?B?55m76K6w6KGoLmRvYw==?=\r\n",
        disposition + "filename=\"=?utf-8?Q?=E7=99=BB=E8=AE=B0=E8=A1=A8=2Edoc?=\"\r\n",
        disposition + "filename=\"=?gb2312?B?tce8x7HtLmRvYw==?=\"\r\n",
        disposition + "filename=\"=?GB18030?B?tce8x7HtLmRvYw==?=\"\r\n",
        disposition + "filename=\"=?GBK?Q?=B5=C7=BC=C7=B1=ED.doc?=\"\r\n",
        disposition + "filename=\"=?gb18030?B?tce8?=\r\n =?gb18030?B?x7HtLmRvYw==?=\"\r\n",
        disposition + "filename=\"=?UTF-8?B?55m?=\r\n =?UTF-8?B?76K6w6KGoLmRvYw==?=\"\r\n",
        disposition + "filename=\"=?UTF-8?B?55k=?=\r\n =?UTF-8?B?u+iusOihqC5kb2M=?=\"\r\n",
        disposition +
            "filename=\"=?gbk?Q?=B5?=\r\n\t=?gbk?Q?=C7=BC=C7=B1?= =?gbk?Q?=ED.doc?=\"\r\n",
        disposition + "filename=\"=?gb2312?B?tce8x7Ht?=.doc\"\r\n",
        type + "name=\"=?gb2312?B?tce8x7HtLmRvYw==?=\"\r\n",
        type + "name==?x-gbk?B?tce8x7HtLmRvYw==?=;\r\n\tsize=3\r\n",
        type + "name=\"=?iso-8859-1?B?tce8x7HtLmRvYw==?=\"\r\n",  // a charset that is a lie
        type + "name=\"=?gb2312?B?55m76K6w6KGoLmRvYw==?=\"\r\n",  // UTF-8, called gb2312
        type + "name=\"=?hz-gb-2312?Q?~{5G<G1m~}.doc?=\"\r\n"));

INSTANTIATE_TEST_SUITE_P(
    Parameters, NameSpelling,
    testing::Values(
        disposition + "filename*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\r\n",
        disposition + "filename*=gbk'zh-cn'%B5%C7%BC%C7%B1%ED.doc\r\n",
        disposition + "filename*=GB2312''%B5%C7%BC%C7%B1%ED%2Edoc\r\n",
        disposition + "filename*=\"utf-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\"\r\n",
        disposition + "filename*=''%B5%C7%BC%C7%B1%ED.doc\r\n",
        disposition + "filename*0*=UTF-8''%E7%99%BB%E8%AE%B0%E8;\r\n\tfilename*1*=%A1%A8.doc\r\n",
        disposition + "filename*1*=%A1%A8.doc;\r\n\tfilename*0*=UTF-8''%E7%99%BB%E8%AE%B0%E8\r\n",
        disposition + "filename*0*=UTF-8''%E7%99%BB%E8%AE%B0%E;\r\n\tfilename*1*=8%A1%A8.doc\r\n",
        disposition + "filename*0*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8;\r\n\tfilename*1=.doc\r\n",
        disposition +
            "filename*0*=gb18030''%B5;\r\n\tfilename*1*=%C7%BC%C7%B1;\r\n\tfilename*2*=%ED.doc\r\n",
        disposition + "filename*0=\"登记\";\r\n\tfilename*1=\"表.doc\"\r\n",
        disposition + "filename*0=\"=?UTF-8?B?55m76K6w\";\r\n\tfilename*1=\"6KGoLmRvYw==?=\"\r\n",
        type + "name*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\r\n",
        type + "name*0*=gbk''%B5%C7%BC;\r\n\tname*1*=%C7%B1%ED.doc\r\n"));

INSTANTIATE_TEST_SUITE_P(
    SaidTwice, NameSpelling,
    testing::Values(
        disposition + "filename=\"???.doc\"; filename*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\r\n",
        disposition + "filename*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc; filename=\"x.doc\"\r\n",
        type + "name=\"=?gb2312?B?tce8x7HtLmRvYw==?=\"\r\n" + disposition +
            "filename=\"???.doc\"\r\n",
        "Content-Type: text/plain; name=\"登记表.doc\"\r\nContent-Disposition: inline\r\n"));

// Big5 has no simplified characters: a name whose characters both write alike.
TEST(NameSpelling, OfBig5) {
  EXPECT_EQ(name_of(disposition + "filename=\"=?big5?B?pL2lcaRVuPykai5kb2M=?=\"\r\n"),
            "公司下載大.doc");
}

// ---- a long name, cut into pieces of every length by each of the ways to do so

const std::string long_name = "双清区民生服务热线·登记表 (盖章) 2018年8月.doc";
const std::string long_gbk =
    "\xCB\xAB\xC7\xE5\xC7\xF8\xC3\xF1\xC9\xFA\xB7\xFE\xCE\xF1\xC8\xC8\xCF\xDF\xA1\xA4\xB5\xC7\xBC"
    "\xC7"
    "\xB1\xED (\xB8\xC7\xD5\xC2) 2018\xC4\xEA"
    "8\xD4\xC2.doc";

std::string in_hex(char mark, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {mark, digits[byte >> 4], digits[byte & 15]};
}

std::string in_base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::array<unsigned, 3> three{};
    for (std::size_t i = 0; i < 3 && at + i < bytes.size(); ++i) {
      three[i] = static_cast<unsigned char>(bytes[at + i]);
    }
    const unsigned bits = three[0] << 16 | three[1] << 8 | three[2];
    out += {digits[bits >> 18], digits[bits >> 12 & 63],
            at + 1 < bytes.size() ? digits[bits >> 6 & 63] : '=',
            at + 2 < bytes.size() ? digits[bits & 63] : '='};
  }
  return out;
}

std::string encoded_words(const std::string& charset, std::string_view bytes, std::size_t cut,
                          bool q) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += cut) {
    std::string text;
    if (q) {
      for (const char c : bytes.substr(at, cut)) text += in_hex('=', c);
    } else {
      text = in_base64(bytes.substr(at, cut));
    }
    out += (out.empty() ? "=?" : "\r\n =?") + charset + (q ? "?Q?" : "?B?") + text + "?=";
  }
  return out;
}

std::string continuations(const std::string& charset, std::string_view bytes, std::size_t cut) {
  std::string coded = charset + "''", out;
  for (const char c : bytes) coded += in_hex('%', c);
  for (std::size_t at = 0, i = 0; at < coded.size(); at += cut, ++i) {
    out += ";\r\n\tfilename*" + std::to_string(i) + "*=" + coded.substr(at, cut);
  }
  return "Content-Disposition: attachment" + out + "\r\n";
}

TEST(NameSpelling, OfPiecesOfEveryLength) {
  for (const auto& [charset, bytes] : {std::pair{"UTF-8", long_name},
                                       {"gb2312", long_gbk},
                                       {"gbk", long_gbk},
                                       {"GB18030", long_gbk}}) {
    for (std::size_t cut = 1; cut <= bytes.size(); ++cut) {
      const std::string b = "filename=\"" + encoded_words(charset, bytes, cut, false) + "\"\r\n";
      const std::string q = "filename=\"" + encoded_words(charset, bytes, cut, true) + "\"\r\n";
      EXPECT_EQ(name_of(disposition + b), long_name) << charset << " B " << cut;
      EXPECT_EQ(name_of(disposition + q), long_name) << charset << " Q " << cut;
      if (cut < 12) continue;  // the charset stands whole in the first piece
      EXPECT_EQ(name_of(continuations(charset, bytes, cut)), long_name) << charset << " * " << cut;
    }
  }
}

}  // namespace
}  // namespace dengji
