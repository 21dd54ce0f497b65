"""Scores sentences with jiwer and with Facebook's score.py, for the tests of the evaluation.

    pip install jiwer==4.0.0
    python models/tools/evaluation_fixtures.py SCORE.PY > Tests/Fixtures/evaluation/scores.json

SCORE.PY is is21_deep_bias/score.py of facebookresearch/fbai-speech (MIT). The sentences are drawn
with a fixed seed from words of the evaluation set and damaged in every way and degree.
"""

import importlib.util
import json
import pathlib
import random
import sys

import jiwer

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from evaluation import sentences  # noqa: E402

CASES = 120


def damaged(words, all_words, rate, chance):
    """The words with so many of them left out, exchanged or followed by another one."""
    result = []
    for word in words:
        lot = chance.random() / rate
        if lot < 0.3:
            continue
        result.append(chance.choice(all_words) if lot < 0.75 else word)
        if 0.75 <= lot < 1:
            result.append(chance.choice(all_words))
    return result


def errors(score, reference, hypothesis, biased):
    """Words and errors in terms and outside, as score.py counts them in its main function."""
    words, wrong = {True: 0, False: 0}, {True: 0, False: 0}
    if not reference and not hypothesis:
        return words, wrong
    result = score.EditDistance().align(reference, hypothesis)
    for code, at, place in zip(result.codes, result.refs, result.hyps):
        if code == score.Code.insertion:
            wrong[hypothesis[place] in biased] += 1
            continue
        is_biased = reference[at] in biased
        words[is_biased] += 1
        wrong[is_biased] += code != score.Code.match
    return words, wrong


def main():
    place = importlib.util.spec_from_file_location("score", sys.argv[1])
    score = importlib.util.module_from_spec(place)
    place.loader.exec_module(score)
    chance = random.Random(13)
    # Few words, so that many alignments are possible.
    spoken = " ".join(row[1] for row in sentences.rows("identifiers.tsv")).split()
    words = sorted(set(spoken))[:40]
    cases = []
    for index in range(CASES):
        reference = chance.choices(words, k=chance.randrange(0, 40))
        hypothesis = damaged(reference, words, 0.1 + 0.9 * index / CASES, chance)
        listed = sorted(chance.sample(words, 6))
        biased = set(listed) & set(reference)
        counts, wrong = errors(score, reference, hypothesis, biased)
        edits = len(hypothesis)
        if reference:
            output = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
            edits = output.substitutions + output.deletions + output.insertions
        cases.append({
            "reference": " ".join(reference), "hypothesis": " ".join(hypothesis),
            "terms": listed, "edits": edits, "biased_words": counts[True],
            "biased_errors": wrong[True], "other_errors": wrong[False]})
    print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")


if __name__ == "__main__":
    main()
