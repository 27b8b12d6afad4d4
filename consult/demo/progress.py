"""What the demo prints while it works: one line a step, and on a terminal a line that is written over."""

import sys

import click

_OVER = "\r\033[K"


def tell(words: str) -> None:
    """Show where a long step stands; only on a terminal."""
    if sys.stdout.isatty():
        click.echo(f"{_OVER}  {words}", nl=False)


def step(words: str) -> None:
    """Print a line that stays."""
    click.echo(f"{_OVER}{words}" if sys.stdout.isatty() else words)
