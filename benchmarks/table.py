"""Writes the tables of the last measurements into README.md and docs/scale.md.

They stand between `<!-- bench -->`, `<!-- peers -->`, `<!-- builds -->` or `<!-- sizing -->` and `<!-- end -->`.

python -m benchmarks.table
"""

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGES = (HERE.parent / "README.md", HERE.parent / "docs" / "scale.md")
RESULTS = HERE / "results"
SIZES = (20_000, 1_000_000, 100_000_000, 1_000_000_000)
"""Articles in the table of sizes."""
SCALES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (0.0, ""))


def main() -> None:
    """Brings the blocks up to date that the pages have and results exist for."""
    for page in PAGES:
        if page.exists():
            before = page.read_text(encoding="utf-8")
            after = updated(before)
            if after != before:
                page.write_text(after, encoding="utf-8")


def updated(text: str) -> str:
    """A page with the tables of the last results."""
    for name, file, made in (
        ("bench", "bench", bench),
        ("peers", "peers", peers),
        ("sizing", "bench", sizing),
        ("builds", "bench", builds),
    ):
        results = RESULTS / f"{file}.json"
        if results.exists():
            text = replaced(text, name, "\n".join(made(json.loads(results.read_text(encoding="utf-8")))))
    return text


def replaced(text: str, name: str, lines: str) -> str:
    """The text with these lines between its markers; as it was if it has none."""
    block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    return block.sub(lambda match: f"{match[1]}\n{lines}\n\n{match[2]}", text)


def grid(head: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table; all columns but the first to the right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def bench(found: dict[str, Any]) -> list[str]:
    """The table of speed."""
    rows: list[list[str]] = []
    if speed := found.get("stages"):
        rows += [
            ["HTML file to N-Quads bytes, one core", f"{speed['characters_a_second']:,} characters/s"],
            ["", f"{speed['articles_a_second']:,} articles/s, {speed['quads_a_second']:,} quads/s"],
            ["`jieba.lcut` alone, same text, same run", f"{speed['jieba_characters_a_second']:,} characters/s"],
            ["**ratio to `jieba.lcut`**", f"**{speed['ratio_to_jieba']}**"],
        ]
    rows += _builds(found)
    if start := found.get("startup"):
        rows.append(
            [
                "`kg extract` on a sentence",
                f"{start['kg extract']} s, {start['ratio to libraries and names']} × libraries and names alone",
            ]
        )
    machine = next(part["machine"] for part in found.values())
    made = f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}"
    return [*grid(["measure", "value"], rows), "", f"Measured on {made}, by `sh .ci/task bench`."]


def builds(found: dict[str, Any]) -> list[str]:
    """The table of what builds of whole folders take."""
    return grid(["measure", "value"], _builds(found))


def _builds(found: dict[str, Any]) -> list[list[str]]:
    rows: list[list[str]] = []
    if builds := found.get("builds"):
        one = builds["one worker"]
        size = f"{one['articles']:,} articles"
        rows += [
            [f"`kg build` of {size}, one worker", f"{one['articles_a_second']} articles/s"],
            ["two workers against one", f"{builds['speed of two workers']}"],
            ["two against one, until the files are written", f"{builds['reading and extracting']['two against one']}"],
            *_later(builds["later builds"], size),
            ["loading the store in bulk", f"{builds['load']['quads_a_second']:,} quads/s"],
            ["slowest named query", _slowest(builds["queries"])],
        ]
    if memory := found.get("memory"):
        for name in (name for name in memory if name.endswith(" articles")):
            built = memory[name]
            peak = f"{built['peak_memory_mb']:,.0f} MB"
            rows.append(
                [
                    f"`kg build` of {built['articles']:,} articles: time, peak memory",
                    f"{built['seconds']:,.0f} s, {peak}",
                ]
            )
        rows += _later(memory["later builds"], f"{memory['later builds']['articles']:,} articles")
    return rows


def _later(found: dict[str, Any], size: str) -> list[list[str]]:
    shares = {name: one["share_of_full"] for name, one in found.items() if isinstance(one, dict)}
    return [[f"later build of {size}, {name}", f"{100 * share:.1f} % of a full one"] for name, share in shares.items()]


def sizing(found: dict[str, Any]) -> list[str]:
    """The table of what corpora of several sizes take, from what an article takes."""
    speed, built = found.get("stages"), found.get("builds", {}).get("one worker")
    if not speed:
        return []
    size = speed["bytes_an_article"]
    store = built["store_bytes"] / built["articles"] if built else 0
    rows = [
        [
            f"{number:,}",
            _round(number * speed["quads_an_article"], ""),
            _round(number * size, "B"),
            _round(number * size * speed["bytes_compressed_to"], "B"),
            _round(number * store, "B") if store else "–",
            _hours(number / speed["articles_a_second"]),
        ]
        for number in SIZES
    ]
    head = ["articles", "quads", "N-Quads", "gzipped", "our store", "time of one core"]
    characters = round(speed["characters"] / speed["articles"])
    told = f"An article of {characters} characters gives {speed['quads_an_article']} quads, {size / 1000:.0f} kB."
    return [*grid(head, rows), "", told]


def _round(number: float, unit: str) -> str:
    """A large number as one reads it."""
    scale = next(scale for scale in SCALES if number >= scale[0])
    return f"{number / scale[0]:.3g} {scale[1]}{unit}".strip()


def _hours(seconds: float) -> str:
    units = ((86400, "days"), (3600, "h"), (60, "min"))
    size, unit = next((one for one in units if seconds >= 2 * one[0]), units[-1])
    return f"{seconds / size:,.1f} {unit}"


def _slowest(queries: dict[str, float]) -> str:
    name = max(queries, key=lambda name: queries[name])
    return f"{queries[name]:.2f} s (`{name}`)"


def peers(found: dict[str, Any]) -> list[str]:
    """The table of precision, recall and F1 by kind, a column a program; and the speed."""
    names = list(found["programs"])
    kinds = [kind for kind in found["kinds"] if any(kind in found["programs"][name]["scores"] for name in names)]
    rows = []
    for kind in kinds:
        scores = [found["programs"][name]["scores"].get(kind) for name in names]
        cells = [f"{s['precision']:.2f} / {s['recall']:.2f} / **{s['f1']:.2f}**" if s else "–" for s in scores]
        rows.append([kind, *cells])
    speeds = [found["programs"][name].get("ratio_to_jieba") for name in names]
    rows.append(["characters a second, × `jieba.lcut`", *(f"{speed:.2f}" if speed else "–" for speed in speeds)])
    head = ["precision / recall / F1", *(f"{name} {found['programs'][name]['version']}" for name in names)]
    return [
        *grid(head, rows),
        "",
        f"{found['documents']} articles, on which our rules were developed: they flatter us, not the peers. "
        "`python -m benchmarks.peers GOLD` measures.",
    ]


if __name__ == "__main__":
    main()
