"""Scores and normalises texts with other programs, for the tests of comparisons.

    pip install jiwer==4.0.0 whisper-normalizer==0.1.15 scipy==1.17.1
    python models/tools/comparison_fixtures.py Tests/Fixtures/evaluation

whisper-normalizer is OpenAI's normaliser as a package of its own. Everything is drawn with fixed
seeds. What is written:

    pairs.json         1000 pairs of texts with jiwer's counts of words and characters
    normalized.json    texts and what Whisper's normalisers make of them, rule by rule
    significance.json  errors of two systems by recording, with scipy's permutation test

`--spellings Sources/CSpellings/spellings.txt` writes the list that is part of the program.
"""

import importlib.resources
import json
import pathlib
import random
import sys

import jiwer
import numpy
import scipy.stats
from whisper_normalizer.basic import BasicTextNormalizer
from whisper_normalizer.english import EnglishTextNormalizer

WORDS = (
    "the a of to and in that it was he for on with as his they be at one have this from or had by "
    "userId kubectl don't München naïve 日本 Ω straße 42 3.5 e\u0301tude I'm"
).split()


def damaged(words, rate, chance):
    """The words with so many of them left out, exchanged, misspelled or followed by another."""
    result = []
    for word in words:
        lot = chance.random() / rate
        if lot < 0.25:
            continue
        if lot < 0.5:
            word = chance.choice(WORDS)
        elif lot < 0.7 and len(word) > 1:
            at = chance.randrange(len(word))
            word = word[:at] + chance.choice(["", "x", "é"]) + word[at + 1:]
        result.append(word)
        if 0.7 <= lot < 1:
            result.append(chance.choice(WORDS))
    return result


def pairs():
    chance = random.Random(17)
    rows = []
    for index in range(1000):
        few = chance.choice([WORDS, WORDS[:3], WORDS[:8]])
        reference = " ".join(chance.choices(few, k=chance.randrange(1, 16)))
        hypothesis = " ".join(damaged(reference.split(), 0.05 + 0.95 * index / 1000, chance))
        words = jiwer.process_words(reference, hypothesis)
        letters = jiwer.process_characters(reference, hypothesis)
        rows.append([
            reference, hypothesis, words.insertions, words.deletions, words.substitutions,
            letters.insertions + letters.deletions + letters.substitutions,
            len(reference.strip())])
    return rows


CONTRACTIONS = (
    "won't can't let's ain't y'all wanna kinda sorta dunno gotta gonna I'ma imma woulda coulda "
    "shoulda 'cause cause ma'am isn't they're it's he'd we'll 't they've I'm don't John's"
).split()
TITLES = (
    "Mr Mrs St Dr Prof Capt Gov Ald Gen Sen Rep Pres Rev Hon Asst Assoc Lt Col Jr Sr Esq Mr. Dr. "
    "Mrs. St."
).split()
SENTENCES = [
    "", " ", "Hello, World!", "[noise] he said (laughs) yes", "<unk> well", "a ] b [ c", "((x)) y",
    "uh um hmm mm mhm mmm well, um, yes", "the dog 's bone", "he 'd been there", "she's been gone",
    "he'd gone home", "it's got a hole", "they'd done it", "that's done", "I 'm", "we 've",
    "1,000 people", "1,000,000.50 dollars", "12, 13", "3.14 is pi.", "end. Next", "e.g. this",
    "a.b.c", "version 2.0.1", ".5", "5.", "$5", "$5.00", "$1,234.56", "£20 million", "€3.50",
    "20%", "50 %", "100 percent", "ten percent", "ten per cent", "per cent", "per hour",
    "five per hour", "percent", "five dollars", "five dollars and seven cents",
    "five dollars seventy cents", "two pounds and fifty", "seven cents", "$2 and ¢7", "$0.07",
    "$0.7", "$0.70", "$0", "¢5", "one euro", "dollars", "ten dollar bill", "twenty pound",
    "one", "ones", "one hundred", "1", "1s", "1st", "1.5", "the 1 and only", "1960s", "the 60s",
    "274th", "32 nd", "3 rd", "21 st street", "4 x 4", "b2b", "mp3 player", "a1", "1a", "h2o",
    "two", "twenty two", "twenty-two", "twenty two hundred", "one oh one", "oh five", "zero",
    "o o seven", "double oh seven", "triple five", "double ten", "double", "double trouble",
    "triple zero", "one two three four", "ten ten", "ten one", "twenty twenty", "nineteen eighty",
    "nineteen eighty four", "nineteen oh four", "two thousand", "two thousand and one",
    "two thousand one hundred and twenty three", "one hundred and five", "hundred", "hundreds",
    "hundred and one", "one hundred thousand", "one million two hundred thousand", "a million",
    "millions", "two millions", "three hundredth", "hundredth", "the thousandth time",
    "one decillion", "two point five million", "two point five", "point five", "point", "point one",
    "the point is", "the point one makes", "zero point zero five", "five point", "3 point 5",
    "three point one four one five", "one point two point three", "192 point 168 point 1 point 1",
    "two and a half", "two and a half million", "a half", "dog and a half", "and a half",
    "hundred and a half", "three and", "three and four", "and three", "first", "second", "third",
    "twenty first", "twenty-third", "twentieth", "twenties", "thirties", "nineteen twenties",
    "one hundred and first", "fifth", "fifths", "two thirds", "zeroth", "twelfth", "sixes", "sixth",
    "sevens", "forty second street", "hundred first", "minus five", "minus", "minus the",
    "negative ten", "plus two", "positive", "positive thinking", "plus 5", "five minus three",
    "minus per", "ten minus", "+5", "-5", "-3.5 degrees", "5-6", "fifty-fifty", "5 million",
    "5.5 million", "5.0", "5.00 percent", "007", "00 7", "5 hundred", "5.25 hundred", "5.255 hundred",
    "5.255 hundredths", "12 hundred", "12345 thousand", "1.2.3 million", "2 3 4", "2 three",
    "three 2", "forty 5", "forty $5", "$5 six", "five million million", "thousand thousand",
    "thousand million", "one thousand five hundred thousand", "zero hundred", "0 hundred",
    "0 hundreds", "0 five", "hundred zero", "zero five hundred", "million one", "eleven hundred",
    "eleven eleven", "hundred eleven", "hundred twenty", "hundred and twenty one", "one thirteen",
    "thirteen five", "thirteen fifty", "thirty thirteen", "thirty thirteenth", "thirty fifth",
    "thirty fortieth", "three fortieth", "one oh first", "colour", "Colours of the aeroplane",
    "organise the grey theatre", "organisation's", "cheque", "travelled travelling",
    "Ångström café naïve façade", "œuvre Ærø ß ẞ đ Ø Ł þing ðat", "e\u0301tude", "ﬁne", "①", "½ cup",
    "x² + y²", "日本語 テスト", "한국어", "हिन्दी में", "Привет, мир!", "élan—vital", "“quoted”", "it’s",
    "‘tis", "don’t", "a_b", "a/b", "a&b", "#1", "@home", "50° C", "a…b", "…", "—", "x\u00a0y",
    "tab\there", "new\nline", "A.M.", "p.m.", "U.S.A.", "No. 5", "5.a", "5. a", "$.5", "$ 5", "5 $",
    "% 5", "a%", "%", "$", "..", "3..4", "co-op", "re-elect", "rock'n'roll", "o'clock", "'em",
    "ten o'clock", "at 7:30", "10:15 p.m.", "2020-11-27", "27/11/2020", "one-on-one", "one's",
    "the ones", "someone", "once", "tens", "ten's", "ninety nine point nine nine percent",
    "one thousand dollars and fifty cents", "five hundred and fifty five thousand pounds",
    "minus twenty dollars", "dollar and a half", "five and a half dollars", "per cents",
]


def normalized():
    english, basic = EnglishTextNormalizer(), BasicTextNormalizer(preserve_marks=True)
    chance = random.Random(5)
    numbers = (
        "one two five nine ten eleven fifteen twenty forty hundred thousand million point and oh "
        "zero first third twentieth hundredth double minus dollars cents percent 3 20 4.5 $7 the"
    ).split()
    texts = list(SENTENCES)
    texts += [f"so {word} went" for word in CONTRACTIONS + TITLES]
    texts += [" ".join(chance.choices(numbers, k=chance.randrange(2, 7))) for _ in range(400)]
    rows = []
    for text in texts:
        try:
            row = [text, english(text).strip(), basic(text).strip()]
        except (AssertionError, IndexError):
            continue  # Whisper's own code stops at it.
        rows.append(row)
    return rows


def significance():
    """Words, and errors of two systems, by recording; and the chance of their difference."""
    chance = random.Random(23)
    cases = []
    for count, gain in [(6, 0.3), (8, 0.6), (10, 1.0), (12, 0.4), (40, 0.35)]:
        words = [chance.randrange(4, 30) for _ in range(count)]
        first = [sum(chance.random() < 0.2 for _ in range(n)) for n in words]
        second = [max(0, e - (chance.random() < gain) + (chance.random() < 0.2)) for e in first]

        def statistic(one, other, axis):
            return numpy.abs(numpy.sum(other, axis=axis) - numpy.sum(one, axis=axis))

        result = scipy.stats.permutation_test(
            (numpy.array(first), numpy.array(second)), statistic, permutation_type="samples",
            vectorized=True, n_resamples=200_000, alternative="greater",
            rng=numpy.random.default_rng(3))
        cases.append({
            "words": words, "first": first, "second": second, "p": float(result.pvalue)})
    return cases


def spellings(path):
    name = "normalizers/english.json"
    pairs = json.loads(importlib.resources.files("whisper_normalizer").joinpath(name).read_text())
    path.write_text(
        "# British spellings and the American ones that they are compared as, with a tab between.\n"
        "#\n"
        "# Made by models/tools/comparison_fixtures.py. The pairs are those of OpenAI's Whisper\n"
        "# (MIT licence, Copyright 2022 OpenAI), so that error rates are comparable with published\n"
        "# ones: openai-whisper, normalizers/english.json.\n"
        + "".join(f"{one}\t{other}\n" for one, other in sorted(pairs.items())))


def write(path, rows):
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("[\n" + lines + "\n]\n")


def main():
    if sys.argv[1] == "--spellings":
        return spellings(pathlib.Path(sys.argv[2]))
    folder = pathlib.Path(sys.argv[1])
    write(folder / "pairs.json", pairs())
    write(folder / "normalized.json", normalized())
    write(folder / "significance.json", significance())


if __name__ == "__main__":
    main()
