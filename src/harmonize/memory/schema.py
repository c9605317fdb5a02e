"""The tables of a memory file, and how files of earlier versions are brought up to date."""

from __future__ import annotations

APPLICATION = 0x686D7A65
"""``PRAGMA application_id`` of our files: "hmze"."""

_FIRST = """
CREATE TABLE maker (
    id INTEGER PRIMARY KEY,
    engine TEXT NOT NULL,
    glossary TEXT NOT NULL,
    rules TEXT NOT NULL,
    UNIQUE (engine, glossary, rules)
);
INSERT INTO maker VALUES (1, '', '', '');
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    pair TEXT NOT NULL,
    who TEXT NOT NULL,
    stands INTEGER NOT NULL DEFAULT 1,
    slot BLOB NOT NULL,
    key BLOB NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    duty INTEGER NOT NULL,
    section TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    origin TEXT NOT NULL,
    maker INTEGER NOT NULL REFERENCES maker,
    terms TEXT NOT NULL,
    flags TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    last_used INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX entry_slot ON entry (slot) WHERE stands = 1;
CREATE INDEX entry_before ON entry (slot) WHERE stands = 0;
CREATE INDEX entry_key ON entry (key);
CREATE INDEX entry_human ON entry (pair) WHERE who = 'human';
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE VIRTUAL TABLE gram USING fts5 (
    source, content = 'entry', content_rowid = 'id',
    tokenize = 'trigram', detail = none, columnsize = 0
);
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
    INSERT INTO gram (rowid, source) VALUES (new.id, new.source);
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
    INSERT INTO gram (gram, rowid, source) VALUES ('delete', old.id, old.source);
END;
"""

NOBODY = 1
"""The maker of what a person wrote."""

_NUMBERS = """
CREATE TRIGGER entry_number AFTER DELETE ON entry BEGIN
    INSERT OR REPLACE INTO setting
    SELECT 'last', max(old.id, ifnull((SELECT value + 0 FROM setting WHERE name = 'last'), 0));
END;
"""
"""The highest number that was ever taken from an entry: no other one gets it, for reviews withdraw
by number what they taught."""

NEXT = (
    "(SELECT 1 + max(ifnull((SELECT max(id) FROM entry), 0), "
    "ifnull((SELECT value + 0 FROM setting WHERE name = 'last'), 0)))"
)
"""The number of the next entry."""

MIGRATIONS: tuple[str, ...] = (_FIRST, _NUMBERS)
"""The script at place *n* leads from version *n* to *n* + 1, in one transaction."""
