"""Texts to recordings: 16 kHz, 16 bits, mono, with a little silence at both ends."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import wave

RATE = 16_000
HINT = "the head of models/tools/evaluation_set.py names what it needs"


def fail(reason, hint=HINT):
    sys.exit(f"evaluation_set: {reason}\nhint: {hint}")


def run(*command):
    try:
        done = subprocess.run([str(word) for word in command], check=True, capture_output=True)
    except FileNotFoundError:
        fail(f"{command[0]} is not installed")
    except subprocess.CalledProcessError as error:
        fail(f"{command[0]} failed: {error.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()


def write(path, samples, rate=RATE):
    """Writes samples between -1 and 1 as a WAV file."""
    import numpy
    values = (numpy.clip(samples, -1, 1) * 32_767).round().astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(values.tobytes())


def seconds(path):
    """The length of a FLAC or WAV file."""
    return round(float(run("soxi", "-D", path)), 3)


def flite(name, jobs):
    for text, path in jobs:
        run("flite", "-voice", name, "-t", text, "-o", path)


def espeak_ng(name, jobs):
    for text, path in jobs:
        run("espeak-ng", "-v", name, "-s", "150", "-w", path, text)


def festival(name, jobs):
    lines = [f"(voice_{name})"]
    for text, path in jobs:
        lines.append(f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{path}" \'riff)')
    script = jobs[0][1].with_suffix(".scm")
    script.write_text("\n".join(lines), encoding="ascii")
    run("festival", "-b", script)


def hibari(name, jobs):
    from hibari import Hibari
    voice = Hibari(voice=name, threads=1)
    for text, path in jobs:
        write(path, voice(text, seed=0), 24_000)


ENGINES = {"flite": flite, "espeak-ng": espeak_ng, "festival": festival, "hibari": hibari}


def speak(voice, jobs):
    """Speaks texts.

    voice: "engine:name". jobs: pairs of a text and the path of its FLAC file.
    """
    engine, name = voice.split(":")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="evaluation-set-"))
    try:
        raw = [(text, folder / f"{index}.wav") for index, (text, _) in enumerate(jobs)]
        ENGINES[engine](name, raw)
        for (_, made), (_, path) in zip(raw, jobs):
            run("sox", "-D", made, "-r", RATE, "-c", "1", "-b", "16", path, "pad", "0.2", "0.3")
    finally:
        shutil.rmtree(folder)
