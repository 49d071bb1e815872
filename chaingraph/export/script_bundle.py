"""Puts our browser modules into one classic script in ASCII, which also runs from a file, where modules cannot load.

It reads the few forms that our modules are written in: ``import { a, b } from "./name.js";``, ``import "./name.js";``,
``import("./name.js")``, and ``export`` before a function, class or const. Anything else is refused.
"""

from __future__ import annotations

import re

from chaingraph.export.assets import asset_path

_FILE = r'"\./(?P<file>[a-z0-9_]+\.js)"'
_IMPORT = re.compile(rf"^import (?:\{{ (?P<names>[^}}]+) \}} from )?{_FILE};$", re.MULTILINE)
_DYNAMIC = re.compile(rf"\bimport\({_FILE}\)")
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (?P<name>[A-Za-z_$][\w$]*))", re.MULTILINE)
_OTHER_FORM = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LEAVES_THE_SCRIPT = re.compile(r"<(?=/script|!--)", re.IGNORECASE)

_FRAME = """\
(() => {
"use strict";
const $made = {};
const $use = (name) => ($made[name] ??= $parts[name]());
const $parts = {
%s};
$use("%s");
})();
"""


def bundle(entry: str) -> str:
    """A module of viz/static/js with all that it imports, each run once, when it is first asked for.

    Parameters
    ----------
    entry
        Its file's name, such as "single_page.js".

    Raises
    ------
    ValueError
        If a module is written in another form, or some import each other in a circle.
    """
    parts: dict[str, str] = {}
    _gather(entry, parts, ())
    return script(_FRAME % ("".join(f'"{name}"() {{\n{text}}},\n' for name, text in parts.items()), entry))


def script(text: str) -> str:
    """JavaScript in ASCII that may stand in a page's script element; no source map is looked for."""
    plain = _BEYOND_ASCII.sub(lambda found: _escaped(found[0]), _SOURCE_MAP.sub("", text))
    return _LEAVES_THE_SCRIPT.sub(r"\\x3c", plain)


def style(text: str) -> str:
    """CSS in ASCII that may stand in a page's style element."""
    return _BEYOND_ASCII.sub(lambda found: f"\\{ord(found[0]):x} ", text).replace("</", "<\\/")


def _gather(name: str, parts: dict[str, str], above: tuple[str, ...]) -> None:
    """Adds a module and what it imports to ``parts``, as the body of a function that returns its exports."""
    if name in above:
        raise ValueError(f"{' imports '.join((*above, name))}: a circle")
    if name in parts:
        return
    text = asset_path(f"js/{name}").read_text(encoding="utf-8")
    exported = [found["name"] for found in _EXPORT.finditer(text)]
    body = _DYNAMIC.sub(lambda found: f'Promise.resolve().then(() => $use("{found["file"]}"))', text)
    body = _EXPORT.sub("", _IMPORT.sub(_taken, body))
    other = _OTHER_FORM.search(body)
    if other:
        raise ValueError(f"js/{name}: the bundler does not read {other[0]!r}")
    parts[name] = f"{body.rstrip()}\nreturn {{ {', '.join(exported)} }};\n"
    for found in _IMPORT.finditer(text):
        _gather(found["file"], parts, (*above, name))
    for found in _DYNAMIC.finditer(text):
        _gather(found["file"], parts, ())


def _taken(found: re.Match[str]) -> str:
    """An import as what it does here: takes some exports of a module, or only runs it."""
    used = f'$use("{found["file"]}");'
    return f"const {{ {found['names'].replace(' as ', ': ')} }} = {used}" if found["names"] else used


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
