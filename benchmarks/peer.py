"""One peer on documents; runs in the peers' own environment, without this project. Called by benchmarks.peers:

    python peer.py NAME < documents.jsonl > answer.json

A document is {"id", "text", "published"?}; the answer has what the peer finds in each and its speed against jieba.
"""

import calendar
import json
import re
import sys
import time
import warnings
from datetime import datetime, timedelta
from statistics import median

ROUNDS = 3
SENTENCE = re.compile(r"[^。！？\n]+")
START = re.compile(r"[起来]$")  # 7月1日起, 去年以来


def jieba_(document):
    """People and bodies by part of speech."""
    from jieba import posseg

    found = {"Person": set(), "Agency": set()}
    for word, flag in posseg.lcut(document["text"]):
        kind = {"nr": "Person", "nt": "Agency"}.get(flag)
        if kind:
            found[kind].add(word)
    return found


def jionlp(document):
    """Times by rules, regions by its lexicon and tagger."""
    import jionlp as jio

    base = _base(document)
    found = {"Date": set(), "Region": set()}
    for one in jio.ner.extract_time(document["text"], time_base=base.timestamp(), with_parsing=True):
        if one["type"] in ("time_point", "time_span"):
            first, last = (str(day)[:10] for day in one["detail"]["time"])
            if START.search(one["text"]) and last == str(base)[:10]:
                last = _end(first, one["text"])
            if one["text"].endswith("前") and first == str(base)[:10]:
                first = ""
            found["Date"].add(f"{first}/{last}")
    for place, _ in (jio.recognize_location(document["text"]) or {}).get("domestic") or ():
        found["Region"].add("|".join(place.get(level) or "" for level in ("province", "city", "county")))
    return found


def _end(first, words):
    """The last day of what begins then: of the year, the month or the day, as the words say."""
    day = datetime.fromisoformat(first)
    if "日" in words:
        return first
    if "月" in words:
        return str(day.replace(day=calendar.monthrange(day.year, day.month)[1]))[:10]
    return f"{day.year}-12-31"


def cpca_(document):
    """Regions of each sentence, by code."""
    import cpca

    codes = set()
    for sentence in SENTENCE.findall(document["text"]):
        try:
            table = cpca.transform_text_with_addrs(sentence)
        except KeyError:  # what it does with a text that has no region
            continue
        codes.update(str(code) for code in table["adcode"] if code and str(code) != "nan")
    return {"Region": codes}


def recognizers(document):
    """Dates (of several readings the one nearest to the day of publication) and numbers outside them."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_text import Culture

    base, text = _base(document), document["text"]
    dates, values, covered = set(), set(), set()
    for one in recognize_datetime(text, Culture.Chinese, reference=base):
        covered.update(range(one.start, one.end + 1))
        spans = [_span(value) for value in (one.resolution or {}).get("values", [])]
        spans = [span for span in spans if span]
        if spans:
            dates.add(min(spans, key=lambda span: abs(datetime.fromisoformat(span[-10:]) - base)))
    for one in [*recognize_number(text, Culture.Chinese), *recognize_percentage(text, Culture.Chinese)]:
        value = str((one.resolution or {}).get("value") or "").rstrip("%")
        if value and covered.isdisjoint(range(one.start, one.end + 1)):
            values.add(float(value))
    return {"Date": dates, "Indicator": values}


def _span(value):
    """A reading -> first and last day; empty if it is no date."""
    if value["type"] in ("date", "datetime"):
        day = value.get("value", "")[:10]
        return f"{day}/{day}" if re.match(r"\d{4}-\d\d-\d\d", day) else ""
    if value["type"] == "daterange" and "start" in value and "end" in value:
        last = datetime.fromisoformat(value["end"]) - timedelta(days=1)
        return f"{value['start']}/{str(last)[:10]}"
    return ""


def _base(document):
    return datetime.fromisoformat(document.get("published") or "2021-01-01")


PEERS = {
    "jieba": (jieba_, "jieba"),
    "jionlp": (jionlp, "jionlp"),
    "cpca": (cpca_, "cpca"),
    "recognizers-text": (recognizers, "recognizers-text-suite"),
}
"""Name -> what it finds, and the package that has its version."""


def main():
    """Answers on standard output; what the peers print goes to standard error."""
    warnings.filterwarnings("ignore")
    answer, sys.stdout = sys.stdout, sys.stderr
    from importlib.metadata import version

    import jieba

    find, package = PEERS[sys.argv[1]]
    documents = [json.loads(line) for line in sys.stdin]
    jieba.initialize()
    found = [find(document) for document in documents]
    ratios = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for document in documents:
            jieba.lcut(document["text"])
        between = time.process_time()
        for document in documents:
            find(document)
        ratios.append((between - began) / (time.process_time() - between))
    kinds = [{kind: sorted(values) for kind, values in one.items()} for one in found]
    report = {"version": version(package), "ratio_to_jieba": round(median(ratios), 3), "found": kinds}
    json.dump(report, answer, ensure_ascii=False)


if __name__ == "__main__":
    main()
