"""Commands about officials: joining one to a lead agency, a sign-in link."""

import click

from consult.actions import appointing
from consult.clock import machine_clock
from consult.commands.common import configured, installation, open_database, refusing
from consult.domain.terms import OfficialRole
from consult.store.database import writing


@click.group()
def official() -> None:
    """The officials who answer."""


@official.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--agency", default="", help="The lead agency; default: LEAD_AGENCY or the only one.")
@click.option("--administrator", is_flag=True, help="Let this official keep the directory and the list of officials.")
@refusing
def official_add(email: str, name: str, agency: str, administrator: bool) -> None:
    """Add an official of a lead agency."""
    role = OfficialRole.ADMINISTRATOR if administrator else None
    with writing(open_database()) as session:
        office = agency or configured.lead_agency
        joined = appointing.add_official(session, email, name, office, machine_clock(), role)
    click.echo(f"{joined.name} <{joined.email}> is an {joined.role.value} of {joined.lead_agency}.")


@click.command()
@click.argument("email")
@refusing
def link(email: str) -> None:
    """Print a one-time sign-in link of an official."""
    ready = installation()
    with writing(open_database()) as session:
        address = appointing.sign_in_address(session, email, ready, machine_clock())
    click.echo(address)
