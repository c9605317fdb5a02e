"""What the XML formats share: elements whose text XML can hold, and the same bytes every time."""

from __future__ import annotations

from typing import Any

from lxml import etree

from harmonize.render.inline import visible

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def child(parent: Any, tag: str, text: str = "", /, **attributes: str) -> Any:
    """A new element at the end of *parent*, in its namespace; ``_`` in names stands for ``-``.

    >>> root = etree.Element("tmx")
    >>> etree.tostring(child(root, "prop", "bell \\x07", o_encoding="x"))
    b'<prop o-encoding="x">bell [U+0007]</prop>'
    """
    space = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{space}}}{tag}" if space else tag)
    for name, value in attributes.items():
        element.set(name.replace("_", "-"), visible(value))
    if text:
        element.text = visible(text)
    return element


def document(root: Any, doctype: str = "") -> bytes:
    """The file of a tree: indented, UTF-8, a line end last."""
    etree.indent(root)
    data: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", doctype=doctype or None
    )
    return data + b"\n"
