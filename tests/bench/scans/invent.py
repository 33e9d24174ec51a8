"""People, organisations and numbers that do not exist, for drawn scans: all from a numpy Generator."""
PLACES = ("邵水县 临津县 宝塔区 洞山县 绥河县 新泉县 武溪市 城阳县 隆安县 清江区 松坪县 白河县 双桥区 石门坎市 "
          "洞口县 新邵县 邵东县 隆回县 绥宁县 武冈市 大祥区 双清区 北塔区").split()
WORDS = "临津 云麓 金穗 博雅 恒信 鑫达 宏图 天泽 瑞丰 启明 远大 兴隆 华康 润泽 佳美 新锐 汇通 安泰 德馨 盛世 绿源 锦绣 青禾 智联".split()
TRADES = "农业发展 文化传媒 网络科技 生物科技 电子商务 建筑工程 物流 医药 教育咨询 旅游开发 广告 信息技术 机械制造 食品".split()
BODIES = ("图书馆 博物馆 教育局 财政局 水利局 林业局 文化馆 档案局 统计局 民政局 司法局 审计局 人民医院 中医医院 第一中学 第二中学 "
          "职业中专学校 疾病预防控制中心 广播电视台 融媒体中心 交通运输局 农业农村局 卫生健康局 市场监督管理局 人力资源和社会保障局 "
          "城市管理和综合执法局 退役军人事务局 人民检察院 气象局 住房和城乡建设局").split()
SOCIETIES = "摄影家协会 青年志愿者协会 诗词学会 餐饮行业协会 作家协会 体育总会 老年人书画协会 商会".split()
FAMILY = "沈顾陆曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
GIVEN = "一舟宁远思齐文博雨桐建国明轩海燕志强秀英晓东丽华俊杰子涵国庆春生红梅永康玉兰"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
AREAS = "430521 430522 430523 430524 430525 430527 430528 430529 430581 430502 430503 430511".split()


def pick(rng, values):
    return values[int(rng.integers(len(values)))]


def citizen(rng):
    digits = pick(rng, AREAS) + f"{rng.integers(1955, 1999)}{rng.integers(1, 13):02}{rng.integers(1, 29):02}{rng.integers(1, 999):03}"
    return digits + citizen_check(digits)


def citizen_check(digits):
    return "10X98765432"[sum(int(c) * w for c, w in zip(digits, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11]


def orgcode(rng):
    body = "".join(pick(rng, ALPHABET) for _ in range(8))
    return body + orgcode_check(body)


def orgcode_check(body):
    total = sum(("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(c)) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2)))
    check = (11 - total % 11) % 11
    return "X" if check == 10 else str(check)


def uscc(rng, head):
    body = head + pick(rng, AREAS) + orgcode(rng)
    return body + uscc_check(body)


def uscc_check(body):
    return ALPHABET[(31 - sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31) % 31]


def old_licence(rng):
    body = pick(rng, AREAS) + "".join(str(int(rng.integers(10))) for _ in range(8))
    return body + licence_check(body)


def licence_check(body):
    p = 10
    for c in body:
        p = (p + int(c)) % 10 or 10
        p = p * 2 % 11
    return str((11 - p) % 10)


def person(rng):
    return pick(rng, FAMILY) + "".join(pick(rng, GIVEN) for _ in range(int(rng.integers(1, 3))))


def date(rng, first=2010, last=2018):
    return int(rng.integers(first, last + 1)), int(rng.integers(1, 13)), int(rng.integers(1, 29))


def organisation(rng):
    """(name, class, parts): the parts are what a near wrong name changes."""
    place = pick(rng, PLACES)
    kind = pick(rng, ("body", "body", "firm", "firm", "society"))
    if kind == "body":
        return place + pick(rng, BODIES), "government", (place, "", "")
    if kind == "society":
        return place + pick(rng, SOCIETIES), "organisation", (place, "", "")
    word, trade, end = pick(rng, WORDS), pick(rng, TRADES), pick(rng, ("有限公司", "有限公司", "有限责任公司"))
    form = pick(rng, ("{p}{w}{t}{e}", "湖南{w}{t}{e}", "{p}{w}（湖南）{t}{e}"))
    return form.format(p=place, w=word, t=trade, e=end), "organisation", (place, word, trade)


def near_names(rng, name, parts, count=4):
    """Other names that a careless reader takes for this one: another place, another word, another trade, and a
    neighbour of a pool."""
    place, word, trade = parts
    found = []
    if place in name and place:
        found.append(name.replace(place, pick(rng, [p for p in PLACES if p != place])))
    if word:
        found.append(name.replace(word, pick(rng, [w for w in WORDS if w != word])))
        found.append(name.replace(trade, pick(rng, [t for t in TRADES if t != trade])))
    pool = BODIES if not word else TRADES
    mine = next((b for b in BODIES + SOCIETIES if name.endswith(b)), "")
    if mine:
        others = [b for b in BODIES + SOCIETIES if b != mine]
        others.sort(key=lambda b: (abs(len(b) - len(mine)), -len(set(b) & set(mine))))
        found += [name[:-len(mine)] + b for b in others[:3]]
    elif pool:
        others = sorted((t for t in TRADES if t != trade), key=lambda t: abs(len(t) - len(trade)))
        found.append(name.replace(trade, others[0]))
    found += [organisation(rng)[0]]
    return [n for n in dict.fromkeys(found) if n != name][:count + 1]


def near_platform(rng, platform):
    """Another platform whose name, a word of two characters and more, differs by that word or by one character of it."""
    word = pick(rng, [w for w in WORDS if w[0] != platform[0] and w[1] != platform[1]])
    at = int(rng.integers(2))
    return (word if rng.random() < 0.5 else platform[:at] + word[at] + platform[at + 1:2]) + platform[2:]


CHECKS = {"citizen": citizen_check, "uscc": uscc_check, "orgcode": orgcode_check, "licence": licence_check}


def near_number(rng, number, kind):
    """A valid number of the same kind that differs from this one by a digit and the check digit, or by the order of two."""
    while True:
        body = list(number[:-1])
        i = int(rng.integers(len(body) // 2, len(body)))
        if rng.random() < 0.5:
            body[i] = str(int(rng.integers(10)))
        else:
            body[i], body[i - 1] = body[i - 1], body[i]
        other = "".join(body)
        if other != number[:-1]:
            return other + CHECKS[kind](other)
