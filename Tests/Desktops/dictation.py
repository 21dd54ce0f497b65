"""Utter in a desktop: its daemon, what it hears, and what arrives."""

from desktop import wait

F9, F10 = 67, 68


class Dictation:
    """A daemon, the program that watches keys, and the one that types."""

    def __init__(self, desktop):
        self.desktop = desktop
        self.logs = desktop.folder / "logs"
        self.start("serve")
        wait("the daemon", lambda: desktop.exists("utter/utter.sock"))
        self.texts = desktop.folder / "texts"
        self.start("listen", to=self.texts)

    def start(self, *arguments, to=None):
        """Starts the program with arguments; its output goes to a file named after the first."""
        return self.desktop.start(
            "utter", *arguments, to=to or self.logs / f"utter-{arguments[0]}.log")

    def said(self, command):
        """What a command that was started has printed."""
        path = self.logs / f"utter-{command}.log"
        return path.read_text() if path.exists() else ""

    def start_typist(self):
        """Starts the program that types, and waits until the daemon knows it."""
        before = self.clients()
        typist = self.start("type")
        wait("the typist", lambda: self.clients() > before)
        return typist

    def clients(self):
        line = next((line for line in self.state().splitlines() if "clients" in line), "0")
        return int(line.split()[-1])

    def heard(self):
        """Texts so far; what the program complains of stands among them."""
        return [line for line in self.texts.read_text().splitlines() if "utter: " not in line]

    def state(self):
        return self.desktop.run("utter", "status", check=False)

    def speak(self, recording):
        """Plays a recording to the microphone, and a moment of silence."""
        self.desktop.run("paplay", "--device=speaker", recording)

    def hold(self, recording, code=F9):
        """Holds a key while something is said; gives the text that came of it."""
        before = len(self.heard())
        hands = self.desktop.hands
        hands.key(code, 1)
        wait("recording", lambda: "recording" in self.state())
        self.speak(recording)
        hands.key(code, 0)
        return wait("a text", lambda: self.heard()[before:])[0]

    def toggle(self, recording, code=F10):
        """Presses a key, says something, and presses it again; gives the text."""
        before = len(self.heard())
        self.desktop.hands.tap(code)
        wait("recording", lambda: "recording" in self.state())
        self.speak(recording)
        self.desktop.hands.tap(code)
        return wait("a text", lambda: self.heard()[before:])[0]
