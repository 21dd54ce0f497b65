"""A window with a text field; what is in it goes to a file."""

import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk  # noqa: E402

path = sys.argv[1]
window = Gtk.Window(title="gtk")
window.set_default_size(700, 300)
view = Gtk.TextView()
window.add(view)
text = view.get_buffer()


def keep(*_):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.get_text(text.get_start_iter(), text.get_end_iter(), True))


text.connect("changed", keep)


def tell(focus):
    with open(path + ".focus", "w") as file:
        file.write(focus)


window.connect("focus-in-event", lambda *_: tell("in"))
window.connect("focus-out-event", lambda *_: tell("out"))
window.connect("destroy", Gtk.main_quit)
window.show_all()
view.grab_focus()
keep()
Gtk.main()
