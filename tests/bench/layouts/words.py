"""What officials print and registrants type: labels, options, values. Nothing here is read from etc/forms, so that a
word the product does not know can be met. All names, organisations and numbers are made up."""
import random

# Wordings of a label that stands alone; `UNSEEN` ones are used only where a held-out seed measures.
LABELS = {
    'website': {
        'action': ['登记类别', '登记类型', '办理类型', '申请类型', '业务类型', '登记事项'],
        'site_name': ['网站名称', '网站中文名称', '平台名称', '网站全称'],
        'site_url': ['网站网址（域名）', '网站域名', '域名', '网址', '网站网址', '首页网址', '网站首页URL', '网站首页网址', '域名列表'],
        'site_type': ['网站类型', '网站类别', '网站性质', '服务类型'],
        'org_name': ['主办单位名称', '主办单位', '主办者', '主办单位（个人）', '开办单位', '开办者', '网站主办者名称', '单位名称', '申请单位名称'],
        'org_nature': ['单位性质', '主办单位性质', '单位类型', '主体性质', '主体类型', '开办者类别'],
        'id_type': ['证件类型', '主办单位证件类型', '有效证件类型'],
        'id_number': ['证件号码', '统一社会信用代码', '主办单位有效证件号码', '主办单位证件号码', '组织机构代码', '营业执照号', '社会信用代码'],
        'org_address': ['单位地址', '通讯地址', '通信地址', '联系地址', '办公地址', '详细地址', '住所'],
        'legal_name': ['法定代表人姓名', '法定代表人', '法人代表', '企业法定代表人', '单位主要负责人', '单位负责人'],
        'legal_id': ['法定代表人身份证号码', '法定代表人身份证号', '法人身份证号码'],
        'legal_phone': ['法定代表人联系电话', '法定代表人电话', '法人联系电话'],
        'manager_name': ['网站负责人姓名', '网站负责人', '负责人', '平台负责人', '运营负责人', '总编辑', '责任人'],
        'manager_title': ['职务', '职位', '所任职务'],
        'manager_id': ['网站负责人身份证号码', '负责人身份证号', '负责人证件号码', '负责人有效证件号码'],
        'manager_mobile': ['手机号码', '手机', '手机号', '移动电话', '负责人手机', '联系方式', '联系电话'],
        'manager_email': ['电子邮箱', '邮箱', 'E-mail', 'email', '电子邮件'],
        'icp': ['ICP备案号（许可证号）', 'ICP备案号', '网站备案号', '备案号', '网站备案/许可证号', 'ICP备案/许可证号', '工信部备案号'],
        'police_no': ['公安机关备案号', '公安备案号', '联网备案号', '公网安备号'],
        'news_licence': ['互联网新闻信息服务许可证号', '新闻信息服务许可证'],
        'server_place': ['服务器所在地', '服务器放置地', '服务器放置地点', '服务器存放地点', '托管地', '服务器托管地'],
        'isp': ['接入服务商', '网络接入单位', '接入商', '接入服务提供者', '接入服务提供商', '网站接入服务提供商'],
        'hosting': ['系统维护方式', '维护方式', '服务器托管方式'],
        'opened_on': ['开通时间', '开办时间', '开设时间', '创办时间', '建立时间', '上线时间'],
        'daily_visits': ['日均访问量', '日访问量', '日均浏览量', '日均PV'],
        'summary': ['内容简介', '主要栏目/服务内容', '网站服务内容', '服务项目', '主要栏目', '栏目设置', '网站简介'],
        'filled_by': ['填表人', '填报人', '经办人', '填表人（签字）'],
        'filled_on': ['填表日期', '填报日期', '填报时间', '填写日期', '申请日期'],
    },
    'account': {
        'action': ['登记类别', '登记类型', '办理类型', '申请类型', '业务类型', '登记事项'],
        'account_name': ['账号（客户端）名称', '账号名称', '帐号名称', '公众号名称', '微信公众号名称', '新媒体名称', '客户端名称', 'APP名称', '昵称', '账号中文名称'],
        'platform_type': ['平台类型', '新媒体类型', '所属平台', '开设平台', '账号类型', '服务类型'],
        'account_id': ['账号ID（下载地址）', '账号ID', '账号', '帐号', '原始ID', 'UID', '账号链接', '链接地址'],
        'account_class': ['账号类别', '账号性质', '主体类别'],
        'org_name': ['开办主体名称', '主办单位名称', '主办单位', '主办者', '开办单位', '运营主体', '账号主体', '单位名称', '申请单位名称'],
        'id_type': ['证件类型', '主办单位证件类型', '有效证件类型'],
        'id_number': ['证件号码', '统一社会信用代码', '主办单位有效证件号码', '主办单位证件号码', '组织机构代码', '营业执照注册号'],
        'org_address': ['通信地址', '通讯地址', '单位地址', '联系地址', '办公地址', '详细地址', '住所'],
        'manager_name': ['运营负责人姓名', '负责人', '账号负责人', '平台负责人', '运营负责人', '责任人'],
        'manager_id': ['运营负责人身份证号码', '负责人身份证号', '负责人证件号码', '负责人有效证件号码'],
        'manager_mobile': ['手机号码', '手机', '手机号', '移动电话', '负责人手机', '联系方式', '联系电话'],
        'manager_email': ['电子邮箱', '邮箱', 'E-mail', 'email', '电子邮件'],
        'verified': ['认证情况', '是否认证', '认证主体'],
        'opened_on': ['开通时间', '开设时间', '开设日期', '注册时间', '开通日期', '上线时间'],
        'followers': ['粉丝数（下载量）', '粉丝数', '粉丝量', '关注人数', '关注量', '用户数', '订阅数', '注册用户数', '下载量'],
        'summary': ['主要内容', '功能介绍', '账号简介', '简介', '发布内容', '信息发布范围'],
        'filled_by': ['填表人', '填报人', '经办人', '填表人（签字）'],
        'filled_on': ['填表日期', '填报日期', '填报时间', '填写日期', '申请日期'],
    },
    'forum': {
        'action': ['登记类别', '登记类型', '办理类型', '申请类型', '业务类型', '登记事项'],
        'forum_name': ['论坛（社区、贴吧）名称', '平台名称', '论坛名称', '社区名称', '贴吧名称', 'BBS栏目名称'],
        'forum_url': ['网址', '访问地址', '链接', '域名', '论坛地址'],
        'forum_type': ['类型', '平台类别', '类别', 'BBS专业类别'],
        'host_platform': ['所属平台', '所属网站', '依托网站', '所在平台'],
        'org_name': ['开办主体名称', '主办单位名称', '主办单位', '主办者', '开办单位', '运营主体', '单位名称', '申请单位名称'],
        'id_type': ['证件类型', '主办单位证件类型', '有效证件类型'],
        'id_number': ['证件号码', '统一社会信用代码', '主办单位有效证件号码', '主办单位证件号码', '组织机构代码', '营业执照注册号'],
        'org_address': ['通信地址', '通讯地址', '单位地址', '联系地址', '办公地址', '详细地址', '住所'],
        'manager_name': ['管理员（版主、吧主）姓名', '负责人', '平台负责人', '运营负责人', '责任人'],
        'manager_id': ['管理员身份证号码', '负责人身份证号', '负责人证件号码', '负责人有效证件号码'],
        'manager_mobile': ['手机号码', '手机', '手机号', '移动电话', '负责人手机', '联系方式', '联系电话'],
        'manager_email': ['电子邮箱', '邮箱', 'E-mail', 'email', '电子邮件'],
        'icp': ['ICP备案号（许可证号）', 'ICP备案号', '备案号', '许可证号', '互联网信息服务经营许可证号'],
        'opened_on': ['开通时间', '开办时间', '创建时间', '建立时间'],
        'members': ['注册用户数', '用户数', '会员数', '关注人数', '成员数'],
        'daily_posts': ['日均发帖量', '发帖量', '日均信息量'],
        'summary': ['内容简介'],
        'filled_by': ['填表人', '填报人', '经办人', '填表人（签字）'],
        'filled_on': ['填表日期', '填报日期', '填报时间', '填写日期', '申请日期'],
    },
}
UNSEEN = {
    'site_name': ['网站（平台）名称', '网站中文全称'], 'site_url': ['网站首页地址', '网站域名（网址）'],
    'account_name': ['账号全称', '公众账号名称'], 'forum_name': ['论坛（贴吧）名称', '论坛全称'],
    'org_name': ['主办单位全称', '主办方名称', '开办单位名称'], 'org_nature': ['主办者性质', '主办单位类别'],
    'org_address': ['单位详细地址', '主办单位地址', '主办单位通信地址'], 'id_number': ['主办单位统一社会信用代码'],
    'legal_name': ['法人姓名', '法人代表姓名'], 'legal_id': ['法人代表身份证号码', '法定代表人证件号码'],
    'legal_phone': ['法人电话', '法定代表人联系方式', '法人代表手机号'],
    'manager_name': ['负责人姓名', '平台负责人姓名'], 'manager_mobile': ['负责人联系电话', '负责人手机号码', '手机（必填）'],
    'manager_id': ['负责人居民身份证号码', '负责人身份证号码'], 'manager_email': ['负责人邮箱', '邮箱地址', '电子邮箱地址'],
    'manager_title': ['负责人职务', '职务/职称'], 'opened_on': ['开通日期', '网站开通时间', '开办日期'],
    'server_place': ['服务器所在地址', '服务器物理位置'], 'police_no': ['公安联网备案号'],
    'filled_by': ['填写人', '制表人'], 'filled_on': ['填表时间', '填写时间'],
    'followers': ['粉丝数量'], 'daily_visits': ['日均访问人次'], 'members': ['注册会员数'],
}
# Titles of groups and the short labels inside; and headings that people put over or before such rows.
GROUPS = {
    'org': {'titles': ['主办单位', '开办主体', '主办单位信息', '单位信息', '主办者', '开办单位', '主办单位基本情况', '单位基本信息'],
            'within': {'org_name': ['名称', '单位名称', '全称', '单位全称'], 'org_nature': ['性质', '单位性质', '类型'],
                       'id_type': ['证件类型', '证件种类'], 'id_number': ['证件号码', '证件号', '统一社会信用代码'],
                       'org_address': ['地址', '通信地址', '通讯地址', '办公地址', '详细地址', '住所']}},
    'legal': {'titles': ['法定代表人', '法人代表', '法定代表人信息', '单位负责人', '主要负责人', '法定代表人情况'],
              'within': {'legal_name': ['姓名'], 'legal_id': ['身份证号码', '身份证号', '证件号码', '公民身份号码'],
                         'legal_phone': ['联系电话', '电话', '联系方式', '手机号码', '手机']}},
    'manager': {'titles': {'website': ['网站负责人', '负责人', '网站负责人信息', '负责人情况', '平台负责人', '责任人'],
                           'account': ['运营负责人', '负责人', '账号负责人', '运营负责人信息', '运营者', '负责人信息'],
                           'forum': ['管理员', '版主', '负责人', '管理员（版主、吧主）', '管理员信息', '论坛负责人', '吧主']},
                'within': {'manager_name': ['姓名'], 'manager_title': ['职务', '职位'],
                           'manager_id': ['身份证号码', '身份证号', '证件号码', '公民身份号码'],
                           'manager_mobile': ['手机号码', '手机', '联系电话', '电话', '联系方式', '移动电话'],
                           'manager_email': ['电子邮箱', '邮箱', 'E-mail', '电子邮件']}},
}
CHOICES = {
    'action': ['首次登记', '变更登记', '停用', '注销'],
    'site_type': ['新闻类', '政务类', '商业类', '其他'],
    'org_nature': ['党政机关', '事业单位', '人民团体', '社会组织', '企业', '个人'],
    'hosting': ['本单位自行维护', '托管'],
    'platform_type': ['微博', '微信公众号', '网络直播', '今日头条号', '搜狐号', '网易号', '一点资讯号', '天天快报号', '移动客户端', '其他'],
    'account_class': ['政务', '公职人员', '商业', '社会组织', '个人'],
    'forum_type': ['论坛', '社区', '贴吧', '留言板'],
}
DATES = {'opened_on', 'filled_on'}
MANDATORY = {
    'website': ['action', 'site_name', 'site_url', 'site_type', 'org_name', 'org_nature', 'id_type', 'id_number', 'org_address', 'legal_name',
                'legal_id', 'legal_phone', 'manager_name', 'manager_id', 'manager_mobile', 'manager_email', 'server_place', 'opened_on', 'filled_on'],
    'account': ['action', 'account_name', 'platform_type', 'account_id', 'account_class', 'org_name', 'id_type', 'id_number', 'org_address',
                'manager_name', 'manager_id', 'manager_mobile', 'manager_email', 'opened_on', 'filled_on'],
    'forum': ['action', 'forum_name', 'forum_url', 'forum_type', 'org_name', 'id_type', 'id_number', 'org_address', 'manager_name', 'manager_id',
              'manager_mobile', 'opened_on', 'filled_on'],
}
TITLES = {
    'website': ['邵阳市互联网网站调查登记表', '网站登记表', '网站备案登记表', '属地网站登记备案表', '网站平台备案表', '网站信息表'],
    'account': ['邵阳市互联网帐号、移动客户端调查登记表', '互联网帐号调查登记表', '公众账号登记表', '新媒体账号登记备案表', '微信公众号备案登记表',
                '政务新媒体备案表', '移动客户端登记表', '自媒体登记备案表'],
    'forum': ['邵阳市互联网论坛、社区、贴吧调查登记表', '论坛社区登记表', '论坛贴吧登记表', 'BBS申请表', '贴吧登记表', '论坛社区贴吧调查登记表'],
}
EXTRA_ROWS = [('备注', ''), ('备注', '无'), ('备注', '我单位另有微信公众号一个，另行登记'), ('审核意见', '（盖章）\n年　　月　　日'),
              ('市网信办意见', '\n\n年　月　日'), ('县（市、区）网信办意见', '（公章）\n　　年　　月　　日'), ('网信部门意见', '负责人签字：\n日期：'),
              ('填表说明', '1.网站名称须与网站首页一致。2.联系电话须为负责人本人号码。\n3.本表一式两份。'),
              ('主管单位', '青石岗市教育局'), ('从业人员数', '12人'), ('IP地址', '192.0.2.15'), ('QQ/微信', '12345678'),
              ('办公电话', '0739-5550177'), ('分管领导', '段立言'), ('是否开设论坛/跟帖', '□是 ☑否'),
              ('所属行业', '文化传媒'), ('注册资金', '100万元'), ('安全管理制度', '已建立'), ('投诉举报电话', '0739-5550188'),
              ('用途说明', '单位宣传'), ('成立时间', '2001-3-4'), ('注册地址', '青石岗市人民路1号'), ('监督电话', '12377'), ('邮政编码', '422000'),
              ('域名注册商', '某某数码'), ('域名到期时间', '2020-1-1'), ('服务器数量', '2台'), ('值班电话', '0739-5550155'), ('传真号码', '0739-5550156'),
              ('法定代表人职务', '董事长'), ('安全负责人', '段立言'), ('单位网址', 'www.danwei.example'), ('证件有效期', '长期'), ('主办单位电话', '0739-5550157'), ('技术负责人', '段立言'), ('附件清单', '1.营业执照 2.身份证 3.承诺书')]
HINTS = {'site_name': ['（请填写全称）', '（与首页一致）'], 'org_name': ['（请填写全称）', '（与公章一致）', '（全称）'], 'opened_on': ['（如：2018-08-20）', '（格式：2018-08-20）'],
         'filled_on': ['（如：2018-08-20）'], 'manager_mobile': ['（11位手机号码）', '（请保持畅通）'], 'manager_email': ['（如：abc@example.com）'],
         'site_url': ['（如：http://www.example.com）', '（有多个请全部填写）'], 'id_number': ['（18位）', '（请填写证件上的号码）'],
         'org_address': ['（请详细到门牌号）'], 'summary': ['（200字以内）'], 'account_id': ['（如：gh_1234）'],
         'legal_id': ['（18位）'], 'manager_id': ['（18位）'], 'daily_visits': ['（单位：人次）'], 'followers': ['（如：1.2万）']}

SURNAMES = {'tune': '欧阳 尉迟 仇 覃 禤 单 令狐 谌 佘 麻'.split() + list('王李张赵'),
            'measure': '诸葛 慕容 冼 缪 逯 𣲗 第五 佴 亓官 邝 糜'.split() + list('陈杨黄周')}
GIVEN = {'tune': ['建国', '晓琳', '小满', '一', '雨𬭎', '立春', '䶮', '思齐', '国平'], 'measure': ['梓涵', '秀英', '子墨', '璟', '玉兰', '志远', '喆', '乐之', '念']}
FOREIGN = {'tune': ['买买提·吐尔逊', 'John Smith', '阿依古丽•艾买提', '李Amy', '石玉梅（苗族）'], 'measure': ['古丽娜尔·买买提江', 'Mary Ann Lee', '扎西·顿珠', '陈Tony', '龙金花（侗族）']}
PLACES = {'tune': ['双清区', '邵东县', '隆回县', '武冈市', '城步苗族自治县'], 'measure': ['大祥区', '新邵县', '洞口县', '绥宁县', '北塔区']}
STEMS = {'tune': ['梅子岭', '云桥', '白石塘', '青石岗', 'K11'], 'measure': ['枫溪', '桃花坪', '黄泥铺', '望云', '5G']}
ORGS = ['{p}{s}中学', '{s}文化传播有限公司', '{p}{s}（集团）有限责任公司', '{s}合伙企业（有限合伙）', '{p}{s}镇人民政府办公室', '{p}{s}摄影协会',
        '{s}(湖南)信息技术有限公司邵阳分公司', '中共{p}委宣传部', '{p}融媒体中心', '{s}商行（个体工商户）']
PLATFORMS = ['{s}夜谈', '{s}在线', '{s}主办单位网', '法定代表人说法', '{s}·印象', '《{s}》', '{s}1号店', '网站名称大全', '{s}名称网', '手机{s}', '{s}（官方）', 'We {s}',
             '{s}贴吧', '{s}社区', '联系电话114', '{s}App', '{s}-{p}站', '{s}:本地生活', '今日{s}', '企业{s}', '{s}新闻类聚']
STREETS = ['梅林路{n}号', '宝塔路{n}号附{k}号', '新华街{n}号{k}栋{n}楼', '人民路与新华路交叉口东南角{n}米', '工业园（二期）{k}号厂房']
SUMMARIES = ['本地生活、招聘、房产信息交流。', '发布本单位工作动态：政策解读、通知公告。', '一、新闻；二、生活。\n负责人：各栏目编辑。', '记录乡土文化，\n分享摄影与旅行。',
             '网站名称源于当地山名；域名为拼音。', '主要栏目：要闻、民生、服务。']


def citizen(rng):
    body = rng.choice(['430502', '430521', '432621', '430581']) + f'{rng.randint(1950, 1999)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(0, 999):03d}'
    return body + '10X98765432'[sum(int(c) * w for c, w in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11]


def uscc(rng):
    signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    body = rng.choice(['91430502', '12430521', '51430581', '11430500']) + ''.join(rng.choice(signs) for _ in range(9))
    return body + signs[(31 - sum(signs.index(c) * 3 ** i % 31 for i, c in enumerate(body)) % 31) % 31]


def person(rng, pool):
    if rng.random() < 0.12:
        return rng.choice(FOREIGN[pool])
    return rng.choice(SURNAMES[pool]) + rng.choice(GIVEN[pool])


def full_width(text):
    return ''.join(chr(ord(c) + 0xFEE0) if '!' <= c <= '~' else c for c in text)


def values(rng: random.Random, pool, kind):
    """A filled form: key to value as typed (a date as (y, m, d), a choice as its option), some keys left out."""
    stem, place = rng.choice(STEMS[pool]), rng.choice(PLACES[pool])
    fill = dict(s=stem, p=place)
    name = rng.choice(PLATFORMS).format(**fill)
    host = rng.choice(['meizi', 'yunqiao', 'k11-life', 'fengxi5g']) + str(rng.randint(1, 99)) + '.example'
    legal, manager = person(rng, pool), person(rng, pool)
    mobile = lambda: '1' + rng.choice('3578') + ''.join(rng.choice('0123456789') for _ in range(9))
    land = f'0739-{rng.randint(2000000, 8999999)}'
    address = (rng.choice(['湖南省邵阳市', '邵阳市', '']) + place + rng.choice(STREETS)).format(n=rng.randint(1, 300), k=rng.randint(1, 30))
    day = lambda a, b: (rng.randint(a, b), rng.randint(1, 12), rng.randint(1, 28))
    out = {
        'site_name': name, 'account_name': name, 'forum_name': name,
        'site_url': rng.choice(['http://www.{}/', 'www.{}', '{}', 'https://{}/index.html', 'http：//www.{}', 'HTTP://WWW.{}', 'www.{}；m.{}', 'http://{}/a?b=1&c=2:80']).replace('{}', host),
        'forum_url': rng.choice(['http://bbs.{}/', 'bbs.{}/forum-1-1.html', 'https://tieba.{}/f?kw=%E6%A2%85']).replace('{}', host),
        'account_id': rng.choice(['gh_8a1b2c3d', 'meizi2018', '微信号：meizi_2018', '1234567890', 'https://weibo.example/u/123', '梅子岭']),
        'org_name': rng.choice([rng.choice(ORGS).format(**fill)] * 4 + [legal]),
        'id_type': rng.choice(['营业执照', '统一社会信用代码证书', '统一社会信用代码', '居民身份证', '身份证', '组织机构代码证', '事业单位法人证书', '营业执照（三证合一）']),
        'id_number': rng.choice([uscc(rng)] * 3 + [citizen(rng), '430502000000011', '12345678-9']),
        'org_address': address, 'legal_name': legal, 'legal_id': citizen(rng),
        'legal_phone': rng.choice([land, mobile(), land + '-8001', '（0739）5550123', land + '转8001', land + '、' + mobile()]),
        'manager_name': manager, 'manager_title': rng.choice(['站长', '总编辑', '主任', '负责人', '办公室主任', '法定代表人', '无', '副局长']),
        'manager_id': citizen(rng), 'manager_mobile': rng.choice([mobile(), mobile(), '138 0000 1234', '+86 ' + mobile(), mobile() + '（微信同号）', mobile() + ' ' + land]),
        'manager_email': rng.choice(['editor@{}', '12345678@qq.example', 'A.B_c-d@mail.{}']).replace('{}', host),
        'icp': rng.choice([f'湘ICP备{rng.randint(10000000, 18999999)}号', f'湘ICP备{rng.randint(10000000, 18999999)}号-1', '无', '正在办理', '/']),
        'police_no': rng.choice([f'湘公网安备 430502020{rng.randint(10000, 99999)}号', f'430502020{rng.randint(10000, 99999)}', '无', '—']),
        'news_licence': rng.choice(['无', '/', '43120180001', '不涉及']), 'server_place': rng.choice(['湖南长沙', '阿里云（深圳）', '邵阳市电信机房', '北京', '本单位']),
        'isp': rng.choice(['中国电信邵阳分公司', '阿里云计算有限公司', '无']), 'daily_visits': rng.choice(['1.2万', '约500人次', '3,200', '不详', '1000-2000']),
        'followers': rng.choice(['1.3万', '862', '约25000', '12,345']), 'members': rng.choice(['860', '约1200人', '35678']), 'daily_posts': rng.choice(['60', '约200条', '无']),
        'verified': rng.choice(['已认证', '未认证', '企业认证', '是', '否']), 'host_platform': rng.choice(['百度贴吧', '自建', '微信群', name + '网站']),
        'summary': rng.choice(SUMMARIES), 'filled_by': rng.choice([manager, person(rng, pool)]),
        'opened_on': day(2005, 2018), 'filled_on': (2018, rng.randint(8, 9), rng.randint(1, 28)),
    }
    out.update({key: rng.choice(options) for key, options in CHOICES.items()})
    out['action'] = rng.choice(CHOICES['action'][:1] * 3 + CHOICES['action'])
    kept = {key: out[key] for key in LABELS[kind]}
    for key in list(kept):
        if rng.random() < (0.25 if key not in MANDATORY[kind] else 0.02):
            kept[key] = None
    return kept
