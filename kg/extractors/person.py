"""Named persons of the story: by post (国务院总理李克强), by what they do (倪虹强调), in lists, by form.

A mention's value is the name. Reporters and editors are no persons of the story, wherever their names stand.
A name found once is found everywhere in the text.
"""

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import chain

from kg import catalogue
from kg.model import Document, Mention, Span
from kg.normalise import anonymous_name, foreign_name, person_name, post
from kg.normalise.pattern import pattern
from kg.normalise.person_name import Name
from kg.normalise.wordlist import alternation
from kg.roster import (
    CERTAIN,
    CLAUSE,
    EMPLOYED,
    IN_TURN,
    LIST,
    LIST_AND,
    POST,
    POST_CLOSED,
    POST_VERB,
    ROLE,
    SURE,
    Find,
    Page,
    counted,
    listed,
)

HAN = "一-鿿"
GAP, GAPS = pattern(r"[ 　：:]{0,2}"), frozenset(" 　：:")
TOLD = pattern(  # 创业青年王芳告诉记者; 某研究院王芳认为
    r"告诉记者|对记者说|向记者|介绍说|坦言|感慨|笑着说|高兴地说|说[，,：:。“道]|认为|指出|表示|分析称"
)
EMPLOYER = frozenset("院所心司团券学行局会社业队校")
SCORED = pattern(  # 江川得到22分
    r"(?:得到|砍下|拿下|贡献|轰下|攻入|打进|打入|送出|抢下|摘下)[^，。\n]{0,10}?[0-9一二两三四五六七八九十]+"
    r"(?:分|球|记|个进球|粒|个篮板|次助攻)"
)
AGAINST = pattern(r"比(?=[0-9])")  # 樊振东4比1
BEATEN = pattern(r"(?:战胜|击败|不敌|力克|负于|淘汰|横扫|对阵|迎战)")
DIGITS = "0123456789"
COUNT = "等0123456789两二三四五六七八九十多数几"
CLOSED = pattern(  # what may close a list of names: 4人, 等, 等5人, 犯
    rf"[0-9等犯](?<=[{HAN}].)(?:(?<=[0-9])[0-9]*人|(?<=等)(?:[0-9]*人|(?=[{HAN}]))|(?<=犯))"
)
ROW = pattern(rf"(?:^|[，。；：\n　 ])(?=((?:[{HAN}]{{2,4}}、){{3,}}))")  # 江川、戴卿尧、张景胤、袁党毅悉数上场
PAIR = pattern(rf"/(?=[{HAN}])")  # 夏筱竹/裘若彤
CAPTION = pattern(r"[（(](?:前排|后排)?[左右中前后][一二三四五六]?[）)]")  # 李明（右一）
CAPTIONS = ("（左", "（右", "（中", "（前", "（后", "(左", "(右", "(中", "(前", "(后")
ATTENDED = pattern(r"等?(?:领导|同志|[0-9一二三四五六七八九十]+人)?(?:分别|一同|一起|也)?(?:参加|出席|陪同|列席|参与)")
APPOSED = pattern(  # （某市某局局长）; 周岚，园区党工委委员、管委会副主任 as a line of its own
    rf"[，,（(](?:[{HAN}]{{3,24}}(?=[，,。）)])|[{HAN}、]{{3,36}}(?=\n|$))"
)
LIFE = pattern(r"(?:，|（)(?:男|女|19[3-9][0-9]年|20[01][0-9]年)(?=[，,、）]|生|出生|[0-9]{1,2}月)")  # 周岚，女，
LIVES = ("，男", "，女", "（男", "（女", "年生", "月生", "日生", "出生")
APPOINTED = pattern(r"(?:任命|免去|选举|补选|决定|同意|接受|提名)(?=[一-鿿]{2,4}(?:、|和|同志|为|任|的|辞去|担任))")
TAKES = pattern(  # 江立新|任庭长, 夏立林不再|担任, 孙伟|为秘书长; what is held is checked after it
    r"(?:[担兼出接转升改调卸历]任|当选为?|当上了?|卸下|请求辞去|申请辞去|辞去|被免去|任|为)(?![务何职期意性命教用由])"
)
AND_THEN = pattern(r"(?:不再|不|同时|继续|将|则|均|仍)$")
OFFICES = ("一职", "职务")
OFFICE_OF = pattern(r"的(?=[^，。；、的\n]{2,24}(?:一职|职务))")  # 米立峰|的厅长职务
TAKER_BEFORE = pattern(  # 任命甲任某局局长，|农融任某办副主任
    r"(?:任|担任|为)[^，。；：、\n]{2,24}[长任记员席事裁][，；]$|(?:任命|免职|免去|职务)[^，。；、\n]{0,6}：$"
)
BY = ("担任", "兼任", "接任", "出任")
HELD = pattern(r"[^，。；、：的\n]{2,24}?(?=(?:一职|职务|[，。；、的\n]|$))")
TAKER = pattern(r"(?:[接担出升]任|任)[^，。；\n]{2,24}的是")  # 接任主任的是|杨立新
DOCTRINE = pattern(r"新时代中国特色|[^，。、]{0,3}思想|理论")  # 习近平新时代中国特色社会主义思想
TOWN = frozenset("镇乡村")
COPULAS = ("是", "为", "系")
OFFICIAL = ("state", "party", "company", "academic")
NO_CUE = ("press", "honorific", "word")


@cache
def _firsts() -> frozenset[str]:
    return person_name.firsts() | foreign_name.firsts()


@cache
def _abroad() -> re.Pattern[str]:
    """A foreign country before a title: 美国财政部长耶伦."""
    return pattern(alternation(catalogue.words("countries")))


@cache
def _clause_start() -> re.Pattern[str]:
    """The mark before a clause that begins with what may be a surname."""
    return pattern(rf"[。！？；：，、\n”》）)!?;:, 　](?={person_name.opening()})")


@cache
def _opening() -> re.Pattern[str]:
    return pattern(person_name.opening())


def _clauses(text: str) -> Iterator[tuple[int, bool]]:
    """Where clauses begin with what may be a surname, and whether that is where a line begins."""
    if _opening().match(text):
        yield 0, True
    for match in _clause_start().finditer(text):
        yield match.end(), match.group() == "\n"


@cache
def _kind() -> re.Pattern[str]:
    """林农罗新旺, 潼南人谢志远, 开店的罗伟强."""
    return pattern(rf"[的人农员师手户友客匠兵者](?={person_name.opening()})")


def _foreign_after(page: Page, title: post.Found, at: int, name: Name | None) -> int:
    """Where a foreign name that follows a title ends; `at` if none does: 总统普京, 外援佐伯美咲."""
    text = page.text
    if text[at] not in foreign_name.firsts() or (name and name.follower and page.fits(name, CLAUSE)):
        return at
    run = foreign_name.run_end(text, at)
    abroad = run - at > 1 and (
        title.title.kind == "foreign" or _abroad().search(text, max(0, title.end - 12), title.end)
    )
    if not abroad or not person_name.follower(text, run):
        japanese = foreign_name.japanese_end(text, at)
        if japanese > at and not (name and name.follower and page.fits(name, LIST)):
            return japanese
    long = 2 if abroad or title.title.kind == "sport" else 4
    good = run - at >= long and text[run : run + 1] not in "·•・" and person_name.follower(text, run)
    return run if good else at


def _by_post(page: Page) -> Iterator[Find]:
    """国务院总理李克强; 市领导边峰、侯晓滨; 总统普京."""
    text = page.text
    firsts = _firsts()
    for found in page.titles:
        title = found.title
        at = found.end
        if text[at : at + 1] in GAPS:
            gap = GAP.match(text, at)
            at = gap.end() if gap else at
        if text[at : at + 1] in COPULAS and title.kind in OFFICIAL:
            is_name = person_name.name_at(text, at + 1)
            if is_name and is_name.follower == "stop" and page.fits(is_name, CLAUSE):
                yield Find(is_name.start, is_name.end, "person.post")
                yield from listed(page, is_name.end, "person.list")
            continue
        if text[at : at + 1] not in firsts or title.kind in NO_CUE or post.inside(text, at):
            continue
        name = person_name.name_at(text, at)
        run = _foreign_after(page, found, at, name)
        if run > at:
            yield Find(at, run, "person.post")
            continue
        speaker = page.speaker_at(at) if title.kind in OFFICIAL and at == found.end else at
        if speaker > at:
            yield Find(at, speaker, "person.post")
            yield from listed(page, speaker, "person.list")
            continue
        if name is None:
            continue
        if title.kind in ("role", "cue") or at > found.end:
            least = (ROLE if text[found.end : at] in ("", " ", "　") else CLAUSE) if name.follower else SURE
            good = page.fits(name, least)
        elif name.follower in ("speech", "act", "office"):
            good = page.fits(name, POST_VERB[name.end - name.start > 2], place=True) or page.fits_saying(name)
        else:
            closed = name.follower == "stop" and title.kind in OFFICIAL  # 省教育厅厅长|程艺|，
            least = POST_CLOSED if closed else POST if name.follower else LIST
            good = page.fits(name, least, place=bool(name.follower))
        if good:
            yield Find(name.start, name.end, "person.post")
            yield from listed(page, name.end, "person.list")


def _by_title(page: Page) -> Iterator[Find]:
    """王毅国务委员; 习近平总书记; 张三、李四两位主攻."""
    text = page.text
    for found in page.titles:
        start = found.start
        if found.title.after and start and person_name.is_chinese(text[start - 1]):
            name = page.name_before(start)
            if name and page.fits(name, CLAUSE if name.follower else SURE):
                yield Find(name.start, name.end, "person.title")
        before = text[start - 1 : start]
        if before == "等" or (before in ("位", "名") and text[start - 2 : start - 1] in COUNT):
            yield from counted(page, len(text[: start - (before != "等")].rstrip(COUNT)))


def _by_clause(page: Page) -> Iterator[Find]:
    """倪虹强调; 李强主持召开; 张三：."""
    text = page.text
    walked = 0
    """How far the lists reach that have been looked at: an item of one begins no other."""
    for start, opens_line in _clauses(text):
        name = person_name.name_at(text, start, CLAUSE)
        if name is None or not name.follower:
            continue
        if page.fits(name, CLAUSE) and _apposed(text, name.end):
            yield Find(name.start, name.end, "person.apposed")
        colon = text[name.end : name.end + 1] in ("：", ":")
        answers = colon and opens_line
        sure = name.follower == "act" or colon
        sure = sure or name.score == person_name.KNOWN
        least = SURE if sure else CERTAIN
        if answers or (name.follower in ("speech", "office") and not sure):
            least = CLAUSE
        if (sure or name.follower != "stop") and page.fits(name, least):
            yield Find(name.start, name.end, "person.clause")
        elif start >= walked and text[name.end : name.end + 1] == "、" and page.fits(name, CLAUSE):
            names = [Find(name.start, name.end, "person.list"), *listed(page, name.end, "person.list")]
            walked = names[-1].end
            if len(names) > 2 and ATTENDED.match(text, walked):
                yield from names


def _by_list(page: Page) -> Iterator[Find]:
    """刘东升、王丽琼、马刚犯玩忽职守罪; 丰配友、杨克古、高鹏等交替领跑: three or more, and what closes the list; or
    four or more, and nothing else among them."""
    for match in CLOSED.finditer(page.text):
        found = list(counted(page, match.start()))
        likely = [find for find in found if person_name.score(page.text[find.start : find.end]) >= CLAUSE]
        if len(found) > 2 and len(likely) > 1:
            yield from found
    end = 0
    for match in ROW.finditer(page.text):
        first = person_name.name_at(page.text, match.end(), LIST) if match.end() >= end else None
        if first and page.fits(first, LIST):
            found = [Find(first.start, first.end, "person.list"), *listed(page, first.end, "person.list")]
            likely = [find for find in found if person_name.score(page.text[find.start : find.end]) >= CLAUSE]
            if len(found) >= match.group(1).count("、") and 2 * len(likely) > len(found):
                yield from found
                end = found[-1].end


def _by_game(page: Page) -> Iterator[Find]:
    """江川得到22分; 樊振东4比1; 战胜林高远: only in texts about players."""
    text = page.text
    if not any(found.title.kind == "sport" for found in page.titles):
        return
    for match in SCORED.finditer(text):
        name = page.name_before(match.start())
        if name and page.fits(name, LIST if name.follower else LIST_AND, place=bool(name.follower)):
            yield Find(name.start, name.end, "person.score")
    for match in AGAINST.finditer(text):
        name = page.name_before(len(text[: match.start()].rstrip(DIGITS)))
        if name and page.fits(name, SURE):
            yield Find(name.start, name.end, "person.score")
    for match in BEATEN.finditer(text):
        beaten = person_name.name_at(text, match.end(), SURE)
        if beaten and beaten.follower and page.fits(beaten, SURE):
            yield Find(beaten.start, beaten.end, "person.score")


def _apposed(text: str, end: int) -> bool:
    """Whether a post in apposition follows a name: 周岚，某市某局局长。"""
    match = APPOSED.match(text, end)
    title = post.ending_at(text, match.end()) if match else None
    return title is not None and title.kind in ("state", "party", "company", "academic")


def _by_words(page: Page, known: Container[str]) -> Iterator[Find]:
    """创业青年王芳告诉记者; 某研究院严跃进认为; 林农罗新旺在: names that no post points to."""
    text = page.text
    for match in TOLD.finditer(text):
        name = page.name_before(match.start())
        if name is None or text[name.start : name.end] in known:
            continue
        employed = text[name.start - 1] in EMPLOYER
        if page.fits(name, EMPLOYED if employed else CLAUSE if name.follower else SURE):
            yield Find(name.start, name.end, "person.told")
    for match in _kind().finditer(text):
        name = person_name.name_at(text, match.end(), CLAUSE)
        if name is None or not name.follower or post.ending_at(text, name.start):
            continue
        native = match.group() == "人" and match.start() in page.regions.values()
        town = text[name.end - 1] in TOWN and name.end - name.start > 2  # 城南的黎家镇
        if not town and page.fits(name, CLAUSE if native else SURE) and (native or match.group() != "人"):
            yield Find(name.start, name.end, "person.kind")


def _by_office(page: Page) -> Iterator[Find]:
    """江立新任第三巡回法庭庭长; 接任办公厅主任的是杨立新; 组长分别是焦立成、吴新民."""
    text = page.text
    of = OFFICE_OF.finditer(text) if any(map(text.__contains__, OFFICES)) else ()
    for match in chain(TAKES.finditer(text), of):
        then = AND_THEN.search(text, max(0, match.start() - 2), match.start())
        name = page.name_before(then.start() if then else match.start())
        listed_so = name and TAKER_BEFORE.search(text, max(0, name.start - 30), name.start)
        if not (name and name.follower and page.fits(name, POST_CLOSED if listed_so else LIST)):
            continue
        held = HELD.match(text, match.end())
        by = text[name.start - 1 : name.start] == "由" and match.group() in BY  # 局长由|朱志成|担任
        if by or (held and post.ending_at(text, held.end())):
            yield Find(name.start, name.end, "person.office")
            yield from counted(page, name.end)
    for match in TAKER.finditer(text):
        name = person_name.name_at(text, match.end())
        if name and name.follower and page.fits(name, CLAUSE) and post.ending_at(text, match.end() - 2):
            yield Find(name.start, name.end, "person.office")
    for match in IN_TURN.finditer(text):
        name = person_name.name_at(text, match.end())
        if name and name.follower and page.fits(name, CLAUSE) and post.ending_at(text, match.start()):
            yield Find(name.start, name.end, "person.office")
            yield from listed(page, name.end, "person.list")


def _by_form(page: Page) -> Iterator[Find]:
    """托玛·崔昂福; 钟某江; 夏筱竹/裘若彤; 李明（右一）; 周岚，女，1970年生; 任命张三为."""
    text = page.text
    for start, end in foreign_name.dotted(text):
        yield Find(start, end, "person.foreign")
    for start, end in anonymous_name.places(text):
        yield Find(start, end, "person.anonymous")
    for match in PAIR.finditer(text):
        one, other = page.name_before(match.start()), person_name.name_at(text, match.end())
        if one and other and page.fits(one, LIST_AND) and page.fits(other, LIST_AND):
            yield Find(one.start, one.end, "person.pair")
            yield Find(other.start, other.end, "person.pair")
    for match in CAPTION.finditer(text) if any(map(text.__contains__, CAPTIONS)) else ():
        name = page.name_before(match.start())
        if name and page.fits(name, LIST if name.follower else CLAUSE):
            yield Find(name.start, name.end, "person.caption")
    for match in LIFE.finditer(text) if any(map(text.__contains__, LIVES)) else ():
        name = page.name_before(match.start())
        if name and name.follower and page.fits(name, POST_CLOSED):
            yield Find(name.start, name.end, "person.life")
    for match in APPOINTED.finditer(text):
        at = person_name.name_at(text, match.end())
        if at and at.follower and page.fits(at, LIST):
            yield Find(at.start, at.end, "person.appointed")
            yield from listed(page, at.end, "person.list")


def extract(document: Document) -> Iterator[Mention]:
    """Every mention of every person of the story."""
    text = document.article.text
    page = Page(text)
    rules: dict[str, dict[int, str]] = {}
    by_cue = (_by_post, _by_title, _by_form, _by_clause, _by_office, _by_list, _by_game)
    finds = chain.from_iterable(rule(page) for rule in by_cue)
    for find in chain(finds, _by_words(page, rules)):
        name = text[find.start : find.end]
        if name not in page.press and page.open(find.start, find.end):
            rules.setdefault(name, {}).setdefault(find.start, find.rule)
    for name in [name for name in rules if len(name) == 3 and _goes_on(text, name, rules)]:
        del rules[name]
    for start, end in _everywhere(text, rules):
        name = text[start:end]
        if page.open(start, end) and not DOCTRINE.match(text, end):
            yield Mention("person", Span(start, end, name), name, rules[name].get(start, "person.repeat"))


def _goes_on(text: str, name: str, names: Container[str]) -> bool:
    """Whether the last character is none of the name: 刘玉|一审获刑 where the text has 刘玉 much oftener."""
    short = name[:2]
    return short in names and text.count(short) > 2 * text.count(name)


def _everywhere(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Every place of every name, in order; a name inside a longer one is left out."""
    places = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            places.append((start, start + len(name)))
            start = text.find(name, start + len(name))
    last = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= last:
            yield start, end
            last = end
