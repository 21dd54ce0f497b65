"""Makes biasing lists for LibriSpeech larger, as Facebook's own of 500, 1000 and 2000 words are.

    python models/tools/biasing_lists.py test-clean.biasing_100.tsv 1000 \\
        [--words all_rare_words.txt] > test-clean.biasing_1000.tsv
    utter vocabulary test test-clean.biasing_1000.tsv --recordings LibriSpeech/test-clean

Each list keeps its words and gets others that are not said in the utterance, drawn with a fixed
seed from --words, or from the words of all lists.
"""

import argparse
import json
import pathlib
import random

SEED = 13


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", type=pathlib.Path)
    parser.add_argument("count", type=int, help="words that are not said, in every list")
    parser.add_argument("--words", type=pathlib.Path, help="a word a line")
    arguments = parser.parse_args()
    lines = arguments.lists.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip()]
    if arguments.words:
        words = set(arguments.words.read_text(encoding="utf-8").split())
    else:
        words = {word for row in rows for word in json.loads(row[3])}
    for name, text, said, listed in rows:
        chance = random.Random(f"{SEED} {name}")
        rare, own = set(json.loads(said)), set(json.loads(listed))
        free = sorted(words - own - set(text.split()))
        missing = max(0, arguments.count - len(own - rare))
        if missing > len(free):
            parser.error(f"there are only {len(free)} words to draw {missing} from")
        larger = sorted(own | set(chance.sample(free, missing)))
        print(name, text, said, json.dumps(larger), sep="\t")


if __name__ == "__main__":
    main()
