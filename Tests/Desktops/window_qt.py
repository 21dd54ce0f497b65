"""A window with a text field; what is in it goes to a file."""

import sys

from PyQt6.QtWidgets import QApplication, QPlainTextEdit

path = sys.argv[1]


def tell(focus):
    with open(path + ".focus", "w") as file:
        file.write(focus)


class Field(QPlainTextEdit):
    def focusInEvent(self, event):
        super().focusInEvent(event)
        tell("in")

    def focusOutEvent(self, event):
        super().focusOutEvent(event)
        tell("out")


def keep():
    with open(path, "w", encoding="utf-8") as file:
        file.write(field.toPlainText())


application = QApplication(sys.argv[:1])
field = Field()
field.setWindowTitle("qt")
field.resize(700, 300)
field.textChanged.connect(keep)
field.show()
field.activateWindow()
keep()
application.exec()
