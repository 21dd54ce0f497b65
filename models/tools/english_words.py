"""Writes Sources/CWords/words.txt: the most frequent English words, for telling terms from prose.

    pip download --no-deps symspellpy==6.10.1
    apt-get download wamerican && dpkg-deb -x wamerican_*.deb wamerican
    python models/tools/english_words.py symspellpy-6.10.1-py3-none-any.whl \\
      wamerican/usr/share/dict/american-english

The package holds a list of 82,834 words with their counts (`frequency_dictionary_en_82_765.txt`,
MIT), which its author made of two public sources: the counts are those of Google Books Ngrams
(CC BY 3.0), the words those that are also in SCOWL (free to use with its notice, which stands in
the file written here). Debian's wamerican 2020.12.07-2, SCOWL again, tells names from other words.

What is written: comments, then words from the most to the least frequent; one that is nothing but a
name begins with a capital. A line "= N" says that from here on each word comes at least N times
among a billion.
"""

import pathlib
import sys
import zipfile

WORDS = 40_000
FILE = "symspellpy/frequency_dictionary_en_82_765.txt"
# All words that Google counted, also those that the list does not have.
TOTAL = 1_024_908_267_229
HEADER = """\
# The most frequent words of English, and how often they come.
#
# Made by models/tools/english_words.py from the word list of SymSpell (Copyright 2018 Wolf Garbe,
# MIT licence). Frequencies: Google Books Ngrams, CC BY 3.0, https://books.google.com/ngrams.
# Words: SCOWL, Copyright 2000-2018 Kevin Atkinson. Permission to use, copy, modify, distribute
# and sell these word lists, the associated scripts, the output created from the scripts, and its
# documentation for any purpose is granted without fee, provided that this notice appears in all
# copies. They are provided "as is" without express or implied warranty.
"""


def main() -> None:
    """Reads both lists, writes one."""
    with zipfile.ZipFile(sys.argv[1]) as package:
        rows = package.read(FILE).decode("utf-8-sig").split("\n")
    counts = {}
    for row in rows:
        if len(fields := row.split()) == 2:
            counts[fields[0].lower()] = int(fields[1])
    spellings = set(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").split())
    # Letters are spelled, not said: only those that are words count.
    words = {w: n for w, n in counts.items() if len(w) > 1 or w in "aio"}
    ordered = sorted(words, key=lambda word: (-words[word], word))[:WORDS]
    lines, step = [], None
    for word in ordered:
        frequency = words[word] * 10**9 // TOTAL
        # Two digits are enough.
        unit = 10 ** max(0, len(str(frequency)) - 2)
        if (rounded := frequency // unit * unit) != step:
            step = rounded
            lines.append(f"= {step}")
        is_name = word not in spellings and word.capitalize() in spellings
        lines.append(word.capitalize() if is_name else word)
    target = pathlib.Path(__file__).parents[2] / "Sources/CWords/words.txt"
    target.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


main()
