"""Meetings that decide: which body met and when, as long as the text goes on speaking of it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.context import Scene, Sentence
from kg.model import Mention
from kg.normalise.pattern import pattern

MEETS = pattern(  # 省政府第4次常务会议, 湖南省政府召开常务会议, 市委深改委第三次会议
    r"(?:[^，。；、]{0,10}(?:召开|举行|主持)[^，。；]{0,4}|党组)?(?:[0-9]{4}年(?:度)?)?(?:第[^，。；]{1,8}次)?[^，。；、的]{0,4}(?:会议|全会)(?!室|中心|精神|要求)"
)
ADOPTING = pattern(  # 会议原则通过《…》, 会议批准了5件法规，分别是《…》
    r"会议[^，。；]{0,8}(?:通过|同意|审定|批准)(?:[^，。；]{0,3}|了?[^，。；]{0,20}，(?:分别是|分别为|即|包括))《?$"
)
PASSING = pattern(r"(?:讨论|审议|表决|原则)(?:并|原则|并原则)?通过了?[^，。；]{0,3}《?$")  # 会议讨论…；通过《…》
LISTED = pattern(r"》?(?:[（(][^（）()]*[）)])*(?:[、和及与]|以及)?《?")  # 《A》（国办发〔2021〕1号）和《B》
ADOPTED = pattern(r"》?(?:获得?|已获|被)[^，。；]{0,4}通过")  # 《…》获得通过
THROUGH = pattern(r"》?[^，。；]{0,24}?经[^，。；]{0,30}(?:同意|通过)")  # 《…》已经市政府第72次常务会议同意


class Meeting(NamedTuple):
    """A body that met, and when if its sentence says so."""

    agency: Mention
    time: Mention | None
    sentence: Sentence


def beside(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Whether one document stands right behind another in a list of them."""
    return first.span.end <= second.span.start and LISTED.fullmatch(sentence.between(first, second)) is not None


@lru_cache(maxsize=1)
def decisions(scene: Scene) -> tuple[tuple[Meeting, Sentence, Mention], ...]:
    """The documents that a meeting adopted: the meeting, the sentence that says so, the document."""
    found: list[tuple[Meeting, Sentence, Mention]] = []
    meeting: Meeting | None = None
    for sentence in scene.telling:
        met = _meeting(sentence)
        if met and (met.time or meeting is None or met.agency.value != meeting.agency.value):
            meeting = met
        if meeting:
            documents = list(_decided(sentence, meeting))
            found += [(meeting, sentence, document) for document in documents]
    return tuple(found)


def _meeting(sentence: Sentence) -> Meeting | None:
    for agency in sentence.agencies:
        if MEETS.match(sentence.after(agency, 24)):
            before = [t for t in sentence.times if t.span.end <= agency.span.start]
            after = [t for t in sentence.times if t.span.start >= agency.span.end and not _from(t)]
            return Meeting(agency, next(iter((*before[::-1], *after)), None), sentence)
    return None


def _from(time: Mention) -> bool:
    """Whether it says from when: 审议通过，从|6月1日起|施行."""
    return str(time.value).endswith("/..")


def _decided(sentence: Sentence, meeting: Meeting) -> Iterator[Mention]:
    """The documents of a sentence that the meeting adopted, and those listed with them."""
    last: Mention | None = None
    for document in sentence.documents:
        listed = last is not None and beside(sentence, last, document)
        last = document if listed or _decides(sentence, document, meeting) else None
        if last:
            yield last


def _decides(sentence: Sentence, document: Mention, meeting: Meeting) -> bool:
    if ADOPTING.search(sentence.before(document, 40)):
        return True
    if sentence is meeting.sentence and PASSING.search(sentence.before(document, 12)):
        return meeting.agency.span.end < document.span.start
    behind = sentence.after(document, 60)
    inside = sentence is meeting.sentence and meeting.agency.span.start > document.span.end
    return (THROUGH if inside else ADOPTED).match(behind) is not None
