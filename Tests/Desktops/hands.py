"""Hands on the keyboard and the mouse of a desktop without devices."""

import socket
import struct
import time

import dbus


class Hands:
    """What both kinds can do."""

    def tap(self, *codes):
        """Presses keys together, and lets go of them."""
        for code in codes:
            self.key(code, 1)
            time.sleep(0.03)
        for code in reversed(codes):
            self.key(code, 0)
            time.sleep(0.03)


class PlasmaHands(Hands):
    """KWin's own interface for test programs, org_kde_kwin_fake_input, spoken on its socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        # Objects: 1 the display, 2 the registry, 3 a callback, 4 the fake input.
        self._send(1, 1, struct.pack("=I", 2))
        self._send(1, 0, struct.pack("=I", 3))
        name, version = self._find(b"org_kde_kwin_fake_input")
        self._send(2, 0, struct.pack("=I", name) + self._text(b"org_kde_kwin_fake_input")
                   + struct.pack("=II", min(version, 4), 4))
        self._send(4, 0, self._text(b"hands") + self._text(b"tests"))

    def key(self, code, is_down):
        self._send(4, 10, struct.pack("=II", code, is_down))

    def click(self, x, y):
        self._send(4, 9, struct.pack("=ii", x * 256, y * 256))
        time.sleep(0.1)
        for is_down in (1, 0):
            self._send(4, 2, struct.pack("=II", 0x110, is_down))

    @staticmethod
    def _text(text):
        padded = text + b"\0" * (4 - len(text) % 4)
        return struct.pack("=I", len(text) + 1) + padded

    def _send(self, number, operation, body):
        self.socket.sendall(struct.pack("=II", number, (len(body) + 8) << 16 | operation) + body)

    def _find(self, wanted):
        found, data = None, b""
        while True:
            data += self.socket.recv(65536)
            while len(data) >= 8:
                number, rest = struct.unpack("=II", data[:8])
                size = rest >> 16
                if len(data) < size:
                    break
                body, data = data[8:size], data[size:]
                if number == 2 and rest & 0xFFFF == 0:
                    name, length = struct.unpack("=II", body[:8])
                    text = body[8:8 + length - 1]
                    if text == wanted:
                        found = (name, struct.unpack("=I", body[-4:])[0])
                elif number == 3:
                    if found is None:
                        raise RuntimeError("KWin offers no fake input")
                    return found


class GNOMEHands(Hands):
    """Mutter's own interface for remote desktops; its keyboard lasts as long as this object."""

    NAME = "org.gnome.Mutter.RemoteDesktop"
    SIZE = (1280, 800)

    def __init__(self, bus):
        manager = dbus.Interface(bus.get_object(self.NAME, "/org/gnome/Mutter/RemoteDesktop"),
                                 self.NAME)
        path = manager.CreateSession()
        self.session = dbus.Interface(bus.get_object(self.NAME, path), self.NAME + ".Session")
        self.session.Start()
        # A first key and a first motion make the devices.
        self.key(42, 1)
        self.key(42, 0)
        self.session.NotifyPointerMotionRelative(1.0, 1.0)

    def key(self, code, is_down):
        self.session.NotifyKeyboardKeycode(dbus.UInt32(code), dbus.Boolean(is_down))

    def click(self, x, y):
        # From the corner on, as there is no absolute place without a screen cast; the one at the
        # upper left opens the overview.
        width, height = self.SIZE
        self.session.NotifyPointerMotionRelative(5000.0, 5000.0)
        time.sleep(0.1)
        self.session.NotifyPointerMotionRelative(float(x - width + 1), float(y - height + 1))
        time.sleep(0.1)
        for is_down in (True, False):
            self.session.NotifyPointerButton(dbus.Int32(0x110), dbus.Boolean(is_down))
