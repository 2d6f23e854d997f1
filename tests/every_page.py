"""What holds for every HTML page that any test fetches."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

#: Inputs that need no label: they are not seen, or their own value says what they do.
_UNLABELLED = frozenset({"hidden", "submit", "button", "image", "reset"})
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "form", "list")
#: Elements whose children can only be these.
_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup"},
}
#: A page that was found good once is not read again in the same process; tokens differ and are left out.
_good: set[bytes] = set()


def check(answer: TestResponse) -> None:
    """Fail with every fault of the page at once; other answers pass."""
    if answer.mimetype != "text/html" or not answer.data:
        return
    if answer.status_code in {301, 302, 303, 308} or answer.request.path.startswith("/static/"):
        return
    text = answer.get_data(as_text=True)
    policy = answer.headers.get("Content-Security-Policy", "")
    plain = re.sub(r'(name="csrf_token"[^>]* value=|nonce=)"[^"]+"', "", text)
    seal = hashlib.sha256((answer.request.path + re.sub(r"'nonce-[^']*'", "nonce", policy) + plain).encode()).digest()
    if seal in _good:
        return
    wrong = faults(text, policy, answer.request.path)
    assert wrong == [], f"{answer.request.method} {answer.request.path}: " + "; ".join(wrong)
    _good.add(seal)


def faults(text: str, policy: str, path: str) -> list[str]:
    parser: Any = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    is_part = text.lstrip().startswith("<div data-live-part=")
    root: Element = parser.parseFragment(text) if is_part else parser.parse(text)
    lines = text.splitlines()
    wrong = [
        f"line {where[0]}: {code} {data} in {lines[min(where[0], len(lines)) - 1][:160]!r}"
        for where, code, data in parser.errors
    ]
    # A part of a page that a script puts into it has no frame of its own.
    wrong += [] if is_part else _frame(root, path)
    parents = {child: parent for parent in root.iter() for child in parent}
    ids = [element.get("id", "") for element in root.iter() if element.get("id") is not None]
    wrong += [f"id {name!r} is given {count} times" for name, count in Counter(ids).items() if count > 1 or not name]
    for element in root.iter():
        if isinstance(element.tag, str):
            wrong += _element(element, parents, set(ids), policy)
    return wrong


def _frame(root: Element, path: str) -> list[str]:
    wrong = []
    titles = root.findall("./head/title")
    if len(titles) != 1 or not (titles[0].text or "").split("·")[0].strip():
        wrong.append(f"{len(titles)} titles in the head, or an empty one")
    if (count := len(list(root.iter("h1")))) != 1:
        wrong.append(f"{count} headings of the first rank")
    if (count := len(list(root.iter("main")))) != 1:
        wrong.append(f"{count} main elements")
    language = path.split("/")[1] if len(path) > 1 else ""
    direction = {"en": "ltr", "fr": "ltr", "ar": "rtl"}
    if language in direction and (root.get("lang"), root.get("dir")) != (language, direction[language]):
        wrong.append(f"lang {root.get('lang')!r} and dir {root.get('dir')!r} on a page under /{language}/")
    if not root.get("lang") or root.get("dir") not in {"ltr", "rtl"}:
        wrong.append("no lang or dir")
    return wrong


def _element(element: Element, parents: dict[Element, Element], ids: set[str], policy: str) -> list[str]:
    wrong = []
    tag = element.tag
    for name, value in element.attrib.items():
        if name == "style" or name.startswith("on"):
            wrong.append(f"<{tag} {name}={value!r}>: an inline style or handler")
        if name in _REFERENCES:
            wrong += [f"<{tag} {name}={value!r}> names nothing" for part in value.split() if part not in ids]
        if name in {"href", "src", "action"} and re.match(r"\s*(javascript|data|vbscript):", value, re.I):
            wrong.append(f"<{tag} {name}={value!r}>")
    if allowed := _CHILDREN.get(tag):
        strange = {child.tag for child in element if isinstance(child.tag, str)} - allowed - {"script", "template"}
        wrong += [f"<{child}> directly in <{tag}>" for child in sorted(strange)]
    if tag in {"script", "style"}:
        wrong += _inline(element, policy)
    if tag == "form" and element.get("method", "get").lower() == "post":
        tokens = [field for field in element.iter("input") if field.get("name") == "csrf_token" and field.get("value")]
        if len(tokens) != 1:
            wrong.append(f"a form to {element.get('action')!r} with {len(tokens)} tokens")
    if tag == "img" and element.get("alt") is None:
        wrong.append("an image without alt")
    # What is hidden gets its words from the script that shows it.
    if tag in {"a", "button"} and element.get("hidden") is None and not _name_of(element):
        wrong.append(f"<{tag} {element.attrib}> without words")
    if tag in {"input", "select", "textarea"} and element.get("type") not in _UNLABELLED:
        wrong += _labelled(element, parents)
    return wrong


def _name_of(element: Element) -> str:
    words = "".join(element.itertext()).strip()
    return words or element.get("aria-label", "") or element.get("aria-labelledby", "")


def _labelled(element: Element, parents: dict[Element, Element]) -> list[str]:
    # Hidden from everybody: password managers read there whose password is chosen.
    if element.get("hidden") is not None or element.get("aria-label") or element.get("aria-labelledby"):
        return []
    above = element
    while above in parents:
        above = parents[above]
        if above.tag == "label":
            return []
    labels = [label for label in above.iter("label") if label.get("for") == element.get("id")]
    if element.get("id") and any(_name_of(label) for label in labels):
        return []
    return [f"no label for {element.get('name')!r}"]


def _inline(element: Element, policy: str) -> list[str]:
    """A script or style of the page's own: its nonce or its hash is in the policy; others come from this site."""
    if element.get("src"):
        return [] if element.get("src", "").startswith("/static/") else [f"a script from {element.get('src')!r}"]
    if element.get("type") in {"application/json", "application/ld+json"}:
        return []
    directive = next((part for part in policy.split("; ") if part.startswith(f"{element.tag}-src")), "")
    digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
    nonce = element.get("nonce")
    if (nonce and f"'nonce-{nonce}'" in directive) or f"'sha256-{digest}'" in directive:
        return []
    return [f"<{element.tag}> that the policy does not allow"]
