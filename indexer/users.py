"""People who may correct the English, and their passwords."""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from indexer.errors import ArchiveError, NotFound
from indexer.store import now, transaction

MIN_PASSWORD = 10
MAX_PASSWORD = 1_000

_NAME = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]{0,38}[^\s\x00-\x1f\x7f])?")


@dataclass(frozen=True, slots=True)
class User:
    """Hold a person's name, and a stamp that changes with the password."""

    name: str
    created_at: str
    stamp: str


def add(connection: sqlite3.Connection, name: str, password: str) -> User:
    """Let a person correct; raises ArchiveError for a name that is taken or a weak password."""
    _require_good(name, password)
    with transaction(connection):
        if find(connection, name):
            raise ArchiveError(f"There is a user {name} already: choose another name.")
        connection.execute(
            "INSERT INTO user (name, password_hash, created_at) VALUES (?, ?, ?)",
            (name, _hasher().hash(password), now()),
        )
    return _existing(connection, name)


def set_password(connection: sqlite3.Connection, name: str, password: str) -> User:
    """Change a password, which signs the person out everywhere; raises NotFound."""
    _require_good(name, password)
    with transaction(connection):
        _existing(connection, name)
        _store_password(connection, name, password)
    return _existing(connection, name)


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Take the right to correct away; what the person corrected stays. Raises NotFound."""
    with transaction(connection):
        _existing(connection, name)
        connection.execute("DELETE FROM user WHERE name = ?", (name,))


def users(connection: sqlite3.Connection) -> list[User]:
    """List all users by name."""
    return [_user(row) for row in connection.execute("SELECT * FROM user ORDER BY name")]


def find(connection: sqlite3.Connection, name: str) -> User | None:
    """Return the user of this name, or None."""
    row = connection.execute("SELECT * FROM user WHERE name = ?", (name,)).fetchone()
    return _user(row) if row else None


def check(connection: sqlite3.Connection, name: str, password: str) -> User | None:
    """Return the user if the password is right, else None.

    An unknown name takes as long as a wrong password, so that names cannot be guessed by time.
    """
    row = connection.execute("SELECT * FROM user WHERE name = ?", (name,)).fetchone()
    stored = row["password_hash"] if row else _nobody()
    try:
        _hasher().verify(stored, password[:MAX_PASSWORD])
    except (VerificationError, InvalidHashError):
        return None
    if not row:
        return None
    if _hasher().check_needs_rehash(stored):
        with transaction(connection):
            _store_password(connection, name, password)
    return find(connection, name)


def _store_password(connection: sqlite3.Connection, name: str, password: str) -> None:
    connection.execute(
        "UPDATE user SET password_hash = ? WHERE name = ?", (_hasher().hash(password), name)
    )


def _require_good(name: str, password: str) -> None:
    if not _NAME.fullmatch(name):
        raise ArchiveError("A user name has 1 to 40 characters on one line: choose another.")
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise ArchiveError(
            f"A password has {MIN_PASSWORD} to {MAX_PASSWORD:,} characters: choose another."
        )


def _existing(connection: sqlite3.Connection, name: str) -> User:
    user = find(connection, name)
    if user is None:
        raise NotFound(f"There is no user {name}: see archive user list.")
    return user


def _user(row: sqlite3.Row) -> User:
    stamp = hashlib.sha256(row["password_hash"].encode()).hexdigest()[:16]
    return User(row["name"], row["created_at"], stamp)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex())
