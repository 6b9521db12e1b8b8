"""Legislation concerns reform/service: what the document is about."""

from collections import Counter
from collections.abc import Iterator

from kg.context import INITIATIVE, Scene, Sentence
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


def relate(scene: Scene, topic: Topic) -> Iterator[Relation]:
    """What its title names; what the sentences speak of whose subject it is, and for the document that an article is
    about the rest of their paragraph and the items listed below it; what is said to be written into it."""
    if not scene.of("legislation") or not scene.initiatives:
        return
    for legislation in scene.of("legislation"):
        for inner in scene.within(legislation, *INITIATIVE):
            yield Relation("concerns", legislation, inner, "", legislation.span, "concerns.title")
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
        if opening is None and ITSELF.search(sentence.span.quote):
            opening = main
        if opening is not None:
            subject = opening if main is not None and opening.value == main.value else None
        about = opening or subject
        if about is not None and about is not subject and next(scene.within(about, *INITIATIVE), None):
            about = None  # its title says what it is about
        if about is not None:
            for initiative in _treated(sentence):
                yield Relation("concerns", about, initiative, "", initiative.span, "concerns.subject")
        elif main is not None or documents:
            yield from _written(sentence, main)


def _main(scene: Scene) -> Mention | None:
    """The document that the article is about: named in the title, or most often and often."""
    documents = scene.of("legislation")
    if documents[0].span.start < len(scene.document.article.title):
        return documents[0]
    if len(documents) < OFTEN:
        return None
    value, count = Counter(m.value for m in documents).most_common(1)[0]
    return next(m for m in documents if m.value == value) if count >= OFTEN else None


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
