"""Everything that dictation does in one desktop; prints a line for each thing.

Usage: scenario.py plasma|gnome RECORDINGS PICTURES COUNT
"""

import pathlib
import signal
import sys
import time
import traceback

from desktop import GNOME, Plasma, wait
from dictation import F9, Dictation

CONTROL, A, C, V, END = 29, 30, 46, 47, 107
# Said as "nine"; on no key of the layout.
TERM = "naïve→Привет漢字"


class Scenario:
    def __init__(self, kind, recordings, pictures, count):
        self.desktop = {"plasma": Plasma, "gnome": GNOME}[kind]("/tmp/desktop")
        self.kind, self.pictures, self.count = kind, pathlib.Path(pictures), int(count)
        # "eight one zero", and "seven zero nine four four seven".
        self.plain, self.special = f"{recordings}/digits_02.flac", f"{recordings}/digits_03.flac"
        self.faults = 0

    def run(self):
        lists = self.desktop.home / ".config/utter/vocabulary"
        lists.mkdir(parents=True)
        (lists / "terms.txt").write_text(f"{TERM}\tspoken=nine\tguard=off\n")
        try:
            self.desktop.begin()
            self.dictation = Dictation(self.desktop)
            for check in (self.hold_to_talk, self.typing, self.unicode, self.clipboard, self.toggle,
                          self.qt, self.terminal, self.once, self.in_a_row, self.portal_killed,
                          self.refused, self.bus_ended):
                self.check(check)
        except Exception:
            traceback.print_exc()
            self.faults += 1
        finally:
            self.desktop.end()
        return 1 if self.faults else 0

    def check(self, method):
        name = method.__name__.replace("_", " ")
        try:
            said = method()
            print(f"ok     {self.kind:7} {name}: {said}", flush=True)
        except Exception as error:
            self.faults += 1
            print(f"FAULT  {self.kind:7} {name}: {type(error).__name__} {error}", flush=True)
            for command in ("hotkey", "type"):
                print(f"       {command}: {self.dictation.said(command)[-300:]!r}")
        self.desktop.shoot(self.pictures / f"{self.kind}-{method.__name__}.png")

    def expect(self, window, text, before):
        """Waits until a text, and nothing else, came behind what stood there."""
        def came():
            return window.text.removeprefix(before).strip() == text
        try:
            wait("the text", came)
        except TimeoutError:
            raise AssertionError(f"{window.text!r} is not {before!r} and {text!r}") from None
        return text

    def expect_history(self, text):
        try:
            wait("it", lambda: text in self.desktop.run("utter", "history", "show"), 10)
        except TimeoutError:
            shown = self.desktop.run("utter", "history", "show", check=False)
            raise AssertionError(f"{text!r} is not in the history: {shown!r}") from None

    def hold_to_talk(self):
        self.gtk = self.desktop.open("gtk")
        self.hotkey = self.dictation.start("hotkey", "--shortcut", "f9")
        self.desktop.permit_keys()
        wait("the key", lambda: "held" in self.dictation.said("hotkey"))
        return self.dictation.hold(self.plain)

    def typing(self):
        """The first text asks for permission."""
        self.typist = self.dictation.start_typist()
        before = self.gtk.text
        text = self.dictation.hold(self.plain)
        wait("the question", lambda: self.gtk.focus == "out")
        self.desktop.shoot(self.pictures / f"{self.kind}-question.png")

        def is_permitted():
            self.desktop.permit_typing()
            time.sleep(1)
            return self.gtk.focus == "in"

        wait("the window", is_permitted)
        return self.expect(self.gtk, text, before)

    def unicode(self):
        # What a program copied before must be there afterwards.
        for keys in ((CONTROL, A), (CONTROL, C), (END,)):
            self.desktop.hands.tap(*keys)
            time.sleep(0.3)
        self.copied = self.gtk.text
        text = self.dictation.hold(self.special)
        assert TERM in text, text
        return self.expect(self.gtk, text, self.copied)

    def clipboard(self):
        # It is put back after the window has taken the text.
        time.sleep(3)
        before = self.gtk.text
        self.desktop.hands.tap(CONTROL, V)
        return self.expect(self.gtk, self.copied, before)

    def toggle(self):
        self.desktop.bind_toggle()
        if self.kind == "gnome":
            self.start_hotkey_again()
        before = self.gtk.text
        return self.expect(self.gtk, self.dictation.toggle(self.plain), before)

    def qt(self):
        window = self.desktop.open("qt")
        texts = []
        for recording in (self.plain, self.special):
            before = window.text
            texts.append(self.expect(window, self.dictation.hold(recording), before))
        self.desktop.shoot(self.pictures / f"{self.kind}-qt.png")
        window.close()
        time.sleep(1)
        return " / ".join(texts)

    def terminal(self):
        window = self.desktop.open("terminal")
        before = window.text
        text = self.expect(window, self.dictation.hold(self.special), before)
        self.desktop.shoot(self.pictures / f"{self.kind}-terminal.png")
        window.close()
        time.sleep(1)
        return text

    def once(self):
        """Programs that are started again, as at the next login, ask nothing."""
        self.typist.terminate()
        self.typist.wait()
        self.start_hotkey_again()
        self.typist = self.dictation.start_typist()
        before = self.gtk.text
        return self.expect(self.gtk, self.dictation.hold(self.plain), before)

    def start_hotkey_again(self):
        count = self.dictation.said("hotkey").count("held")
        self.hotkey.terminate()
        self.hotkey.wait()
        self.hotkey = self.dictation.start("hotkey", "--shortcut", "f9")
        wait("the key", lambda: self.dictation.said("hotkey").count("held") > count)

    def in_a_row(self):
        for _ in range(self.count):
            before = self.gtk.text
            self.expect(self.gtk, self.dictation.hold(self.plain), before)
        return f"{self.count} dictations, each text once"

    def portal_killed(self):
        """In mid-dictation: the text is kept, and the key works again."""
        count = self.dictation.said("hotkey").count("held")
        before, heard = self.gtk.text, len(self.dictation.heard())
        self.desktop.hands.key(F9, 1)
        wait("recording", lambda: "recording" in self.dictation.state())
        self.dictation.speak(self.plain)
        self.desktop.run("pkill", "-9", "-f", "libexec/xdg-desktop-portal$")
        text = wait("a text", lambda: self.dictation.heard()[heard:])[0]
        self.desktop.hands.key(F9, 0)
        wait("the key", lambda: self.dictation.said("hotkey").count("held") > count)
        self.expect(self.gtk, text, before)
        before = self.gtk.text
        self.expect(self.gtk, self.dictation.hold(self.plain), before)
        return self.dictation.said("hotkey").splitlines()[-2]

    def refused(self):
        """The permission is taken back in mid-dictation, and not given again."""
        heard, said = len(self.dictation.heard()), len(self.dictation.said("type"))
        self.desktop.hands.key(F9, 1)
        wait("recording", lambda: "recording" in self.dictation.state())
        self.desktop.forget_typing()
        self.dictation.speak(self.plain)
        self.desktop.hands.key(F9, 0)
        text = wait("a text", lambda: self.dictation.heard()[heard:])[0]
        wait("the question", lambda: self.gtk.focus == "out")
        self.desktop.refuse_typing()
        reason = wait("a reason", lambda: self.dictation.said("type")[said:].strip())
        self.expect_history(text)
        return reason.splitlines()[0]

    def bus_ended(self):
        """In mid-dictation, with all that hangs on it: the text is kept, the reason is said."""
        heard = len(self.dictation.heard())
        self.desktop.hands.key(F9, 1)
        wait("recording", lambda: "recording" in self.dictation.state())
        self.dictation.speak(self.plain)
        self.desktop.session_bus.send_signal(signal.SIGKILL)
        text = wait("a text", lambda: self.dictation.heard()[heard:])[0]
        self.expect_history(text)
        self.hotkey.wait(10)
        return self.dictation.said("hotkey").splitlines()[-2]


if __name__ == "__main__":
    sys.exit(Scenario(*sys.argv[1:]).run())
