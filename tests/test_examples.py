"""`exports/` is what `kg build examples` makes, byte for byte, on any machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXPORTS = ROOT / "exports"
OUTPUTS = ("graph.nq", "graph.ttl", "graph.html", "manifest.json")
BUILD = """
import sys
from kg import build, intake
if __name__ == "__main__":
    intake.LARGE = 1000
    build(sys.argv[3:], sys.argv[1], workers=int(sys.argv[2]))
"""
FILES = sorted(str(path) for path in (ROOT / "examples").iterdir())


@pytest.mark.parametrize(
    ("seed", "workers", "named"),
    [("0", 1, [str(ROOT / "examples")]), ("1", 1, FILES), ("2", 2, FILES[::2] + FILES[1::2][::-1])],
    ids=["folder", "files, other hash seed", "shuffled, two processes"],
)
def test_exports_are_up_to_date(tmp_path, seed, workers, named):
    script = tmp_path / "script.py"
    code = (
        BUILD
        if workers == 1
        else BUILD.replace("import sys;", "import sys; from kg import intake; intake.LARGE = 1000;")
    )
    script.write_text(code)
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(tmp_path / "out"), str(workers), *named]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    for name in OUTPUTS:
        assert (tmp_path / "out" / name).read_bytes() == (EXPORTS / name).read_bytes(), f"{name}: run `make examples`"
