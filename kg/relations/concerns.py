"""Legislation concerns reform/service: what the document is about."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.context import INITIATIVE, Scene, Sentence, firsts
from kg.meetings import beside
from kg.model import Mention, Relation, Topic
from kg.normalise.pattern import pattern

OFTEN = 3
OPENING = 2
ITEM = pattern(
    r"——|—|[一二三四五六七八九十]是|[（(][一二三四五六七八九十0-9]+[）)]|其[一二三四五六七八九]|第[一二三四五六七八九]，|[0-9一二三四五六七八九十]+[、.．]"
)
ITSELF = pattern(
    r"(?:这次|此次|本次)(?:修订|立法|出台)|新规|(?:这|该)[部份个项]?(?:法规|文件|条例|规定|办法|意见|方案|通知|草案)"
)
WRITTEN = pattern(
    r"[”’]?[^，。；“”]{0,6}(?:被|也|还|正式|首次|一并)*(?:写[入进]|载入|纳入)[^，。；]{0,3}(?:法条|条文|法规|条例|规定|立法|《)"
)
MEANS = pattern(
    r"(?:用好|依托|通过|利用|借助|登录|对接|接入|运用|经由|在)[^，。；、]{0,6}$|(?:用好|依托|通过|利用|借助|对接|接入)[^，。；]{0,30}[、和及]$"
)

SETS_OUT = pattern(  # 印发《…》，推广“三办”改革经验; 《…》对外公布，头一条就是推广…
    r"^[^。；]{0,30}?，[^。；]{0,12}?(?:提出|明确|要求|部署|推广|建立|推行|启动|实施|推进|深化|开展|支持|规定|决定|开始)[^。；《]{0,30}$"
)
FOLLOWS = pattern(r"[”’」]?[^，。；“”]{0,8}(?:就此|由此|从此|随之|随即|被?列[在入为])")  # 《…》印发，“三办”改革由此铺开
FAR = 75
"""How far behind a document the clauses reach that say what it sets out, in characters."""
AS = pattern(r"(?:^|[，；：])(?:按照?|根据|依据|依照)《?$")  # 按照|《…》|的要求，
BY = pattern(r"》?(?:的?(?:要求|规定|设计|部署|安排|说法|提法|目标))?，")
HEAD = pattern(r"(?:^|[，；：])《?$")  # 在平台方面，|《…》
SAYS = pattern(  # 《…》还要求…, 《条例》第二十三条…
    r"》?(?:（[^（）]*）)?(?:还|也|则|又|就|首次|专门|重点|进一步)*"
    r"(?:提出|要求|明确|规定|强调|部署|列出|聚焦|第[一二三四五六七八九十百0-9]{1,6}条)"
)
KINDS = r"(意见|方案|通知|办法|规定|条例|措施|规划|计划|决定)"
KIND = pattern(rf"{KINDS}(?:[（(].*)?$")
HEADLINE = pattern(rf"(?:出台|印发|发布|公布|下发|制定)[^，。：；]{{0,20}}?{KINDS}")  # 四部门出台实施意见：…
RULES = pattern(  # no report, list or statute book
    r"(?:意见|方案|通知|办法|规定|条例|措施|规则|决定|公告|规程|规范|协议)(?:[（(].*)?$"
)
COMMON = pattern(r"改革|试点|制度|服务|平台|建设|机制|工作|管理|行动|专项|综合|全面|[“”‘’]")
"""Words that the names of many reforms share."""
STEM = 4
"""How many characters in a row make a title and a reform's name kindred."""
NAME = 5
SLACK = 5
"""How short a reform's name may be, and how much longer the words may be that it is short for."""


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What its title names; what the sentences speak of whose subject it is, and for the document that an article is
    about the rest of their paragraph and the items listed below it; what is said to be written into it."""
    if not scene.of("legislation") or not scene.initiatives:
        return
    for legislation in scene.of("legislation"):
        for inner in scene.within(legislation, *INITIATIVE):
            yield Relation("concerns", legislation, inner, "", legislation.span, "concerns.title")
    yield from _short_for(scene)
    yield from _headline(scene)
    yield from _kindred(scene, topic)
    main = _main(scene)
    subject: Mention | None = None
    paragraph = -1
    for sentence in scene.sentences:
        documents = sentence.documents
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            if not ITEM.match(sentence.span.quote):
                subject = None
        opening = documents[0] if documents and documents[0].span.start - sentence.span.start <= OPENING else None
        opening = opening or next((d for d in documents if _speaks(sentence, d)), None)
        if opening is None and main is not None and ITSELF.search(sentence.span.quote):
            opening = main
        if opening is not None:
            subject = opening if main is not None and opening.value == main.value else None
        about = opening or subject
        if about is not None and about is not subject and next(scene.within(about, *INITIATIVE), None):
            about = None  # its title says what it is about
        if about is not None:
            for initiative in _treated(sentence):
                if initiative.span.end <= about.span.start and about in documents:
                    continue  # in front of the document that speaks
                yield Relation("concerns", about, initiative, "", initiative.span, "concerns.subject")
        elif main is not None or documents:
            yield from _written(sentence, main)
        if about is None and documents:
            yield from _set_out(scene, sentence)


def _main(scene: Scene) -> Mention | None:
    """The document that the article is about: named in the title, or most often and often."""
    documents = scene.of("legislation")
    if documents[0].span.start < len(scene.document.article.title):
        return documents[0]
    if len(documents) < OFTEN:
        return None
    value, count = Counter(m.value for m in documents).most_common(1)[0]
    return next(m for m in documents if m.value == value) if count >= OFTEN else None


def _speaks(sentence: Sentence, document: Mention) -> bool:
    """Whether a clause says what a document asks for: 在平台方面，《…》要求…; 按照《…》，…."""
    ahead, words = sentence.before(document, 4), sentence.after(document, 16)
    if AS.search(ahead):
        return BY.match(words) is not None
    return HEAD.search(ahead) is not None and SAYS.match(words) is not None


def _treated(sentence: Sentence) -> Iterator[Mention]:
    """The reforms of a sentence, and the services that it does not just use."""
    for initiative in sentence.initiatives:
        if not MEANS.search(sentence.before(initiative, 40)):
            yield initiative


def _written(sentence: Sentence, main: Mention | None) -> Iterator[Relation]:
    """综合窗口改革写入法条; 这一做法被写进《…》."""
    for initiative in sentence.initiatives:
        words = sentence.after(initiative, 24)
        match = WRITTEN.match(words)
        if match is None:
            continue
        end = initiative.span.end + match.end()
        named = next((d for d in sentence.documents if 0 <= d.span.start - end <= 1), main)
        if named is not None:
            yield Relation("concerns", named, initiative, "", sentence.span, "concerns.written")


def _set_out(scene: Scene, sentence: Sentence) -> Iterator[Relation]:
    """What clauses say a document sets out: 印发《…》，推广“三办”改革经验; 《…》签署，“三办”改革由此铺开."""
    documents = sentence.documents
    for at, document in enumerate(documents):
        named = next(scene.within(document, *INITIATIVE), None)
        for initiative in sentence.untitled(sentence.initiatives):
            if named is not None and initiative.kind == "service":
                continue  # what its title names comes with its own services
            if initiative.span.start - document.span.end > FAR:
                break
            between = sentence.between(document, initiative)
            if not between or "《" in between or "制定，" in between:
                continue
            if FOLLOWS.match(sentence.after(initiative, 16)) or SETS_OUT.match(between):
                if not MEANS.search(sentence.before(initiative, 40)):
                    for each in [document, *_listed(sentence, documents[:at], document)]:
                        yield Relation("concerns", each, initiative, "", sentence.span, "concerns.sets")
                break


def _listed(sentence: Sentence, before: Sequence[Mention], document: Mention) -> Iterator[Mention]:
    """The documents listed right before one: 《A》《B》施行，“三办”改革由此铺开."""
    for other in reversed(before):
        if not beside(sentence, other, document):
            return
        yield other
        document = other


def _headline(scene: Scene) -> Iterator[Relation]:
    """南川市出台实施意见：“三办”改革全面推开: the reforms of a title concern the document of that kind named first."""
    title = scene.document.article.title
    named = HEADLINE.search(title)
    if named is None or "《" in title:
        return
    for document in firsts(scene.of("legislation")):
        kind = KIND.search(str(document.value))
        if kind and kind.group(1) == named.group(1):
            for initiative in scene.initiatives:
                if initiative.span.end <= len(title) and initiative.kind == "reform":
                    yield Relation("concerns", document, initiative, "", initiative.span, "concerns.headline")
            return


def _kindred(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """A document whose title shares its words with the article's main reform and names none of its own: 《碳排放权登记
    管理规则》 where the article is about 全国碳排放权交易市场."""
    main = topic.initiative
    if main is None:
        return
    stems = [part[at : at + STEM] for part in COMMON.split(str(main.value)) for at in range(len(part) - STEM + 1)]
    for document in firsts(scene.of("legislation")) if stems else ():
        title = str(document.value)
        if not RULES.search(title) or next(scene.within(document, *INITIATIVE), None):
            continue
        for region in scene.within(document, "region"):
            title = title.replace(region.span.quote, "|")
        if any(stem in title for stem in stems):
            yield Relation("concerns", document, main, "", document.span, "concerns.kindred")


def _short_for(scene: Scene) -> Iterator[Relation]:
    """A document whose title spells out a reform's short name: 教育综合改革 of 《…深化教育领域综合改革的意见》."""
    reforms = [(m, m.span.quote.strip("“”")) for m in firsts(scene.initiatives) if m.kind == "reform"]
    reforms = [(reform, name) for reform, name in reforms if len(name) >= NAME]
    for document in firsts(scene.of("legislation")) if reforms else ():
        for reform, name in reforms:
            if _spelt_out(name, str(document.value)):
                yield Relation("concerns", document, reform, "", document.span, "concerns.short")


def _spelt_out(name: str, title: str) -> bool:
    """Whether a stretch of the title that is a little longer than a name has all of its characters in their order."""
    start = title.find(name[:2])
    while start >= 0:
        if _follows(name, title, start):
            return name not in title
        start = title.find(name[:2], start + 1)
    return False


def _follows(name: str, title: str, start: int) -> bool:
    """Whether the title has a name's characters in their order from some place on, with few others between them."""
    at = start
    for character in name:
        at = title.find(character, at) + 1
        if not at:
            return False
    return at - start <= len(name) + SLACK
