"""Commands for the packages that translate."""

from __future__ import annotations

import re
from pathlib import Path

import click

from indexer.cli.base import json_option, print_json
from translations.packages import Installed, Packages

_PAIR = re.compile(r"([a-z]{2,3})[-_]([a-z]{2,3})")


@click.group()
def models() -> None:
    """List, install and remove translation packages."""


@models.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the packages, the one in use first.

    \b
    Example:
      archive models list
    """
    packages = Packages()
    best = packages.best()
    found = sorted(packages.installed(), key=lambda package: package.name != best.name)
    if as_json:
        print_json(found)
        return
    for package in found:
        mark = "*" if package.name == best.name else " "
        click.echo(f"{mark} {package.name}  {package.label}  sha256 {package.sha256}")


@models.command()
@click.argument("package", metavar="PATH|PAIR")
@click.option("--sha256", help="Refuse a file that has not this SHA-256.")
def install(package: str, sha256: str | None) -> None:
    """Install a package from a file, or the official one for a pair of languages.

    Only the pair needs a network. Afterwards, archive translate upgrades what is there.

    \b
    Examples:
      archive models install translate-zh_en-1_9.argosmodel
      archive models install zh-en
    """
    pair = _PAIR.fullmatch(package)
    installed: Installed
    if pair and not Path(package).exists():
        installed = Packages().download(pair[1], pair[2])
    else:
        installed = Packages().install(Path(package), sha256)
    click.echo(f"{installed.name} is installed: {installed.label}, sha256 {installed.sha256}.")
    click.echo("Upgrade the English with: archive translate")


@models.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the package NAME. The built-in package comes back when nothing else is there.

    \b
    Example:
      archive models remove translate-zh_en-1_9
    """
    Packages().remove(name)
    click.echo(f"{name} is removed.")


COMMANDS = (models,)
