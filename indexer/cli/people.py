"""Commands for the people who may correct the English."""

from __future__ import annotations

from pathlib import Path

import click

from indexer import users
from indexer.cli.base import archive_option, opened

password_option = click.password_option(
    help="The password; asked for when it is not given. At least 10 characters."
)


@click.group()
def user() -> None:
    """Say who may correct the English in the pages; without a user nobody can."""


@user.command()
@click.argument("name")
@archive_option
@password_option
def add(name: str, folder: Path, password: str) -> None:
    """Let NAME correct the English.

    \b
    Example:
      archive user add ann
    """
    with opened(folder) as archive:
        users.add(archive.connection, name, password)
    click.echo(f"{name} can sign in.")


@user.command()
@click.argument("name")
@archive_option
@password_option
def password(name: str, folder: Path, password: str) -> None:
    """Change the password of NAME, who is signed out everywhere.

    \b
    Example:
      archive user password ann
    """
    with opened(folder) as archive:
        users.set_password(archive.connection, name, password)
    click.echo(f"{name} has a new password.")


@user.command("list")
@archive_option
def list_(folder: Path) -> None:
    """List the users.

    \b
    Example:
      archive user list
    """
    with opened(folder) as archive:
        for person in users.users(archive.connection):
            click.echo(f"{person.created_at}  {person.name}")


@user.command()
@click.argument("name")
@archive_option
def remove(name: str, folder: Path) -> None:
    """Take the right to correct away from NAME; what NAME corrected stays.

    \b
    Example:
      archive user remove ann
    """
    with opened(folder) as archive:
        users.remove(archive.connection, name)
    click.echo(f"{name} can no longer sign in.")


COMMANDS = (user,)
