"""
The English catalogue: every Chinese string that the sources mark for translation, and its English.

``python -m config.catalogue write`` brings locale/en in step with the sources: a new string enters without English, one
that nobody uses any more leaves, and django.mo is compiled. Fill in what is empty in django.po, then write again.
``python -m config.catalogue check`` changes nothing and names what is wrong.

django.mo is committed, because a machine that only runs the product has neither polib nor GNU gettext. The strings are
found as ``makemessages`` finds them, but without xgettext: by Python's syntax tree, and in templates by Django's own
``templatize``. Files are named without line numbers, so that a difference shows what was said, not where it moved.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib  # type: ignore[import-untyped]
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
METADATA = {
    "Project-Id-Version": "tracker",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
UNREAD = {"tests", "benchmarks"}  # what they say, no user reads

SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
PLACEHOLDER = re.compile(r"%(\(\w+\))?[.\d]*([sd])")  # its name and its type; %(n).0s is filled, and writes nothing
WORDS = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
# As templatize writes it: gettext(u'…') or ngettext(u'…', u'…', count), and _("…") as it stands in a tag
CALL = re.compile(rf"\b(?:_|n?gettext)\((?P<words>{WORDS}(?:, {WORDS})?)")


@dataclass
class Message:
    """A marked string: its plural, empty if it has none, and the files that use it."""

    plural: str = ""
    files: list[str] = field(default_factory=list)


def messages() -> dict[str, Message]:
    """Return every marked string of the sources, in the order of files."""
    found: dict[str, Message] = {}
    for path in sources():
        for words in marked(path):
            message = found.setdefault(words[0], Message())
            message.plural = message.plural or "".join(words[1:])
            if (name := path.relative_to(ROOT).as_posix()) not in message.files:
                message.files.append(name)
    return found


def sources() -> list[Path]:
    """Return the Python files and templates of every package beside this one."""
    packages = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in UNREAD]
    files = [path for package in packages for path in package.rglob("*")]
    return sorted(path for path in files if path.suffix in {".py", ".html", ".txt"})


def marked(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the strings that a file marks: the singular, and the plural if there is one."""
    text = path.read_text(encoding="utf-8")
    return in_python(text) if path.suffix == ".py" else in_template(text)


def in_python(text: str) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SINGULAR | PLURAL:
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if words:
                yield tuple(words[: 2 if node.func.id in PLURAL else 1])


def in_template(text: str) -> Iterator[tuple[str, ...]]:
    for call in CALL.finditer(templatize(text)):
        yield ast.literal_eval(f"({call['words']},)")


def read() -> polib.POFile:
    return polib.pofile(str(PO), wrapwidth=0)


def missing(catalogue: polib.POFile) -> list[str]:
    """Return the strings of the sources that the catalogue does not know."""
    known = {(entry.msgid, entry.msgid_plural) for entry in catalogue}
    return [msgid for msgid, message in messages().items() if (msgid, message.plural) not in known]


def untranslated(catalogue: polib.POFile) -> list[str]:
    """Return the strings without English, or with an English that is marked as a guess (fuzzy)."""
    return [entry.msgid for entry in catalogue if not entry.translated()]


def garbled(catalogue: polib.POFile) -> list[str]:
    """Return the strings whose English has other placeholders: it would lose a figure, or break the page."""
    return [
        entry.msgid
        for entry in catalogue
        for english in filter(None, [entry.msgstr, *entry.msgstr_plural.values()])
        if sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(entry.msgid))
    ]


def is_compiled(catalogue: polib.POFile) -> bool:
    return MO.read_bytes() == catalogue.to_binary()


def check() -> None:
    """:raises SystemExit: naming each fault, if there is one"""
    catalogue = read()
    faults = [f"not in the catalogue: {text}" for text in missing(catalogue)]
    faults += [f"not translated: {text}" for text in untranslated(catalogue)]
    faults += [f"other placeholders: {text}" for text in garbled(catalogue)]
    faults += [] if is_compiled(catalogue) else ["django.mo is not django.po compiled"]
    if faults:
        raise SystemExit("\n".join([*faults, "Run: python -m config.catalogue write"]))


def write() -> None:
    known = {(entry.msgid, entry.msgid_plural): entry for entry in read()}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = METADATA
    for msgid, message in messages().items():
        entry = known.get((msgid, message.plural)) or new_entry(msgid, message.plural)
        entry.occurrences = [(name, "") for name in message.files]
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
        catalogue.append(entry)
    catalogue.save(str(PO))
    catalogue.save_as_mofile(str(MO))


def new_entry(msgid: str, plural: str) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgid_plural=plural, msgstr_plural={0: "", 1: ""} if plural else {})


if __name__ == "__main__":
    {"write": write, "check": check}[sys.argv[1]]()
