"""Commands about the people who may correct the English."""

from __future__ import annotations

from pathlib import Path

import click

from indexer import users
from indexer.cli.base import archive_option, json_option, opened, print_json

password_option = click.option(
    "--password",
    envvar="ARCHIVE_PASSWORD",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    help="Asked for when left out; or set ARCHIVE_PASSWORD.",
)


@click.group()
def user() -> None:
    """Say who may correct the English on the pages.

    \b
    Example:
      archive user add 'Ann Lee'
    """


@user.command()
@click.argument("name")
@archive_option
@password_option
def add(name: str, folder: Path, password: str) -> None:
    """Let NAME sign in and correct.

    \b
    Example:
      archive user add 'Ann Lee'
    """
    with opened(folder) as archive:
        users.add(archive.connection, name, password)
    click.echo(f"{name} can sign in now.")


@user.command()
@click.argument("name")
@archive_option
@password_option
def password(name: str, folder: Path, password: str) -> None:
    """Give NAME a new password, which signs NAME out everywhere.

    \b
    Example:
      archive user password 'Ann Lee'
    """
    with opened(folder) as archive:
        users.set_password(archive.connection, name, password)
    click.echo(f"{name} has a new password.")


@user.command()
@click.argument("name")
@archive_option
def remove(name: str, folder: Path) -> None:
    """Let NAME sign in no longer; what NAME corrected stays.

    \b
    Example:
      archive user remove 'Ann Lee'
    """
    with opened(folder) as archive:
        users.remove(archive.connection, name)
    click.echo(f"{name} can no longer sign in.")


@user.command("list")
@archive_option
@json_option
def list_(folder: Path, as_json: bool) -> None:
    """List who may correct.

    \b
    Example:
      archive user list
    """
    with opened(folder) as archive:
        people = users.users(archive.connection)
    if as_json:
        print_json([{"name": one.name, "created_at": one.created_at} for one in people])
        return
    for one in people:
        click.echo(f"{one.name}  since {one.created_at[:10]}")


COMMANDS = (user,)
