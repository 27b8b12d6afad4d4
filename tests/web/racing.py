"""A process that opens a sign-in link, waits for the word, and presses the button: ``FOLDER DATABASE LINK CONTROL``.

``CONTROL`` is ``on``, or ``off`` for a record that does not look whether the link was used.
"""

import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from consult.store import access
from consult.store.access import SignInLink
from consult.store.database import Session, connect
from tests.builders import Clock, sample_office
from tests.web.cast import AT, Client


def unchecked(session: Session, digest: str, now: datetime) -> int:
    """Use a link without asking whether it was used."""
    session.execute(update(SignInLink).where(SignInLink.digest == digest).values(used_at=now))
    return session.execute(select(SignInLink.official_id).where(SignInLink.digest == digest)).scalar_one()


def main(folder: str, database: str, link: str, control: str) -> None:
    """Race; print what the site answered."""
    if control == "off":
        access.use_sign_in_link = unchecked
    office = sample_office(connect(database), Path(folder), Clock(AT))
    client = Client(office.app)
    client.get(link)
    data = {"csrf_token": client.token()}
    print("ready", flush=True)
    sys.stdin.readline()
    print(client.ask("POST", link, data=data).status_code, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
