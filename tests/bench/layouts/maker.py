"""Forms as people make them of the same questions: a seed gives one document, what it says and what is odd about it."""
import random

import words
from documents import cell, grid, tables

TICKS = [('□', '☑'), ('□', '☒'), ('□', '√'), ('□', '✓'), ('□', '■'), ('○', '●'), ('○', '◉'), ('○', '⊙'), ('', '√'), ('', '✓'), ('□', '□√'), ('（ ）', '（√）'),
         ('（　）', '（√）'), ('[ ]', '[x]'), ('[]', '[√]'), ('¨', 'þ'), ('£', 'R'), ('sym', 'sym'), ('sym2', 'sym2'), ('box', 'box'), ('☐', '✔'), ('□', '√□'), ('□', '□✔')]
SYMBOLS = {'sym': [('Wingdings', 'F0A8'), ('Wingdings', 'F0FE')], 'sym2': [('Wingdings 2', 'F0A3'), ('Wingdings 2', 'F052')]}
SEPARATORS = ['  ', '　', ' ', '、', '\n', '', '；', '    ', '/']


class Maker:
    def __init__(self, seed, pool):
        self.rng = random.Random(seed)
        self.pool = pool
        self.kind = self.rng.choice(['website', 'account', 'forum'])
        self.count = 0                                          # of numbered labels
        self.gap = None                                         # between a tick and its option
        self.truth = {}
        self.features = {}                                      # key: set of names
        self.whole = set()                                      # features of the whole document
        self.document = {'header': [], 'box': [], 'blocks': []}
        self.values = words.values(self.rng, pool, self.kind)
        self.style()
        if self.structure in ('plain', 'bare') and '\n负责人：' in (self.values.get('summary') or ''):
            self.values['summary'] = '要闻、民生。'              # nothing tells that line from a field
        self.build()

    def chance(self, p):
        return self.rng.random() < p

    def mark(self, key, feature):
        self.features.setdefault(key, set()).add(feature)

    # How the whole form is printed and filled

    def style(self):
        r = self.rng
        self.structure = r.choice(['flat', 'flat', 'grouped', 'grouped', 'sections', 'tables', 'inline', 'above', 'plain', 'nested', 'operators', 'matrix', 'transposed', 'noted', 'counted',
                                    'beside', 'stacked', 'bare'])
        self.number = r.choice(['', '', '', '', '1.', '1、', '（1）', '①', '(1)', '1．'])
        self.trail = r.choice(['', '', '', '', '：', ':', '*', '：*', '（必填）', ' '])
        self.lead = r.choice(['', '', '', '', '*', '★', '＊'])
        self.padding = r.choice(['', '', '', '　', ' '])
        self.spacer = self.chance(0.08)
        self.tick = r.choice(TICKS)
        self.tick_behind = self.chance(0.2) and self.tick[0] != 'box'
        self.separator = r.choice(SEPARATORS)
        self.choice_way = r.choice(['all'] * 6 + ['typed', 'boxed', 'deleted', 'struck', 'hinted', 'numbered'])
        self.date_way = r.choice(['2018-08-20', '2018-8-20', '2018.8.20', '2018/08/20', '2018年8月20日', '2018 年 8 月 20 日', '二〇一八年八月二十日', '20180820', '２０１８年８月２０日',
                                  '2018年08月20日', '2018—8—20', '2018年8月20号', '2018.08.20.', '2018年8月', '2018-08-20 09:30', '18.8.20'])
        self.columns = r.choice([1, 2, 2, 3, 0])                # pairs a row, 0: now this, now that
        self.colon = r.choice(['：', ':', '： ', ':  '])
        self.extra_rows = [x for x in words.EXTRA_ROWS if self.chance(0.12)]
        self.whole.add('layout ' + self.structure)
        if self.columns and self.structure in ('flat', 'sections', 'tables'):
            self.whole.add(f'columns {2 * self.columns}')
        if self.spacer:
            self.whole.add('spacer column')

    # Labels

    def label_words(self, key, group):
        if group:
            title_words = words.GROUPS[group]['within'].get(key)
            if title_words:
                return title_words
        if self.pool == 'measure' and key in words.UNSEEN and self.chance(0.1):
            self.mark(key, 'unseen label')
            return self.unseen(key)

        return words.LABELS[self.kind][key]

    def unseen(self, key):
        word = self.rng.choice(words.UNSEEN[key])
        self.mark(key, 'unseen ' + word)
        return [word]

    def label(self, key, group='', plain=False):
        return self.decorate(key, self.rng.choice(self.label_words(key, group)), plain)

    def decorate(self, key, text, plain=False):
        bare = text
        if self.padding and len(text) == 2 and not plain:
            text = text[0] + self.padding * 2 + text[1]
            self.mark(key, 'padded label')
        elif self.padding and self.chance(0.05) and not plain and '（' not in text:
            text = self.padding.join(text)
            self.mark(key, 'padded label')
        if plain:
            return text
        if self.chance(0.05) and key in words.HINTS:
            text += self.rng.choice(['', '\n'] if self.structure not in ('plain', 'inline', 'bare') else ['']) + self.rng.choice(words.HINTS[key])
            self.mark(key, 'hint in label')
        elif self.chance(0.06) and len(bare) >= 4 and not self.padding and self.structure not in ('plain', 'inline', 'bare'):
            if self.chance(0.2) and len(bare) < 7:
                text = '\n'.join(bare)
                self.mark(key, 'label a character a line')
            else:
                at = text.find('（') if '（' in text[1:] else len(text) // 2
                text = text[:at] + '\n' + text[at:]
                self.mark(key, 'label on two lines')
        if self.chance(0.03):
            text = f'【{text}】'
            self.mark(key, 'label in brackets')
        if self.number:
            self.count += 1
            mark = chr(0x2460 + (self.count - 1) % 20) if self.number == '①' else self.number.replace('1', str(self.count))
            text = mark + text
            self.mark(key, 'numbered label')
        if self.trail:
            text += self.trail
            self.mark(key, 'label with ' + self.trail.strip() if self.trail.strip() else 'label with blank')
        if self.lead:
            text = self.lead + text
            self.mark(key, 'starred label')
        return text

    # Values: paragraphs, and the truth beside

    def value(self, key):
        """Paragraphs of the value's cell; [] where it is left blank. Notes the truth."""
        if key in words.CHOICES:
            return self.choice(key)
        typed = self.values[key]
        if key in words.DATES:
            return self.date(key, typed)
        if typed is None:
            blank = self.rng.choice(['', '', '', '　', '____________', words.HINTS.get(key, [''])[0]])
            if blank:
                self.mark(key, 'printed blank')
            return [[blank]]
        self.truth[key] = typed
        typed = self.disturb(key, typed)
        return [[line] for line in typed.split('\n')]

    def disturb(self, key, typed):
        digits = key in ('legal_id', 'manager_id', 'id_number', 'manager_mobile', 'legal_phone')
        if digits and self.chance(0.05):
            self.mark(key, 'full-width digits')
            return words.full_width(typed)
        if key in ('legal_id', 'manager_id', 'id_number') and self.chance(0.06):
            self.mark(key, 'number with blanks')
            return ' '.join(typed[i:i + 6] for i in range(0, len(typed), 6)) if self.chance(0.6) else ' '.join(typed)
        if key == 'org_address' and len(typed) > 8 and self.structure not in ('plain', 'bare') and self.chance(0.1):
            self.mark(key, 'value on two lines')
            return typed[:7] + '\n' + typed[7:]
        if key in words.HINTS and self.chance(0.05) and '\n' not in typed:
            hint = self.rng.choice(words.HINTS[key])
            self.mark(key, 'hint left in value')
            ways = [hint + typed, typed + hint] + ([hint + '\n' + typed, typed + '\n' + hint] if self.structure not in ('plain', 'bare') else [])
            return self.rng.choice(ways)
        if self.chance(0.03):
            self.mark(key, 'underlined value')
            return f'__{typed}____'
        if self.chance(0.05):
            return self.rng.choice(['　　' + typed, ' ' + typed + ' '] + ([typed + '\n', '\n' + typed] if self.structure not in ('plain', 'bare') else []))
        return typed

    def date(self, key, day):
        if day is None:
            blank = self.rng.choice(['', '    年    月    日', '年　月　日', '20  年  月  日'])
            self.mark(key, 'printed blank')
            return [[blank]]
        y, m, d = day
        way = self.date_way if not self.chance(0.1) else self.rng.choice(['2018-08-20', '2018年8月20日'])
        small = '〇一二三四五六七八九'
        tens = lambda n: (small[n] if n < 10 else ('' if n < 20 else small[n // 10]) + '十' + (small[n % 10] if n % 10 else ''))
        if way.startswith('二'):
            text = ''.join(small[int(c)] for c in str(y)) + f'年{tens(m)}月{tens(d)}日'
        else:
            text = {'2018-08-20': f'{y}-{m:02d}-{d:02d}', '2018-8-20': f'{y}-{m}-{d}', '2018.8.20': f'{y}.{m}.{d}', '2018/08/20': f'{y}/{m:02d}/{d:02d}',
                    '2018年8月20日': f'{y}年{m}月{d}日', '2018 年 8 月 20 日': f'{y} 年 {m} 月 {d} 日', '20180820': f'{y}{m:02d}{d:02d}',
                    '２０１８年８月２０日': words.full_width(f'{y}') + '年' + words.full_width(f'{m}') + '月' + words.full_width(f'{d}') + '日',
                    '2018年08月20日': f'{y}年{m:02d}月{d:02d}日', '2018—8—20': f'{y}—{m}—{d}', '2018年8月20号': f'{y}年{m}月{d}号', '2018.08.20.': f'{y}.{m:02d}.{d:02d}.',
                    '2018年8月': f'{y}年{m}月', '2018-08-20 09:30': f'{y}-{m:02d}-{d:02d} 09:30', '18.8.20': f'{y % 100}.{m}.{d}'}[way]
        self.mark(key, 'date ' + way)
        self.truth[key] = text if way in ('2018年8月', '18.8.20') else f'{y}-{m:02d}-{d:02d}'
        if self.chance(0.03) and key in words.HINTS:
            self.mark(key, 'hint left in value')
            text += words.HINTS[key][0]
        return [[text]]

    def choice(self, key):
        options, chosen = words.CHOICES[key], self.values[key]
        way = self.choice_way if chosen else 'all'
        if chosen:
            self.truth[key] = chosen
        self.mark(key, f'choice {way}')
        if way == 'typed':
            return [[chosen]]
        if way == 'boxed':
            return [self.ticked(chosen, True)]
        if way in ('deleted', 'struck'):
            runs = []
            for option in options:
                runs += [option if option == chosen else ('del' if way == 'deleted' else 'strike', option), '  ']
            return [runs]
        self.mark(key, f'tick {"/".join(self.tick)}{" behind" if self.tick_behind else ""}')
        runs = []
        for i, option in enumerate(options):
            number = f'{i + 1}.' if way == 'numbered' else ''
            shown = option
            if option == '其他':
                shown += self.rng.choice(['', '', '：____', '（请注明）', '（请注明：　　　）'])
            runs += self.ticked(number + shown, option == chosen)
            last = i + 1 == len(options)
            separator = self.separator or ('' if self.tick[0] else ' ')
            if (not self.tick[0] and separator == ' ') or (self.tick[1] == '√□' and separator == ''):
                separator = '   '                                # with one blank on either side a tick is anybody's
            runs.append('' if last else separator)
        if way == 'hinted':
            runs = [self.rng.choice(['（请在□内打√）', '请在相应选项前打“√”：', '（在相应的□中打√，单选）\n', '请选择：'])] + runs
        if self.separator == '\n':
            return self.in_lines(runs)
        return [runs]

    def in_lines(self, runs):
        paragraphs = [[]]
        for run in runs:
            if run == '\n':
                paragraphs.append([])
            else:
                paragraphs[-1].append(run)
        return paragraphs

    def ticked(self, option, on):
        empty, tick = self.tick
        if empty in SYMBOLS:
            mark = ('sym', SYMBOLS[empty][int(on)])
        elif empty == 'box':
            mark = ('box', on)
        else:
            mark = tick if on else empty
        if self.gap is None:
            self.gap = self.rng.choice(['', '', ' '])
        gap = self.gap
        return [option, gap, mark] if self.tick_behind else [mark, gap, option]

    # Layouts

    def parts(self):
        """The form's fields in runs that belong together: (group, keys)."""
        keys = list(words.LABELS[self.kind])
        group = {'org_name': 'org', 'org_nature': 'org', 'id_type': 'org', 'id_number': 'org', 'org_address': 'org', 'legal_name': 'legal', 'legal_id': 'legal',
                 'legal_phone': 'legal', 'manager_name': 'manager', 'manager_title': 'manager', 'manager_id': 'manager', 'manager_mobile': 'manager', 'manager_email': 'manager'}
        parts = []
        for key in keys:
            if key in ('filled_by', 'filled_on'):
                continue
            g = group.get(key, '')
            if parts and parts[-1][0] == g:
                parts[-1][1].append(key)
            else:
                parts.append((g, [key]))
        for g, members in parts:
            if g and self.chance(0.3):
                head, rest = members[:1], members[1:]
                self.rng.shuffle(rest)
                members[:] = head + rest
        for _, members in parts:                                # a form that does not ask for everything
            for key in members[1:]:
                if self.chance(0.03) and not key.endswith(('site_name', 'account_name', 'forum_name')):
                    members.remove(key)
                    self.whole.add('rows left out')
        plain = [p for p in parts if not p[0]]
        if self.chance(0.3) and len(plain) > 1:
            self.rng.shuffle(plain)
            order = iter(plain)
            parts = [p if p[0] else next(order) for p in parts]
        return parts

    def is_long(self, key):
        return key in ('summary',) or (key in words.CHOICES and len(words.CHOICES[key]) > 4)

    def pair(self, key, group=''):
        label = self.label(key, group)
        value = self.value(key)
        return [cell(label), cell(value, keys=[key])]

    def rows_of(self, keys, per_row, group='', sticky=''):
        """Rows of label and value, `per_row` pairs each, the last value of a row filling it up."""
        total = 2 * per_row
        rows, row = [], []
        def flush():
            nonlocal row
            if row:
                row[-1].colspan += total - sum(c.colspan for c in row)
                rows.append(row)
            row = []
        for key in keys:
            if sticky and key in ('legal_id', 'manager_id') and self.chance(0.5):
                self.mark(key, 'short label behind its group')
                pair = [cell(self.decorate(key, self.rng.choice(['身份证号码', '身份证号', '公民身份号码']))), cell(self.value(key), keys=[key])]
            else:
                pair = self.pair(key, group)
            if self.is_long(key):
                flush()
                row = pair
                flush()
                continue
            row += pair
            if len(row) == total:
                flush()
        flush()
        return rows

    def foot_rows(self, total):
        """Who filled it in and when, opinions and seals, unknown rows."""
        rows = []
        if self.foot == 'row' and total >= 4:
            row = self.pair('filled_by') + self.pair('filled_on')
            row[-1].colspan = total - 3
            rows.append(row)
        elif self.foot == 'rows':
            for key in ('filled_by', 'filled_on'):
                pair = self.pair(key)
                pair[-1].colspan = total - 1
                rows.append(pair)
        for label, value in self.extra_rows:
            rows.append([cell(self.decorate('', label)), cell(value, colspan=total - 1)])
        seal = self.rng.choice(['单位意见（盖章）', '主办单位意见', '单位意见', '申报单位意见'])
        opinion = self.rng.choice(['同意登记。\n负责人签字：　　　\n2018年8月20日', '情况属实。\n（盖章）\n年　　月　　日', '', '\n\n　　　　（公章）　　　　年　月　日'])
        rows.insert(self.rng.randint(0, len(rows)), [cell(seal), cell(opinion, colspan=total - 1)])
        return rows

    def table(self, rows):
        if self.spacer:
            rows = [self.spaced(row) for row in rows]
        self.document['blocks'].append(('table', rows))

    def no_spacer(self):
        self.spacer = False
        self.whole.discard('spacer column')

    def spaced(self, row):
        """An empty cell behind the first label of each row, a column that many drawn forms have."""
        if len(row) < 2 or row[0].rowspan > 1:
            return [row[0]] + row[1:] if len(row) > 1 else [cell(row[0].paragraphs, row[0].colspan + 1, row[0].rowspan, row[0].keys)]
        return [row[0], cell('')] + row[1:]

    def paragraph(self, text):
        self.document['blocks'].append(('p', [text]))

    def title(self):
        title = self.rng.choice(words.TITLES[self.kind])
        where = self.rng.choice(['body', 'body', 'body', 'header', 'box', 'row', 'none', 'annex', 'split', 'spaced'])
        self.whole.add('title ' + where)
        self.title_row = None
        if where == 'header':
            self.document['header'] = [[title]]
        elif where == 'box':
            self.document['box'] = [[title]]
        elif where == 'row' and self.structure not in ('plain', 'bare'):
            self.title_row = title
        elif where == 'annex':
            self.paragraph('附件2')
            self.paragraph(title)
        elif where == 'split':
            self.paragraph('青石岗区域')
            self.paragraph(title + '（2018年版）')
        elif where == 'spaced':
            self.paragraph(' '.join(title))
        elif where != 'none':
            self.paragraph(title)
        if self.chance(0.2) and self.structure not in ('plain', 'bare'):
            self.paragraph(self.rng.choice(['填报单位（盖章）：　　　　　　　填报日期：　　年　月　日', '编号：　　　　　', '填表单位：' + (self.values['org_name'] or '') + '　　　　编号：2018-001',
                                            '（请如实填写，带*为必填）']))
            self.whole.add('line above the table')

    def build(self):
        self.title()
        self.foot = self.rng.choice(['row', 'rows', 'below', 'below lines'])
        getattr(self, 'build_' + self.structure)()
        if self.structure in ('plain', 'bare') or (self.foot in ('below', 'below lines') or self.structure in ('tables',)):
            self.foot_lines()
        if self.chance(0.15):
            self.paragraph(self.rng.choice(['注：1.本表一式两份。2.联系电话：0739-5550199（市网信办）。', '填表说明：网站名称应与首页标识一致。', '联系人：市网信办  段立言  联系电话：0739-5550199']))
            self.whole.add('notes below')

    def foot_lines(self):
        if 'filled_on' in self.features:                        # it had its row
            return
        by, on = self.rng.choice(['填表人', '填报人', '经办人']), self.rng.choice(['填表日期', '填报日期', '填报时间'])
        for key in ('filled_by', 'filled_on'):
            self.mark(key, 'below the table')
        who = ''.join(p[0] for p in self.value('filled_by')).strip()
        when = self.value('filled_on')[0][0]
        if self.foot == 'below lines' or '\n' in who:
            self.paragraph(f'{by}：{who.strip()}')
            self.paragraph(f'{on}：{when}')
        else:
            other = self.rng.choice(['', '　　审核人：段立言', '　　联系电话：0739-5550166'])
            self.paragraph(f'{by}：{who.strip()}{other}　　　　{on}：{when}')

    def with_title(self, rows, total):
        return [[cell(self.title_row, colspan=total)]] + rows if self.title_row else rows

    def per_row(self):
        return self.columns or 2

    def build_flat(self):
        total = 2 * self.per_row()
        rows = []
        for group, keys in self.parts():
            rows += self.rows_of(keys, self.per_row(), sticky=group)
        self.table(self.with_title(rows + self.foot_rows(total), total))

    def group_title(self, group):
        titles = words.GROUPS[group]['titles']
        return self.rng.choice(titles[self.kind] if isinstance(titles, dict) else titles)

    def build_grouped(self):
        """Group cells merged down, repeated, left blank or only in the first row; two pairs beside them."""
        way = self.rng.choice(['merged', 'merged', 'repeated', 'blank', 'vertical'])
        self.whole.add('group cells ' + way)
        rows = []
        for group, keys in self.parts():
            if not group:
                for row in self.rows_of(keys, 2):
                    row[0].colspan += 1
                    rows.append(row)
                continue
            inner = self.rows_of(keys, 2, group)
            title = self.group_title(group)
            text = '\n'.join(title) if way == 'vertical' else title
            if way in ('merged', 'vertical'):
                inner[0].insert(0, cell(text, rowspan=len(inner)))
            else:
                for i, row in enumerate(inner):
                    row.insert(0, cell(title if i == 0 or way == 'repeated' else ''))
            for key in keys:
                self.mark(key, 'in a group row')
            rows += inner
        self.no_spacer()
        foot = self.foot_rows(4)
        for row in foot:
            row[0].colspan += 1
        self.table(self.with_title(rows + foot, 5))

    def headed(self, group, number):
        names = {'': ['网站基本情况', '基本信息', '平台基本信息', '其他信息', '运行情况'], 'org': ['主办单位信息', '主办单位情况', '开办单位基本情况', '单位信息'],
                 'legal': ['法定代表人信息', '法定代表人情况', '法定代表人'], 'manager': ['负责人信息', '网站负责人情况', '负责人基本情况', '网站负责人']}
        if self.kind == 'account':
            names['manager'] = ['运营负责人信息', '账号负责人情况', '负责人信息']
        if self.kind == 'forum':
            names['manager'] = ['管理员信息', '版主信息', '管理员（版主、吧主）']
        mark = self.rng.choice(['', '一二三四五六七八'[number % 8] + '、', f'{number + 1}. ', f'（{"一二三四五六七八"[number % 8]}）'])
        return mark + self.rng.choice(names[group]) + (self.rng.choice(['', '', '：']) if mark else '')

    def build_sections(self):
        total = 2 * self.per_row()
        rows = []
        for number, (group, keys) in enumerate(self.parts()):
            rows.append([cell(self.headed(group, number), colspan=total)])
            rows += self.rows_of(keys, self.per_row(), group)
            for key in keys:
                self.mark(key, 'under a section row')
        self.table(self.with_title(rows + self.foot_rows(total), total))

    def build_tables(self):
        total = 2 * self.per_row()
        for number, (group, keys) in enumerate(self.parts()):
            self.paragraph(self.headed(group, number))
            rows = self.rows_of(keys, self.per_row(), group)
            self.table(self.with_title(rows, total) if number == 0 else rows)
            for key in keys:
                self.mark(key, 'under a heading')

    def build_inline(self):
        """Label and value in one cell."""
        rows = []
        for group, keys in self.parts():
            row = []
            for key in keys:
                text = self.inline(key)
                if self.is_long(key):
                    if row:
                        row[-1].colspan = 2 if len(row) == 1 else 1
                        rows.append(row)
                    rows.append([inline_cell(text, [key], 2)])
                    row = []
                    continue
                if row and len(row) == 1 and self.chance(0.2) and row[0].colspan == 1 and len(row[0].keys) == 1 and key not in words.CHOICES:
                    row[0].paragraphs += text
                    row[0].keys.append(key)
                    self.mark(key, 'two pairs in a cell')
                    continue
                row.append(inline_cell(text, [key], 1))
                if len(row) == 2:
                    rows.append(row)
                    row = []
            if row:
                row[0].colspan = 2
                rows.append(row)
        if self.foot in ('row', 'rows'):
            row = [inline_cell(self.inline('filled_by'), ['filled_by'], 1), inline_cell(self.inline('filled_on'), ['filled_on'], 1)]
            rows.append(row)
        rows.append([cell('单位意见：同意。\n负责人签字：　　　日期：2018年8月20日', colspan=2)])
        self.no_spacer()
        self.table(self.with_title(rows, 2))

    def inline(self, key):
        trail, self.trail = self.trail, ''
        number, lead = self.number, self.lead
        label = self.label(key)
        self.trail = trail
        value = self.value(key)
        self.mark(key, 'label and value in one cell' if self.structure not in ('plain', 'bare') else 'line without a table')
        if not value:
            return [[label + self.colon]]
        return [[label + self.colon] + value[0]] + value[1:]

    def build_above(self):
        """Label above value."""
        rows = []
        total = 12
        for group, keys in self.parts():
            short = [k for k in keys if not self.is_long(k)]
            while short:
                n = min(len(short), self.rng.choice([2, 3, 4]))
                if len(short) - n == 1:
                    n += 1 if n < 4 else -1
                now, short = short[:n], short[n:]
                if n == 1:
                    pair = self.pair(now[0])
                    pair[0].colspan, pair[1].colspan = 4, 8
                    rows.append(pair)
                    continue
                cells = [self.pair(key) for key in now]
                extra = n < 4 and self.chance(0.15)
                if extra:
                    cells.insert(1, [cell(self.rng.choice(['所属行业', '证照有效期'])), cell(self.rng.choice(['文化传媒', '长期']))])
                    self.whole.add('unknown label in a header row')
                for label, value in cells:
                    label.colspan = value.colspan = total // len(cells)
                rows += [[c[0] for c in cells], [c[1] for c in cells]]
                for key in now:
                    self.mark(key, 'label above value')
            for key in (k for k in keys if self.is_long(k)):
                pair = self.pair(key)
                pair[0].colspan, pair[1].colspan = 3, 9
                rows.append(pair)
        self.no_spacer()
        foot = self.foot_rows(4)
        for row in foot:
            for c in row:
                c.colspan *= 3
        self.table(self.with_title(rows + foot, total))

    def build_plain(self):
        self.title_row = None
        for group, keys in self.parts():
            line = []
            for key in keys:
                paragraphs = self.inline(key)
                short = len(paragraphs) == 1 and not self.is_long(key) and key not in words.CHOICES
                if short and line and self.chance(0.3):
                    line = line + ['　　'] + paragraphs[0]
                    self.mark(key, 'two pairs in a line')
                    self.document['blocks'].append(('p', line))
                    line = []
                    continue
                if line:
                    self.document['blocks'].append(('p', line))
                    line = []
                if short:
                    line = paragraphs[0]
                else:
                    for p in paragraphs:
                        self.document['blocks'].append(('p', p))
            if line:
                self.document['blocks'].append(('p', line))

    def build_nested(self):
        rows = []
        for group, keys in self.parts():
            if group and self.chance(0.7):
                inner = self.rows_of(keys, self.rng.choice([1, 2]), group)
                rows.append([cell(self.group_title(group)), cell([], table=inner, colspan=3)])
                for key in keys:
                    self.mark(key, 'in a nested table')
            else:
                rows += self.rows_of(keys, 2, sticky=group)
        rows = rows + self.foot_rows(4)
        self.no_spacer()
        if self.chance(0.2):
            self.document['blocks'].append(('table', [[cell([], table=self.with_title(rows, 4))]]))
            self.whole.add('a table around the form')
        else:
            self.table(self.with_title(rows, 4))

    def build_operators(self):
        """Several people in rows; the first is the one in charge."""
        rows = []
        way = self.rng.choice(['group', 'section', 'numbered', 'own table'])
        self.whole.add('people ' + way)
        late = []
        for group, keys in self.parts():
            if group != 'manager':
                for row in self.rows_of(keys, 2, sticky=group):
                    row[0].colspan += 1
                    rows.append(row)
                continue
            keys = [k for k in keys if k != 'manager_title' or self.chance(0.5)]
            for key in keys:
                self.mark(key, 'people in rows')
            self.values['manager_name'] = self.values['manager_name'] or words.person(self.rng, self.pool)
            heads = [cell(self.label(k, 'manager')) for k in keys]
            first = [cell(self.value(k), keys=[k]) for k in keys]
            others = []
            for _ in range(self.rng.randint(1, 2)):
                more = words.values(self.rng, self.pool, self.kind)
                others.append([cell(more.get(k) or '') for k in keys])
            people = [heads, first] + others
            if way in ('numbered', 'own table'):
                for i, row in enumerate(people):
                    row.insert(0, cell('序号' if i == 0 else str(i)))
            if way == 'group':
                people[0].insert(0, cell(self.group_title('manager'), rowspan=len(people)))
                people = [self.fill_up(row, 5 if i == 0 else 4) for i, row in enumerate(people)]
                rows += people
            elif way == 'section':
                rows.append([cell(self.headed('manager', 2), colspan=5)])
                rows += [self.fill_up(row, 5) for row in people]
            elif way == 'numbered':
                rows.append([cell(self.headed('manager', 2), colspan=5)])
                rows += [self.fill_up(row, 5) for row in people]
            else:
                late = people
        foot = self.foot_rows(4)
        for row in foot:
            row[0].colspan += 1
        self.no_spacer()
        self.table(self.with_title(rows + foot, 5))
        if late:
            self.paragraph(self.headed('manager', 2))
            self.table(late)

    def fill_up(self, row, total):
        row[-1].colspan += max(0, total - sum(c.colspan for c in row))
        return row

    def people(self):
        """The two parties' fields that a matrix asks for: attribute labels, and the keys of each party."""
        attributes = [('姓名', 'name'), (self.rng.choice(['身份证号码', '身份证号', '证件号码']), 'id'), (self.rng.choice(['联系电话', '手机号码', '电话']), 'phone')]
        keys = {'legal': ['legal_name', 'legal_id', 'legal_phone'], 'manager': ['manager_name', 'manager_id', 'manager_mobile']}
        groups = [g for g in ('legal', 'manager') if keys[g][0] in words.LABELS[self.kind]]
        return attributes, [(g, keys[g]) for g in groups]

    def without_people(self):
        taken = {'legal_name', 'legal_id', 'legal_phone', 'manager_name', 'manager_id', 'manager_mobile'}
        rows = []
        for group, keys in self.parts():
            rest = [k for k in keys if k not in taken]
            if rest:
                rows += self.rows_of(rest, 2)
        return rows

    def build_matrix(self):
        """Parties in rows, what is asked of them in columns."""
        attributes, parties = self.people()
        rows = [[cell(self.rng.choice(['', '人员', '类别', '人员类别'])), *[cell(self.decorate('', a)) for a, _ in attributes]]]
        for group, keys in parties:
            for key in keys:
                self.mark(key, 'party in a row')
            rows.append([cell(self.decorate('', self.group_title(group))), *[cell(self.value(k), keys=[k]) for k in keys]])
        self.no_spacer()
        before = self.without_people()
        at = self.rng.choice([0, len(before)])
        self.table(self.with_title(before[:at] + rows + before[at:] + self.foot_rows(4), 4))

    def build_transposed(self):
        """Parties in columns, what is asked of them in rows."""
        attributes, parties = self.people()
        rows = [[cell(self.rng.choice(['', '项目'])), *[cell(self.decorate('', self.group_title(g)), colspan=1) for g, _ in parties]]]
        for i, (a, _) in enumerate(attributes):
            rows.append([cell(self.decorate('', a)), *[cell(self.value(keys[i]), keys=[keys[i]]) for _, keys in parties]])
            for _, keys in parties:
                self.mark(keys[i], 'party in a column')
        self.no_spacer()
        self.table(self.with_title(self.without_people() + self.foot_rows(4), 4))
        self.paragraph(' ')
        self.table(rows)

    def build_noted(self):
        """A third column that explains."""
        notes = ['与首页一致', '必填', '', '', '如实填写', '证件上的号码', '11位', '详细到门牌号', '单选', '没有的填“无”']
        rows = [[cell('项目'), cell('填写内容'), cell('填写说明')]] if self.chance(0.6) else []
        for group, keys in self.parts():
            for row in self.rows_of(keys, 1, sticky=group):
                rows.append(row + [cell(self.rng.choice(notes))])
        self.no_spacer()
        self.table(self.with_title(rows + self.foot_rows(3), 3))

    def build_counted(self):
        """A first column that counts."""
        rows = [[cell('序号'), cell(self.rng.choice(['项目', '登记事项', '内容项'])), cell(self.rng.choice(['内容', '填写内容', '登记内容']))]] if self.chance(0.6) else []
        count = 0
        for group, keys in self.parts():
            for row in self.rows_of(keys, 1, sticky=group):
                count += 1
                rows.append([cell(str(count))] + row)
        self.no_spacer()
        foot = self.foot_rows(3)
        self.table(self.with_title(rows + foot, 3))

    def build_beside(self):
        """Two parties side by side, each with its cell merged down."""
        attributes, parties = self.people()
        rows = []
        for i, (a, _) in enumerate(attributes):
            row = []
            for group, keys in parties:
                if i == 0:
                    row.append(cell(self.group_title(group), rowspan=len(attributes)))
                row += [cell(self.decorate('', a)), cell(self.value(keys[i]), keys=[keys[i]])]
                self.mark(keys[i], 'parties side by side')
            rows.append(row)
        self.no_spacer()
        others = self.without_people()
        self.table(self.with_title(others + self.foot_rows(4), 4))
        self.paragraph(' ')
        self.table(rows)

    def build_stacked(self):
        """One column: a row with the label, a row with the value."""
        rows = []
        for group, keys in self.parts():
            for key in keys:
                label, value = self.pair(key)
                rows += [[label], [value]]
                self.mark(key, 'label above value in one column')
        self.no_spacer()
        self.foot = 'below'
        self.table(self.with_title(rows, 1))

    def build_bare(self):
        """Lines without a colon: a tab, blanks or brackets part label and value."""
        way = self.rng.choice(['\t', '  ', '　　', '【】', '=', '：\t', '——'])
        self.whole.add('lines with ' + repr(way))
        self.number = self.lead = self.trail = self.padding = ''
        self.title_row = None
        for group, keys in self.parts():
            for key in keys:
                label = self.decorate(key, self.rng.choice(words.LABELS[self.kind][key]), plain=True)
                value = self.value(key)
                first = value[0] if value else ['']
                head = [f'【{label}】'] if way == '【】' else [label + way]
                self.document['blocks'].append(('p', head + first))
                for more in value[1:]:
                    self.document['blocks'].append(('p', more))
                self.mark(key, 'line without a colon')

    def places(self):
        """Where each value stands: key to (table, row, column), for values in tables."""
        found = {}
        for number, rows in enumerate(tables(self.document)):
            for r, column, c in grid(rows):
                for key in c.keys:
                    found[key] = (number, r, column)
        return found


def inline_cell(paragraphs, keys, colspan):
    return cell(paragraphs, colspan=colspan, keys=keys)
