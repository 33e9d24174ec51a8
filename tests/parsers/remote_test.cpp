#include "parsers/remote.hpp"

#include <gtest/gtest.h>

#include <ctime>

#include "parsers/message.hpp"

namespace dengji {

using Names = std::vector<std::string>;

TEST(ReadHtml, ShowsItAsText) {
  EXPECT_EQ(read_html("<html><head><title>t</title><style>b{}</style></head><body>"
                      "<div>您好&nbsp;&lt;a&gt;&#30331;&#x8BB0;</div><p>1 < 2</p>b<br/>c"
                      "<!-- no --></body></html>")
                .text,
            "您好 <a>登记\n1 < 2\nb\nc");
}

TEST(Remote, FindsTheNamesOfSuperLargeAttachments) {
  const std::string qq =
      "<div><b>从QQ邮箱发来的超大附件</b><div>双清 材料(1).rar (36.3M, 2018年10月15日 16:20 "
      "到期)<br>"
      "<a href=\"http://mail.qq.com/cgi-bin/ftnExs_download?k=1&amp;t=2\">进入下载页面</a></div>"
      "<div><a href='https://wx.mail.qq.com/ftn/download?k=3'><img src=x></a>"
      "<a href='https://wx.mail.qq.com/ftn/download?k=3'>盖章扫描件.pdf</a></div></div>";
  EXPECT_EQ(remote_names(read_html(qq)), (Names{"双清 材料(1).rar", "盖章扫描件.pdf"}));
  const std::string netease =
      "<a href=\"https://mail.163.com/large-attachment-download/index.html?p=1\">下载</a>";
  EXPECT_EQ(remote_names(read_html(netease)),
            Names{"https://mail.163.com/large-attachment-download/index.html?p=1"});
  EXPECT_EQ(
      remote_names(read_html("<a href=\"http://www.site.example/登记表.doc\">登记表.doc</a>")),
      Names{});
}

TEST(Remote, KnowsTheProviders) {
  for (const char* url :
       {"http://mail.qq.com/cgi-bin/ftnExs_download?k=1&t=exs_ftn_download&code=2",
        "https://exmail.qq.com/cgi-bin/ftnExs_download?k=1",
        "https://wx.mail.qq.com/ftn/download?func=3&key=1",
        "https://mail.163.com/large-attachment-download/index.html?file=1",
        "https://mail.126.com/large-attachment-download/index.html?p=1",
        "https://dashi.163.com/html/cloud-attachment-download/?key=1",
        "http://fs.163.com/fs/display/?p=1",
        "https://edisk.qiye.163.com/api/biz/attachment/download?identity=1",
        "https://download.cloud.189.cn/file/downloadFile.action?dt=1", "https://cloud.189.cn/t/abc",
        "https://mail.10086.cn/s?func=file&k=1", "https://pan.wo.cn/s/1A2B",
        "https://qiye.aliyun.com/alimail/openLinks/downloadMimeMetaDiskBigAttach?id=1",
        "https://mail.sina.com.cn/filecenter/download.php?id=1",
        "https://mail.office.example/coremail/common/nfFile.jsp?share_link=1",
        "https://www.icloud.com/attachment/?u=1&f=a.zip"}) {
    const std::string link = url;
    EXPECT_EQ(remote_names(read_plain("材料见 " + link + " 谢谢")), Names{link});
    EXPECT_EQ(remote_names(read_html("<p>登记 材料.rar</p><a href=\"" + link + "\">下载</a>")),
              Names{"登记 材料.rar"});
  }
  for (const char* url :
       {"https://mail.qq.com/", "https://mail.163.com/", "https://www.icloud.com/",
        "https://mail.wo.cn/", "https://office.example/download?f=a.doc"}) {
    EXPECT_EQ(remote_names(read_plain(url)), Names{}) << url;
  }
}

TEST(Remote, NamesEachOfSeveralFilesOfNetEase) {
  const std::string url = "https://mail.163.com/large-attachment-download/index.html?file=";
  const auto file = [&url](const std::string& key, const std::string& name) {
    return "<div><div style=\"float:left\"><a href=\"" + url + key +
           "\"></a></div><div><a href=\"" + url + key + "\">" + name +
           "</a><span> (80.96M, 2018年9月17日 0:49 到期)</span></div><div><a href=\"" + url + key +
           "\">下载</a></div></div>";
  };
  EXPECT_EQ(remote_names(read_html("<div><b>从网易163邮箱发来的超大附件</b></div>" +
                                   file("1", "登记表.zip") + file("2", "盖章扫描件.pdf"))),
            (Names{"登记表.zip", "盖章扫描件.pdf"}));
}

TEST(Remote, FindsLinksInPlainText) {
  EXPECT_EQ(remote_names(read_plain("189邮箱超大附件：\n文件名：登记材料.zip\n"
                                    "http://download.cloud.189.cn/v5/x?y=1\n")),
            Names{"登记材料.zip"});
  EXPECT_EQ(remote_names(read_plain("见 https://edisk.qiye.163.com/api/x 谢谢")),
            Names{"https://edisk.qiye.163.com/api/x"});
}

TEST(Remote, IsToldOnceByAMessage) {
  const std::string link = "http://fs.163.com/fs/display/?p=X";
  const auto message = parse_message(
      "From: a@b.example\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n材料.rar " +
      link + "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n材料.rar <a href=\"" + link +
      "\">下载</a>\r\n--b--\r\n");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->remote, Names{"材料.rar"});
  EXPECT_TRUE(message->attachments.empty());
}

TEST(Remote, StaysLinear) {
  std::string tags, dots;
  for (int i = 0; i < 300'000; ++i) {
    tags += "<a";
    dots += ".doc";
  }
  const std::clock_t start = std::clock();
  EXPECT_EQ(remote_names(read_html(tags)), Names{});
  EXPECT_EQ(remote_names(read_plain(std::string(1'000'000, 'x') + "://" + dots)), Names{});
  EXPECT_LT(std::clock() - start, 10 * CLOCKS_PER_SEC);
}

TEST(Message, TellsPicturesOfTheBodyFromAttachments) {
  const std::string png = "\x89PNG\r\n\x1A\n";
  const auto message = parse_message(
      "From: a@b.example\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/html\r\n\r\n<p>好<img src=\"cid:logo@x\"></p>\r\n"
      "--b\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <logo@x>\r\n\r\n" +
      png + "\r\n--b\r\nContent-Type: image/png; name=scan.png\r\nContent-ID: <scan@x>\r\n\r\n" +
      png + "\r\n--b--\r\n");
  ASSERT_TRUE(message);
  ASSERT_EQ(message->attachments.size(), 2u);
  EXPECT_TRUE(message->attachments[0].inline_image);
  EXPECT_FALSE(message->attachments[1].inline_image);
  EXPECT_EQ(message->attachments[1].content_id, "scan@x");
  EXPECT_EQ(message->text, "好\n");
}

}  // namespace dengji
