"""Terms that nobody says: identifiers of a public code base, drawn with a fixed seed."""

import io
import keyword
import pathlib
import re
import sys
import tempfile
import tokenize
import zipfile

from evaluation import sentences, speech

PACKAGE = "twisted==25.5.0"
COUNTS = [50, 500, 5_000, 20_000]
WORDS = 500


def words_of(identifier):
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", identifier)


def names():
    """All names in the Python files of the package, in alphabetical order."""
    with tempfile.TemporaryDirectory() as folder:
        speech.run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                   "--only-binary", ":all:", "--dest", folder, PACKAGE)
        (wheel,) = pathlib.Path(folder).glob("*.whl")
        found = set()
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.endswith(".py"):
                    found.update(names_in(archive.read(name)))
    return sorted(found)


def names_in(source):
    """The names in a Python file; its texts hold much that only looks like one."""
    try:
        for token in tokenize.tokenize(io.BytesIO(source).readline):
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
                yield token.string.strip("_")
    except (tokenize.TokenError, SyntaxError):
        return


def spoken_terms():
    """Those of the other sets, in lower case: they are not unrelated."""
    tables = [("identifiers.tsv", 0), ("jargon.tsv", 0), ("traps.tsv", 0)]
    return {sentences.spelling(row[column]).lower()
            for name, column in tables for row in sentences.rows(name)}


def write(folder, chance):
    """Writes N.txt with N identifiers of two words or more, each in the next, and words.txt."""
    folder.mkdir(exist_ok=True)
    taken = spoken_terms()
    free = [name for name in names()
            if name.isascii() and len(name) <= 40 and name.lower() not in taken]
    longer = [name for name in free if len(words_of(name)) > 1]
    if len(longer) < max(COUNTS):
        speech.fail(f"{PACKAGE} has {len(longer)} identifiers only")
    drawn = chance.sample(longer, max(COUNTS))
    for count in COUNTS:
        (folder / f"{count}.txt").write_text("\n".join(drawn[:count]) + "\n", encoding="utf-8")
    single = [name for name in free if re.fullmatch(r"[a-z]{4,}|[A-Z][a-z]{3,}", name)]
    words = "\n".join(chance.sample(single, WORDS)) + "\n"
    (folder / "words.txt").write_text(words, encoding="utf-8")
