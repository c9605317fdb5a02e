"""Bytes into text, and what is refused."""

from __future__ import annotations

import hashlib

import pytest

from harmonize.errors import RejectedInput
from harmonize.read.decode import decode

SPANISH = "Función principal: gestión de la membresía, ¿cómo? Enviar currículum al señor Núñez."
ENGLISH = "CLAC’s mission – “fair trade” for workers in Bogotá, Perú and México."


@pytest.mark.parametrize("text", [SPANISH, ENGLISH], ids=["es", "en"])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac-roman", "mac-roman"),
    ],
)
def test_encoding_is_found(text: str, encoding: str, name: str) -> None:
    assert decode(text.encode(encoding)) == (text, name)


@pytest.mark.parametrize("encoding", ["latin-1", "iso8859-15", "cp850"])
def test_text_of_an_old_code_page_is_found(encoding: str) -> None:
    assert decode(SPANISH.encode(encoding)).text == SPANISH


@pytest.mark.parametrize(
    "text",
    [
        "Développement durable à Genève : évaluation des coopératives de café",
        "Coordenação de projetos em São Paulo: remuneração, inscrições, não há exceções",
    ],
)
def test_other_western_languages_are_read_too(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "Word"),
        (b"text with a \x00 in it", "byte 12"),
        (b"Hola \xff\xfe mundo", "Byte 5 (0xFF)"),
        ("gestión".encode() + b" \xf3 " + "función y más".encode(), "byte 9 (0xF3)"),
        (b"\xff\xfeodd", "utf-16"),
        (bytes(range(128, 256)), "Byte 0"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, words: str) -> None:
    with pytest.raises(RejectedInput) as caught:
        decode(data)
    assert words in caught.value.cause
    assert caught.value.remedy


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_refused(seed: int) -> None:
    with pytest.raises(RejectedInput):
        decode(hashlib.shake_128(bytes([seed])).digest(400))


@pytest.mark.parametrize("text", ["BMW busca técnica", "MZ", "RIF y NIT", "ID3"])
def test_text_that_begins_like_a_binary_is_text(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text
