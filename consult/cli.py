"""The ``consult`` command: each command reads its words, calls one action, and prints.

Exit status: 0 done; 1 refused, with one line on standard error that says why and what to do; 2 wrong usage.
"""

import click

from consult.commands import mail, people, record, rounds, running, synthesising


@click.group()
@click.version_option(package_name="consult")
def main() -> None:
    """Ask agencies what they think of a draft, and merge their answers into the synthesis."""


for command in (
    running.demo,
    running.serve_command,
    running.worker,
    running.health,
    mail.mail_group,
    rounds.outline_command,
    rounds.load,
    rounds.publish,
    synthesising.synthesise,
    rounds.withdraw,
    people.official,
    people.link,
    record.db,
    record.journal_group,
    record.backup,
    record.restore,
):
    main.add_command(command)
