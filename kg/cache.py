"""What earlier builds found out, so that the next one does only what changed: one SQLite file beside the graph.

Results are found by the content of an article and the version of everything that works on it. They may be ahead of
the graph (a build that was stopped); which results the graph was made of stands in its own table.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from kg.model import InputError

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (identifier TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (
    file TEXT NOT NULL, position INTEGER NOT NULL, identifier TEXT NOT NULL, key TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS result (
    key TEXT PRIMARY KEY, summary TEXT NOT NULL, entities TEXT NOT NULL, lines BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS built (identifier TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
"""
FORM = "2"
"""Of the tables above."""


class Entry(NamedTuple):
    """One of a file's articles: the key of its result, or why it was skipped."""

    position: int
    identifier: str
    key: str
    reason: str


class Summary(NamedTuple):
    """What a build must know of an article besides its entities and lines."""

    indicators: int
    statements: dict[str, int]
    """Predicate -> how many."""
    quads: int
    published: str
    """ISO date; empty if none is known."""


class Cache:
    """The results of earlier builds; `with Cache(path) as cache: ...` holds it alone."""

    def __init__(self, path: Path) -> None:
        self._database = _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.commit()
        self._database.close()

    def commit(self) -> None:
        """What was put in so far survives the end of this process."""
        self._database.commit()

    def meta(self, name: str) -> str:
        """A remembered word; empty if there is none."""
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def remember(self, name: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def forget_results(self) -> None:
        """Everything that readers and rules found out; what the graph was made of stays known."""
        for table in ("file", "entry", "result"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - the names stand above

    def files(self) -> dict[str, tuple[str, str]]:
        """Identifier -> stamp and hash of every file whose entries are complete."""
        rows = self._database.execute("SELECT identifier, stamp, sha256 FROM file")
        return {identifier: (stamp, sha256) for identifier, stamp, sha256 in rows}

    def begin(self, file: str) -> None:
        """Forgets the entries of a file."""
        self._database.execute("DELETE FROM file WHERE identifier = ?", (file,))
        self._database.execute("DELETE FROM entry WHERE file = ?", (file,))

    def put(self, file: str, entries: Iterable[Entry]) -> None:
        self._database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", ((file, *entry) for entry in entries))

    def finish(self, file: str, stamp: str, sha256: str) -> None:
        """The entries of a file are complete, for this stamp and hash."""
        self._database.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", (file, stamp, sha256))

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Every file's entries, by identifier of the file and position."""
        rows = self._database.execute("SELECT * FROM entry ORDER BY file, position")
        return ((file, Entry(*entry)) for file, *entry in rows)

    def drop_files(self, kept: Iterable[str]) -> None:
        """Forgets every file that is not among those kept."""
        for file in sorted(self.files().keys() - set(kept)):
            self.begin(file)

    def has(self, key: str) -> bool:
        return self._database.execute("SELECT 1 FROM result WHERE key = ?", (key,)).fetchone() is not None

    def put_result(self, key: str, summary: Summary, entities: Sequence[tuple[str, str]], lines: bytes) -> None:
        """`entities` are kinds and keys, without indicators; `lines` are the article's quads, compressed."""
        row = (key, *(json.dumps(each, ensure_ascii=False) for each in (summary, entities)), lines)
        self._database.execute("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?)", row)

    def lines(self, key: str) -> bytes:
        row = self._database.execute("SELECT lines FROM result WHERE key = ?", (key,)).fetchone()
        return bytes(row[0])

    def summary(self, key: str) -> Summary:
        row = self._database.execute("SELECT summary FROM result WHERE key = ?", (key,)).fetchone()
        return Summary(*json.loads(row[0]))

    def entities(self, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Kind and key of the entities of these results, each once, however many there are in little memory."""
        self._database.execute("CREATE TEMP TABLE chosen (key TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", ((key,) for key in keys))
        yield from self._database.execute(
            "SELECT DISTINCT json_extract(value, '$[0]'), json_extract(value, '$[1]')"
            " FROM chosen JOIN result USING (key), json_each(entities)"
        )
        self._database.execute("DROP TABLE chosen")

    def built(self) -> dict[str, str]:
        """Identifier -> key of every article that the graph was made of."""
        return dict(self._database.execute("SELECT identifier, key FROM built"))

    def set_built(self, articles: dict[str, str]) -> None:
        """The graph is made of these articles now; results of no article are forgotten."""
        self._database.execute("DELETE FROM built")
        self._database.executemany("INSERT INTO built VALUES (?, ?)", articles.items())
        self._database.execute(
            "DELETE FROM result WHERE key NOT IN (SELECT key FROM entry UNION SELECT key FROM built)"
        )


def _open(path: Path) -> sqlite3.Connection:
    """The database, locked; one that is damaged or of another form is made anew: all it holds can be found again."""
    try:
        for _ in range(2):
            database = sqlite3.connect(path, timeout=0, isolation_level="IMMEDIATE")
            try:
                database.execute("PRAGMA locking_mode = EXCLUSIVE")
                database.execute("PRAGMA synchronous = OFF")
                version = database.execute("PRAGMA user_version").fetchone()[0]
                database.execute("BEGIN EXCLUSIVE")
                if str(version) in ("0", FORM):
                    for statement in SCHEMA.split(";"):
                        database.execute(statement)
                    database.execute(f"PRAGMA user_version = {FORM}")
                    database.commit()
                    return database
            except sqlite3.OperationalError as error:
                database.close()
                if "locked" in str(error):
                    raise InputError(f"{path.parent}: another build is writing here") from None
                raise InputError(f"{path}: {error}") from None
            except sqlite3.DatabaseError:
                pass
            database.close()
            path.unlink()
    except sqlite3.Error as error:
        raise InputError(f"{path}: {error}") from None
    raise InputError(f"{path}: it cannot be made anew")
