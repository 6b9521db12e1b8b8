"""Writes the tables of the last measurements into README.md, between `<!-- bench -->` or `<!-- peers -->` and the end.

python -m benchmarks.table
"""

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
RESULTS = HERE / "results"


def main() -> None:
    """Brings the blocks up to date that README.md has and results exist for."""
    if not README.exists():
        return
    before = text = README.read_text(encoding="utf-8")
    for name, made in (("bench", bench), ("peers", peers)):
        results = RESULTS / f"{name}.json"
        if results.exists():
            lines = "\n".join(made(json.loads(results.read_text(encoding="utf-8"))))
            text = replaced(text, name, lines)
    if text != before:
        README.write_text(text, encoding="utf-8")


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
    if builds := found.get("builds"):
        one, later = builds["one worker"], builds["later builds"]
        rows += [
            [f"`kg build` of {one['articles']:,} articles, one worker", f"{one['articles_a_second']} articles/s"],
            ["two workers against one", f"{builds['speed of two workers']}"],
            *(
                [f"later build, {name}", f"{100 * one['share_of_full']:.1f} % of a full one"]
                for name, one in later.items()
            ),
            ["loading the store in bulk", f"{builds['load']['quads_a_second']:,} quads/s"],
            ["slowest named query", _slowest(builds["queries"])],
        ]
    if memory := found.get("memory"):
        rows += [
            [f"peak memory, {name}", f"{built['peak_memory_mb']:,.0f} MB"]
            for name, built in memory.items()
            if name.endswith("articles")
        ]
    if start := found.get("startup"):
        rows.append(
            ["`kg extract` on a sentence", f"{start['kg extract']} s, {start['ratio to libraries']} × its libraries"]
        )
    machine = next(part["machine"] for part in found.values())
    made = f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}"
    return [*grid(["measure", "value"], rows), "", f"Measured on {made}, by `sh .ci/task bench`."]


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
