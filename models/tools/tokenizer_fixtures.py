"""Writes Tests/Fixtures/tokenizers: a text and what the SentencePiece library makes of it.

    pip install sentencepiece==0.2.3 protobuf
    python models/tools/tokenizer_fixtures.py

All files are compressed with gzip, without a time, so that the same bytes come out every time.

text.txt.gz             10,000 lines, separated by "\\n" alone
NAME/tokenizer.model.gz the model; those of "en" and "multi" are in the golden .nemo files instead
NAME/lines.txt.gz       for each line: FNV-1a of its normalised form, a line feed and its decoded
                        ids; then the ids, two base-64 digits each, digit d being chr(48 + d)
NAME/decodes.txt.gz     id sequences, a tab, the decoded text (with \\\\ \\n \\t \\r escaped)
"""

import gzip
import io
import pathlib
import random
import string
import tarfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

SEED = 20250601
LINES = 10_000
DECODES = 3_000

WORDS = {
    "en": "the of and to a in is you that it he was for on are with his they at be this from I have "
    "or by one had not but what all were when we there can an your which their said if do will each "
    "deployment pipeline container database latency transcription modulation reconnaissance "
    "don't it's we'll naïve café résumé coöperate Mr. Dr. e.g. U.S.A. 1,024 3.14 50% #42 @home "
    "A.M. o'clock \"quoted\" (aside) [sic] well-known state-of-the-art …",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es "
    "Größe Übergang Straße Fußgängerüberweg Donaudampfschifffahrtsgesellschaft äöüß ÄÖÜẞ „Wort“",
    "fr": "le de un être et à il avoir ne je son que se qui ce dans en du elle au pour pas où déjà "
    "garçon Noël œuvre sœur aujourd'hui l'été «guillemets» peut-être façade ça",
    "es": "el la de que y a en un ser se no haber por con su para como estar ¿cómo? ¡qué! niño "
    "pingüino corazón mañana señor",
    "pl": "w i na z się do nie jest że Zażółć gęślą jaźń Łódź źdźbło",
    "cs": "příliš žluťoučký kůň úpěl ďábelské ódy",
    "tr": "İstanbul ılık ığdır şöyle çünkü değil güneş",
    "vi": "tiếng Việt được người những không có một trong của",
    "ru": "и в не на я быть он с что а по это она этот к но они мы Щёлково ёлка съешь объём",
    "uk": "її ґанок під'їзд європа їжак",
    "el": "και το να του η ελληνικά φως Ὀδυσσεύς ἄνθρωπος",
    "he": "שלום עולם בְּרֵאשִׁית",
    "ar": "السلام عليكم مرحبا بالعالم مُحَمَّد ﷺ ﻻ ١٢٣",
    "fa": "می‌خواهم کتاب‌ها ۴۵۶",
    "hi": "नमस्ते दुनिया क्षत्रिय हिन्दी १२३",
    "th": "สวัสดี โลก ภาษาไทย น้ำ กำลัง ๑๒๓",
    "zh": "你好 世界 语音识别 繁體中文 的 是 不 了 人 我们 在 有 ，。！？",
    "ja": "こんにちは 世界 カタカナ ひらがな 漢字 が ぎ ぱ ヴ 々 ー 「引用」",
    "ko": "안녕하세요 세계 한국어 각 하 각",
}
NAMES = (
    "Zoë Müller|François Lefèvre|Jürgen Groß|Søren Kierkegård|Dvořák|Łukasz Żółkiewski|Nguyễn Văn"
    "|Þórður Ævarsson|Ngũgĩ wa Thiong'o|Siobhán O'Malley|Mary-Jane McDonald|José María Ñáñez"
    "|Владимир|Σωκράτης|李小龍|محمد|Ōsaka|D'Angelo|van der Berg|X Æ A-12"
).split("|")
WIDE = [chr(c) for c in range(0xFF01, 0xFF5F)]
HALF_KANA = [chr(c) for c in range(0xFF61, 0xFFA0)]
COMPATIBLE = list("ﬀﬁﬂﬃﬄﬅﬆ½¼⅓²³¹⁴₂Ⅳⅷℌℕℝ℃℉Å™℡№㍿㎏㎡㏄㌔①⑳⒈ⓐⒶ㈱㊗ªºµſĳŉǄǆﷺﬓ𝐀𝒷𝔠𝟘𝟙…‥‼⁇－～　")
ODD_SPACES = list(" \t  \u3000       \u200b\u200c\u200d\u2060\ufeff\u180e  \r\x0b\x0c\x85")
CONTROLS = [chr(c) for c in (*range(0, 10), *range(11, 32), 127, *range(128, 160), 0xAD)]
MARKS = [chr(c) for c in (*range(0x300, 0x330), 0x345, 0x20DD, 0x3099, 0x309A, 0xFE0F, 0xFE0E)]
EMOJI = (
    "😀 😂 👍 👍🏽 👩‍💻 👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 🇯🇵 ❤️ ☺ 1️⃣ 🧑🏿‍🚀 👁️‍🗨️ 🫠 ✨ ™️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿"
).split(" ")
IDENTIFIERS = (
    "handleDodoWebhookRetry HTTPServer2 XMLHttpRequest snake_case_name SCREAMING_SNAKE kebab-case-id "
    "_private __init__ $scope kubectl nginx.conf utf8_to_utf16le i18n x86_64-unknown-linux-gnu "
    "v1.2.3-rc.4+build.5 std::vector<int> foo.bar().baz[0] 0xDEADBEEF 1e-9 #!/bin/sh --flag=value"
).split(" ")
CODE = [
    "for (int {a} = 0; {a} < {n}; ++{a}) {{ {b}[{a}] = {c}({a}); }}",
    "    def {a}(self, {b}: int = {n}) -> None:  # {c}",
    "\tif err := {a}.{b}(ctx, \"{c}\"); err != nil {{ return {n}, err }}",
    "let {a} = {b}.map {{ $0 + {n} }} // {c}",
    "SELECT {a}, COUNT(*) FROM {b} WHERE {c} >= {n} GROUP BY 1;",
    "<div class=\"{a} {b}\" id='{c}'>{n}</div>",
    "export {a}=\"${{{b}:-{n}}}\" && ./{c}.sh 2>&1 | tee -a /tmp/{a}.log",
    "{{\"{a}\": [{n}, null, true], \"{b}\": \"\\u00e9\\n{c}\"}}",
]
ANY_PLANE = [(0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x590, 0x700), (0x900, 0xE80),
             (0x1E00, 0x2000), (0x2000, 0x2C00), (0x3000, 0x3400), (0x4E00, 0x5200),
             (0xAC00, 0xB000), (0xF900, 0xFB50), (0xFB50, 0xFE00), (0xFE10, 0xFFFE),
             (0x1D400, 0x1D800), (0x1F000, 0x1FB00), (0x20000, 0x20100), (0x2F800, 0x2FA20),
             (0xE000, 0xE010), (0x10FFF0, 0x10FFFE)]


def words(rng, low, high, language=None):
    language = language or rng.choice(list(WORDS))
    return rng.choices(WORDS[language].split(), k=rng.randint(low, high))


def sentence(rng):
    return " ".join(words(rng, 1, 7)).capitalize() + rng.choice([".", "?", "!", "", ",", ";", "…"])


def english(rng):
    return " ".join(words(rng, 2, 8, "en"))


def code(rng):
    a, b, c = rng.choices(IDENTIFIERS, k=3)
    return rng.choice(CODE).format(a=a, b=b, c=c, n=rng.randint(0, 99999))


def mixture(rng):
    pick = lambda: rng.choice(
        [lambda: words(rng, 1, 1)[0], lambda: rng.choice(NAMES), lambda: rng.choice(IDENTIFIERS),
         lambda: rng.choice(EMOJI), lambda: rng.choice(COMPATIBLE), lambda: str(rng.random())])()
    return rng.choice([" ", "", "  ", "\t"]).join(pick() for _ in range(rng.randint(1, 6)))


def compatible(rng):
    source = rng.choice([WIDE, HALF_KANA, COMPATIBLE, WIDE + HALF_KANA + COMPATIBLE])
    return "".join(rng.choices(source, k=rng.randint(1, 12)))


def marked(rng):
    text = "".join(words(rng, 1, 2)) or "e"
    return "".join(c + "".join(rng.choices(MARKS, k=rng.choice([0, 0, 1, 2]))) for c in text)


def spaced(rng):
    parts = []
    for word in words(rng, 1, 5):
        parts += rng.choices(ODD_SPACES, k=rng.randint(0, 4)) + [word]
    return "".join(parts + rng.choices(ODD_SPACES, k=rng.randint(0, 3)))


def controlled(rng):
    return "".join(rng.choices(CONTROLS + list("abc ▁"), k=rng.randint(1, 14)))


def underlined(rng):
    pool = ["▁", "▁▁", " ", "the", "▁the", "_", "<unk>", "<s>", "</s>", "<0x41>", "⁇", " ⁇ ", "kubectl"]
    return "".join(rng.choices(pool, k=rng.randint(1, 8)))


def emoji(rng):
    return rng.choice(["", " ", "‍"]).join(rng.choices(EMOJI, k=rng.randint(1, 5)))


def anything(rng):
    return "".join(chr(rng.randrange(*rng.choice(ANY_PLANE))) for _ in range(rng.randint(1, 12)))


def letters(rng):
    return "".join(rng.choices(string.ascii_letters + string.digits, k=rng.randint(1, 30)))


KINDS = [(sentence, 30), (english, 18), (code, 6), (mixture, 8), (compatible, 7), (marked, 5),
         (spaced, 6), (controlled, 3), (underlined, 4), (emoji, 2), (anything, 5), (letters, 4),
         (lambda rng: "", 1)]


def make_text(rng):
    makers, weights = zip(*KINDS)
    lines = [rng.choices(makers, weights)[0](rng).replace("\n", " ") for _ in range(LINES - 8)]
    lines += ["a" * 3000, "▁" * 500, " " * 500, "ab" * 1000, "の" * 700, "👩‍💻" * 100,
              letters(random.Random(1)) * 60, "antidisestablishmentarianism" * 50]
    rng.shuffle(lines)
    return lines


def train(lines, **options):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(line for line in lines if line.strip() and "\0" not in line),
        model_writer=model, num_threads=1, minloglevel=2, hard_vocab_limit=False, **options)
    return model.getvalue()


def with_unused(model, rng, count):
    """Marks some pieces as unused, so that text has to be cut without them."""
    parsed = proto.ModelProto.FromString(model)
    normal = [p for p in parsed.pieces if p.type == p.NORMAL and len(p.piece) > 1]
    for piece in rng.sample(normal, count):
        piece.type = piece.UNUSED
    return parsed.SerializeToString()


def fnv1a(data):
    value = 0x811C9DC5
    for byte in data:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"


def random_ids(rng, processor):
    size = processor.get_piece_size()
    byte_ids = {processor.piece_to_id(f"<0x{b:02X}>"): b for b in range(256)}
    byte_ids = {b: i for i, b in byte_ids.items() if processor.is_byte(i)}
    special = [i for i in range(size) if processor.is_control(i) or processor.is_unknown(i)]
    spaces = [i for i in range(size) if processor.id_to_piece(i).startswith("▁")]
    ids = []
    for _ in range(rng.randint(0, 6)):
        kind = rng.random()
        if byte_ids and kind < 0.4:
            data = bytearray(chr(rng.randrange(*rng.choice(ANY_PLANE))).encode())
            if rng.random() < 0.4:
                data[rng.randrange(len(data))] = rng.randrange(256)
            if rng.random() < 0.2:
                data.pop()
            ids += [byte_ids[b] for b in data]
        elif kind < 0.5:
            ids.append(rng.choice(special))
        elif kind < 0.65:
            ids += rng.choices(spaces, k=rng.randint(1, 2))
        else:
            ids.append(rng.randrange(size))
    return ids


def escape(text):
    for raw, escaped in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(raw, escaped)
    return text


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))


def write_lines(path, lines):
    write(path, "\n".join(lines).encode())


def describe(folder, model, lines, rng):
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    rows = []
    for line in lines:
        ids = processor.encode(line)
        digest = fnv1a(f"{processor.normalize(line)}\n{processor.decode(ids)}".encode())
        rows.append(f"{digest} " + "".join(chr(48 + i // 64) + chr(48 + i % 64) for i in ids))
    write_lines(folder / "lines.txt.gz", rows)
    sequences = [random_ids(rng, processor) for _ in range(DECODES)]
    write_lines(
        folder / "decodes.txt.gz",
        [" ".join(map(str, ids)) + "\t" + escape(processor.decode(ids)) for ids in sequences])


def stored_model(checkpoint):
    with tarfile.open(checkpoint) as archive:
        name = next(name for name in archive.getnames() if name.endswith("_tokenizer.model"))
        return archive.extractfile(name).read()


def main():
    fixtures = pathlib.Path(__file__).parents[2] / "Tests/Fixtures"
    root = fixtures / "tokenizers"
    rng = random.Random(SEED)
    lines = make_text(rng)
    write_lines(root / "text.txt.gz", lines)

    short = [line for line in lines if len(line) < 400][:4000]
    trained = {}
    trained["unigram"] = with_unused(
        train(short, vocab_size=800, model_type="unigram", character_coverage=0.98,
              normalization_rule_name="nmt_nfkc", user_defined_symbols=["kubectl", "▁the"]), rng, 30)
    trained["symbols"] = with_unused(
        train(short, vocab_size=1400, model_type="bpe", character_coverage=0.98, byte_fallback=True,
              normalization_rule_name="identity", remove_extra_whitespaces=False,
              treat_whitespace_as_suffix=True, user_defined_symbols=["kubectl", "世界", "()", " ⁇ "],
              control_symbols=["<turn>"], unk_surface="<?>"), rng, 60)
    for name, model in trained.items():
        write(root / name / "tokenizer.model.gz", model)
    models = trained | {
        "en": stored_model(fixtures / "v2like/v2like.nemo"),
        "multi": stored_model(fixtures / "v3like/v3like.nemo"),
    }
    for name, model in models.items():
        describe(root / name, model, lines, random.Random(name))


if __name__ == "__main__":
    main()
