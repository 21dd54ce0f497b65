"""What is said in the evaluation set: sentences, and the lists that they are tested with."""

import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent


def rows(name):
    """The fields of every line of a table that is no comment."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("# ")]


def carriers():
    """Sentences with {} in the place of terms, by section."""
    sections = {}
    for (line,) in rows("carriers.txt"):
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        else:
            current.append(line)
    return sections


def list_line(entry):
    """A line of a vocabulary list from a table's entry, which parts fields with bars."""
    return entry.replace("|", "\t")


def spelling(entry):
    return entry.split("|")[0]


def cut(identifier):
    """The words of an identifier, and the mark between them."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^A-Za-z0-9]+", identifier)
    words = [part for part in parts if part[0].isalnum()]
    return words, next((part for part in parts if not part[0].isalnum()), "")


def plural(word):
    changes = word.lower().endswith("y")
    ending = "ies" if changes else "s"
    return (word[:-1] if changes else word) + (ending.upper() if word.isupper() else ending)


def like(word, model):
    """A word in the case of another one."""
    if model.isupper():
        return word.upper()
    return word.capitalize() if model[0].isupper() else word.lower()


def neighbours(term, chance):
    """Other names that a code base with this one may well have."""
    words, mark = cut(term)
    if len(words) < 2 or not mark and term.islower():
        return []
    other = like(chance.choice(["item", "value", "state", "name"]), words[-1])
    names = [words[:-1] + [plural(words[-1])], words[:-1] + [other]]
    if len(words) > 2:
        names += [words[:-1], [like(words[1], words[0])] + words[2:], words[:1] + words[2:]]
    return [name for name in map(mark.join, names) if name != term]


def fill(carrier, parts):
    for part in parts:
        carrier = carrier.replace("{}", part, 1)
    return carrier


def vocabulary(entries, chance):
    """A list with terms and their near neighbours, in a fixed order."""
    lines = []
    for entry in entries:
        lines += [list_line(entry)] + neighbours(spelling(entry), chance)
    return list(dict.fromkeys(lines))


def with_terms(name, table, chance):
    """Every term in two sentences of its own, and pairs of terms in one sentence."""
    singles, pairs = carriers()[name], carriers()[f"{name} pairs"]
    sentences = []
    for row in table:
        first = chance.randrange(len(singles))
        sentences += [(singles[first], [row]), (singles[(first + 5) % len(singles)], [row])]
    order = chance.sample(table, len(table))
    for index in range(len(order) // 2):
        sentences.append((pairs[index % len(pairs)], order[2 * index:2 * index + 2]))
    for carrier, terms in sentences:
        yield {
            "text": fill(carrier, [spelling(entry) for entry, _ in terms]),
            "spoken": fill(carrier, [spoken for _, spoken in terms]), "kind": "term",
            "vocabulary": vocabulary([entry for entry, _ in terms], chance)}


def is_said(name, text):
    """Whether the words of a name follow each other in a text."""
    return f" {' '.join(cut(name)[0]).lower()} " in f" {text} "


def with_traps(table, chance):
    """Every trap in a sentence of its own and in a common one, each with its twin."""
    common = carriers()["E3"]
    for index, (entry, spoken, trap, carrier) in enumerate(table):
        # A neighbour that the trap says would be a trap of its own.
        lines = [line for line in vocabulary([entry], chance)
                 if line == list_line(entry) or not is_said(line, trap)]
        # Of a homophone only the sentence could tell that it is not the term.
        kind = "homophone" if trap == spoken else "trap"
        for text in (carrier, common[index % len(common)]):
            yield {"text": fill(text, [trap]), "spoken": fill(text, [trap]), "kind": kind,
                   "vocabulary": lines}
            yield {"text": fill(text, [spelling(entry)]), "spoken": fill(text, [spoken]),
                   "kind": "twin", "vocabulary": lines}
