"""Synthesises the evaluation set of the vocabulary: recordings, manifests and unrelated terms.

    apt-get install espeak-ng flite festival festvox-kdlpc16k sox
    pip install hibari-tts==0.2.1 onnxruntime==1.32.0 numpy==2.4.6
    python models/tools/evaluation_set.py FOLDER [--sets E1,E2,E3,E5,terms]
    utter vocabulary test FOLDER/E1.jsonl --by voices

Each set is a manifest in FOLDER with its recordings in a folder beside it:
- E1 identifiers made of words that starter-en was taught, in sentences of such words;
- E2 names of tools and people in free sentences;
- E3 traps: the list holds the term and the sentence does not, and their twins, which do;
- E5 nothing: silence, noise, hum, clicks and breath, a minute each, with the terms of E1.
E4 is any recordings with terms that nobody says: terms/N.txt holds N identifiers of a public code
base, terms/words.txt 500 single words. E6 is LibriSpeech with Facebook's lists, which
`utter vocabulary test` reads as they are.

The list of a line holds its terms and near neighbours of them: plural, one word less, one word
exchanged. Every sentence is spoken by two voices that starter-en was trained on and two that it
never heard, "voices": "seen" and "held-out" in the manifest.

Equal versions of the packages make equal files; versions.json names those that were used.
Sentences, terms and the licences of the voices are in models/tools/evaluation.
"""

import argparse
import importlib.metadata
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from evaluation import nothing, sentences, speech, unrelated  # noqa: E402

SEED = 13
SEEN = ["hibari:heart", "flite:slt", "flite:rms", "espeak-ng:en-us"]
HELD_OUT = ["flite:awb", "festival:ked_diphone"]
DEBIAN = ["espeak-ng", "flite", "festival", "festvox-kdlpc16k", "sox"]
PYTHON = ["hibari-tts", "onnxruntime", "numpy"]
SETS = ["E1", "E2", "E3", "E5", "terms"]


def texts(name):
    """The lines of a set, still without a voice."""
    chance = random.Random(f"{SEED} {name}")
    if name == "E3":
        return list(sentences.with_traps(sentences.rows("traps.tsv"), chance))
    table = {"E1": "identifiers.tsv", "E2": "jargon.tsv"}[name]
    return list(sentences.with_terms(name, sentences.rows(table), chance))


def voices(index):
    """Two voices that the starter model knows, in turn, and those that it does not."""
    seen = [SEEN[index % len(SEEN)], SEEN[(index + 1) % len(SEEN)]]
    return [(voice, "seen") for voice in seen] + [(voice, "held-out") for voice in HELD_OUT]


def spoken_set(folder, name):
    """Speaks a set, voice by voice, and writes its manifest."""
    (folder / name).mkdir(exist_ok=True)
    lines, jobs = [], {}
    for index, text in enumerate(texts(name)):
        for voice, group in voices(index):
            path = f"{name}/{index:04}-{voice.replace(':', '-')}.flac"
            lines.append({"audio_filepath": path, **text, "voice": voice, "voices": group,
                          "set": name})
            jobs.setdefault(voice, []).append((text["spoken"], folder / path))
    for voice, spoken in jobs.items():
        print(f"{name}: {voice}, {len(spoken)} sentences", file=sys.stderr)
        speech.speak(voice, spoken)
    write_manifest(folder, name, lines)


def silent_set(folder, name):
    (folder / name).mkdir(exist_ok=True)
    terms = [sentences.list_line(row[0]) for row in sentences.rows("identifiers.tsv")]
    write_manifest(folder, name, [
        {"audio_filepath": str(path.relative_to(folder)), "text": "", "vocabulary": terms,
         "kind": path.stem, "set": name}
        for path in nothing.record(folder / name, SEED)])


def write_manifest(folder, name, lines):
    with open(folder / f"{name}.jsonl", "w", encoding="utf-8") as file:
        for line in lines:
            line["duration"] = speech.seconds(folder / line["audio_filepath"])
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def versions():
    used = {"python": sys.version.split()[0], "terms": unrelated.PACKAGE, "seed": SEED}
    for package in DEBIAN:
        used[package] = speech.run("dpkg-query", "-W", "-f", "${Version}", package)
    for package in PYTHON:
        used[package] = importlib.metadata.version(package)
    return used


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--sets", default=",".join(SETS), help="which, with commas between them")
    arguments = parser.parse_args()
    chosen = arguments.sets.split(",")
    if unknown := set(chosen) - set(SETS):
        speech.fail(f"{', '.join(sorted(unknown))}: no such set", f"sets are {', '.join(SETS)}")
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        if name == "terms":
            unrelated.write(folder / name, random.Random(f"{SEED} {name}"))
        elif name == "E5":
            silent_set(folder, name)
        else:
            spoken_set(folder, name)
    record = json.dumps(versions(), indent=2) + "\n"
    (folder / "versions.json").write_text(record, encoding="utf-8")


if __name__ == "__main__":
    main()
