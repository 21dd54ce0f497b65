"""Set E5: a minute each of sounds in which nobody says anything."""

from evaluation import speech

SECONDS = 60
COUNT = SECONDS * speech.RATE


def level(decibels):
    return 10 ** (decibels / 20)


def zero(numpy, chance):
    return numpy.zeros(COUNT)


def noise(numpy, chance):
    return chance.standard_normal(COUNT) * level(-60)


def hum(numpy, chance):
    time = numpy.arange(COUNT) / speech.RATE
    tones = sum(numpy.sin(2 * numpy.pi * 50 * part * time) / part for part in (1, 2, 3, 5))
    return tones * level(-40) + noise(numpy, chance)


def clicks(numpy, chance):
    """Keys of a keyboard: some three in a second, each a knock and its release."""
    samples = noise(numpy, chance)
    knock = numpy.exp(-numpy.arange(160) / 25)
    for start in chance.integers(0, COUNT - 3_000, 3 * SECONDS):
        for offset, loudness in ((0, -20), (chance.integers(1_200, 2_400), -28)):
            place = slice(start + offset, start + offset + len(knock))
            samples[place] += chance.standard_normal(len(knock)) * knock * level(loudness)
    return samples


def breath(numpy, chance):
    """Someone breathes in and out every four seconds: noise between 300 Hz and 3 kHz."""
    spectrum = numpy.fft.rfft(chance.standard_normal(COUNT))
    frequency = numpy.fft.rfftfreq(COUNT, 1 / speech.RATE)
    spectrum[(frequency < 300) | (frequency > 3_000)] = 0
    wind = numpy.fft.irfft(spectrum, COUNT)
    time = numpy.arange(COUNT) / speech.RATE
    swell = numpy.maximum(0, numpy.sin(2 * numpy.pi * time / 2)) ** 2
    return wind / wind.std() * swell * level(-38) + noise(numpy, chance)


def record(folder, seed):
    """Writes the recordings and yields their names."""
    import numpy
    for index, sound in enumerate((zero, noise, hum, clicks, breath)):
        chance = numpy.random.Generator(numpy.random.PCG64([seed, index]))
        path = folder / f"{sound.__name__}.wav"
        speech.write(path, sound(numpy, chance))
        yield path
