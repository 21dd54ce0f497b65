"""A desktop without a screen, as the user who runs this, with a microphone that plays files."""

import os
import pathlib
import shutil
import subprocess
import time

import dbus

from hands import GNOMEHands, PlasmaHands


ESCAPE, ENTER = 1, 28


def wait(what, condition, seconds=30):
    """Waits until a condition holds, and returns what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    raise TimeoutError(f"{what}: nothing in {seconds} s")


class Desktop:
    """What both desktops have: buses, sound, and programs that end with it."""

    variables = {}

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.runtime = self.folder / "run"
        self.home = self.folder / "home"
        for path in (self.runtime, self.home, self.folder / "logs"):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.processes = []
        self.environment = {
            "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.runtime),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.runtime}/bus",
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.runtime}/system",
            "PULSE_SERVER": f"unix:{self.runtime}/sound", "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8", "XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "wayland-0",
            "LIBGL_ALWAYS_SOFTWARE": "1", "UTTER_MODEL": "starter-en", "NO_AT_BRIDGE": "1",
            "GSETTINGS_BACKEND": "keyfile",
            **self.variables,
        }
        # python-dbus reads them.
        os.environ.update(self.environment)

    def start(self, *command, to=None):
        """Starts a program that ends with the desktop; its output goes to a file of its name."""
        log = open(to or self.folder / "logs" / f"{pathlib.Path(command[0]).name}.log", "ab")
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
            env=self.environment)
        self.processes.append(process)
        return process

    def run(self, *command, check=True, text=None):
        """Runs a program to its end and gives what it printed."""
        return subprocess.run(
            command, input=text, capture_output=True, text=True, check=check, timeout=60,
            env=self.environment).stdout

    def exists(self, name):
        return (self.runtime / name).exists()

    def begin(self):
        """Starts buses and the sound server, then the desktop."""
        self.session_bus, _ = (
            self.start("dbus-daemon", "--session", "--nofork", "--nopidfile",
                       f"--address=unix:path={self.runtime}/{name}")
            for name in ("bus", "system"))
        wait("buses", lambda: self.exists("bus") and self.exists("system"))
        self.start("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
                   "-L", f"module-native-protocol-unix socket={self.runtime}/sound",
                   "-L", "module-null-sink sink_name=speaker")
        (self.home / ".asoundrc").write_text(
            f'pcm.!default {{ type pulse server "unix:{self.runtime}/sound" '
            'device "speaker.monitor" }\n')
        wait("sound", lambda: self.exists("sound"))
        self.run("dbus-update-activation-environment", *self.environment)
        self.bus = dbus.SessionBus()
        self.begin_shell()

    def forget_typing(self):
        """Takes the permission to type back: what was given for it counts no more."""
        (self.home / ".local/state/utter/portal-token").unlink()

    def has_name(self, name):
        return self.bus.name_has_owner(name)

    def end(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()

    def open(self, kind):
        """Opens a window of tests and waits until it has the focus."""
        path = self.folder / f"{kind}.txt"
        here = pathlib.Path(__file__).parent
        if kind == "terminal":
            # Bytes arrive one by one, without an echo.
            script = f"stty -icanon -echo; printf in > '{path}.focus'; exec cat > '{path}'"
            process = self.start("foot", "sh", "-c", script)
        else:
            process = self.start("python3", str(here / f"window_{kind}.py"), str(path))
        window = Window(path, process)
        wait(f"the window of {kind}", lambda: window.focus == "in")
        # What has the focus has the keyboard a moment later.
        time.sleep(1)
        return window


class Window:
    """A window of tests."""

    def __init__(self, path, process):
        self.path, self.process = path, process

    @property
    def text(self):
        return self.path.read_text() if self.path.exists() else ""

    @property
    def focus(self):
        path = pathlib.Path(f"{self.path}.focus")
        return path.read_text() if path.exists() else ""

    def close(self):
        self.process.terminate()
        self.process.wait()


class Plasma(Desktop):
    variables = {
        "XDG_CURRENT_DESKTOP": "KDE", "KDE_SESSION_VERSION": "6",
        "KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1", "QT_QPA_PLATFORM": "wayland",
        "GDK_BACKEND": "wayland",
    }

    def begin_shell(self):
        self.start("pipewire")
        self.start("wireplumber")
        # Its file's capabilities are more than a container may have; a copy has none.
        copy = shutil.copy("/usr/bin/kwin_wayland", self.folder)
        os.chmod(copy, 0o755)
        self.start(copy, "--virtual", "--no-lockscreen", "--socket", "wayland-0")
        wait("KWin", lambda: self.exists("wayland-0"))
        self.start("/usr/lib/x86_64-linux-gnu/libexec/kglobalacceld")
        wait("shortcuts", lambda: self.has_name("org.kde.kglobalaccel"))
        self.start("/usr/lib/x86_64-linux-gnu/libexec/xdg-desktop-portal-kde")
        wait("portal of Plasma", lambda: self.has_name("org.freedesktop.impl.portal.desktop.kde"))
        self.start("/usr/libexec/xdg-desktop-portal")
        wait("portal", lambda: self.has_name("org.freedesktop.portal.Desktop"))
        self.hands = PlasmaHands(str(self.runtime / "wayland-0"))

    def permit_keys(self):
        """Plasma asks nobody."""

    def permit_typing(self):
        """Presses the button that the dialog has chosen: to share."""
        time.sleep(1)
        self.hands.tap(ENTER)

    def refuse_typing(self):
        time.sleep(1)
        self.hands.tap(ESCAPE)

    def bind_toggle(self):
        """Gives the other shortcut F10, as a user does on the command line."""
        self.run("utter", "hotkey", "--bind", "f10", "--toggle")

    def shoot(self, path):
        """KWin takes no pictures where nothing can draw but the processor."""


class GNOME(Desktop):
    variables = {"XDG_CURRENT_DESKTOP": "GNOME", "GDK_BACKEND": "wayland"}

    def begin_shell(self):
        self.start("python3", "-m", "dbusmock", "--system", "--template", "logind")
        system = dbus.bus.BusConnection(self.environment["DBUS_SYSTEM_BUS_ADDRESS"])
        wait("logind", lambda: system.name_has_owner("org.freedesktop.login1"))
        self.start("pipewire")
        self.start("wireplumber")
        self.start("gnome-shell", "--headless", "--virtual-monitor",
                   "x".join(map(str, GNOMEHands.SIZE)), "--wayland",
                   "--wayland-display", "wayland-0", "--unsafe-mode")
        wait("GNOME Shell", lambda: self.exists("wayland-0"))
        wait("its names", lambda: self.has_name("org.gnome.Mutter.RemoteDesktop"))
        self.hands = GNOMEHands(self.bus)
        wait("the shell", lambda: self.evaluate("Main.layoutManager._startingUp") == "false")
        # No shortcut fires in the overview, with which it begins.
        wait("no overview", lambda: self.evaluate(
            "Main.overview.hide(); Main.overview.visible") == "false")
        wait("portal", lambda: self.has_portal())
        # As in every session of GNOME, what has no other way reaches the clipboard through XWayland.
        self.environment["DISPLAY"] = ":0"
        self.environment["XAUTHORITY"] = str(
            wait("XWayland", lambda: next(self.runtime.glob(".mutter-Xwaylandauth*"), None)))

    def has_portal(self):
        try:
            self.bus.start_service_by_name("org.freedesktop.portal.Desktop")
            return True
        except dbus.DBusException:
            return False

    def windows(self):
        return self.evaluate("global.get_window_actors().map(a => a.meta_window.title).join()")

    def permit_keys(self):
        """Presses Add in the dialog."""
        wait("the dialog for shortcuts", lambda: "Shortcuts" in self.windows())

        def is_over():
            # It moves into its place first.
            time.sleep(1)
            self.hands.click(840, 308)
            return "Shortcuts" not in self.windows()

        wait("its end", is_over)

    def permit_typing(self):
        """Turns the switch on and presses Share."""
        time.sleep(1)
        self.hands.click(885, 323)
        time.sleep(1)
        self.hands.click(922, 189)

    def refuse_typing(self):
        time.sleep(1)
        self.hands.click(360, 189)

    def bind_toggle(self):
        """Gives the other shortcut F10, as the settings do."""
        schema = "org.gnome.settings-daemon.global-shortcuts.application"
        path = "/org/gnome/settings-daemon/global-shortcuts/org.utter.Utter/"
        self.run("gsettings", "set", f"{schema}:{path}", "shortcuts", (
            "[('hold', {'shortcuts': <['F9']>, 'description': <'Dictate while held'>}), "
            "('toggle', {'shortcuts': <['F10']>, 'description': <'Start or stop dictation'>})]"))

    def evaluate(self, script):
        """What a script in the shell gives; empty where it does not listen yet."""
        try:
            shell = self.bus.get_object("org.gnome.Shell", "/org/gnome/Shell")
            return dbus.Interface(shell, "org.gnome.Shell").Eval(script)[1]
        except dbus.DBusException:
            return ""

    def shoot(self, path):
        """Takes a picture of the screen."""
        screen = self.bus.get_object("org.gnome.Shell.Screenshot", "/org/gnome/Shell/Screenshot")
        dbus.Interface(screen, "org.gnome.Shell.Screenshot").Screenshot(False, False, str(path))
