"""Handing the directory out as a file, in the columns that are read back."""

from typing import IO

from sqlalchemy.orm import Session

from consult.documents.agency_list import csv_list, write_workbook
from consult.domain.directory import Groups
from consult.store.queries.directory import agencies, groups


def write_directory(session: Session, file: IO[bytes]) -> None:
    """Write every agency, ended ones too, as an ``.xlsx`` workbook."""
    entries = (each.entry for each in agencies(session))
    write_workbook(file, entries, Groups([each.group for each in groups(session)]))


def directory_as_csv(session: Session) -> bytes:
    """Return every agency, ended ones too, as CSV."""
    entries = (each.entry for each in agencies(session))
    return csv_list(entries, Groups([each.group for each in groups(session)]))
