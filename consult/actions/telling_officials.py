"""Tells the officials of a lead agency, by letter, what happens to its rounds. Any number of workers may do it.

Each act locks what it tells of first and looks again whether it is due, so that one worker's letter is the only one.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.mail_trouble import trouble_of
from consult.domain.telling import STORM, closing_soon, digest_until, failures_due, many_silent
from consult.domain.terms import Basis, LetterKind
from consult.mail import desk_letters
from consult.mail.desk_letters import Answer, Failed, Reader, RoundNews
from consult.mail.layout import render
from consult.mail.parts import Letter
from consult.store.consultations import Round
from consult.store.outbox import NewLetter, queue
from consult.store.queries import told
from consult.store.queries.people import silent
from consult.store.queries.reminded import open_rounds
from consult.store.queries.rounds import RoundFacts, round_by_id
from consult.store.queries.told import CameIn, Failure, ToldOffice, ToldOfficial

Tell = Callable[[Session, int, datetime], int]


def owed(session: Session, now: datetime) -> Iterator[tuple[Tell, int]]:
    """Yield what officials are to be told now: the act, and the id of the lead agency or round that it is given."""
    for office in told.offices(session):
        if digest_until(office.digest_until, now):
            yield tell_digest, office.id
        if _reportable(session, office.id, now):
            yield tell_failures, office.id
    for round_id in open_rounds(session, now):
        if _closing(session, round_by_id(session, round_id), now):
            yield tell_closing_soon, round_id


def tell_digest(session: Session, lead_agency_id: int, now: datetime) -> int:
    """Queue a letter to each official about what came in since the last one; return how many, 0 when nothing came."""
    office = told.held_office(session, lead_agency_id)
    until = digest_until(office.digest_until, now)
    if until is None:
        return 0
    rows = told.came_in(session, office, until)
    told.told_until(session, office.id, until)
    every = (_news(session, number, list(group), until) for number, group in groupby(rows, lambda row: row.round_id))
    rounds = tuple(news for news in every if news.answers or news.recalled)
    if not rounds:
        return 0
    return _tell(
        session,
        office,
        LetterKind.DIGEST,
        f"digest:{until.timestamp():.0f}",
        lambda to: desk_letters.digest(Reader(to.name, office.name), rounds, until),
        now,
    )


def tell_failures(session: Session, lead_agency_id: int, now: datetime) -> int:
    """Queue a letter to each official about all letters that could not be delivered since; return how many."""
    office = told.held_office(session, lead_agency_id)
    found = _reportable(session, office.id, now)
    if not found:
        return 0
    told.mark_reported(session, found, now)
    failed = tuple(_failed(each) for each in found)
    slugs = tuple(dict.fromkeys(each.slug for each in found))
    return _tell(
        session,
        office,
        LetterKind.UNDELIVERED,
        f"undelivered:{now.timestamp():.6f}",
        lambda to: desk_letters.undelivered(Reader(to.name, office.name), failed, slugs),
        now,
    )


def tell_closing_soon(session: Session, round_id: int, now: datetime) -> int:
    """Queue a letter to each official about a round that closes soon with many silent; return how many."""
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True)).all()
    facts = round_by_id(session, round_id)
    if not _closing(session, facts, now):
        return 0
    office = told.office_of(session, round_id)
    news = _standing(session, facts, silent=tuple(each.name for each in silent(session, round_id)))
    return _tell(
        session,
        office,
        LetterKind.CLOSING_SOON,
        _closing_key(facts),
        lambda to: desk_letters.closing_soon(Reader(to.name, office.name), news, now),
        now,
        round_id,
    )


def _reportable(session: Session, lead_agency_id: int, now: datetime) -> Sequence[Failure]:
    """Return the letters to be told of now: none while a sending goes on that began a short while ago."""
    found = told.failures(session, lead_agency_id)
    if not found or told.still_leaving(session, lead_agency_id, now - STORM, now):
        return ()
    last = told.last_reported(session, lead_agency_id)
    return found if failures_due(last, any(each.urgent for each in found), now) else ()


def _closing(session: Session, facts: RoundFacts, now: datetime) -> bool:
    """Say whether the officials are to be told that a round closes soon: its morning has come, and many are silent."""
    opened_at = max(facts.window.opens_at, facts.published_at or facts.window.opens_at)
    if closing_soon(facts.window, opened_at, now) is None:
        return False
    asked, answered = told.asked_and_answered(session, facts.id)
    if not many_silent(asked - answered, asked):
        return False
    keys = told.keys_of(session, facts.id, LetterKind.CLOSING_SOON)
    return not any(key.startswith(_closing_key(facts)) for key in keys)


def _closing_key(facts: RoundFacts) -> str:
    return f"closing_soon:{facts.id}:{facts.window.closes_at.timestamp():.0f}"


def _news(session: Session, round_id: int, rows: Sequence[CameIn], until: datetime) -> RoundNews:
    """Return what came in of one round: what is in force, and who took an answer back and sent none instead.

    An answer replaced or taken back after ``until`` is no news: the next digest tells of that.
    """
    answers = [row for row in rows if row.in_force]
    sent = {row.invitation_id for row in answers}
    back = [row for row in rows if row.recalled_at and row.recalled_at <= until]
    recalled = dict.fromkeys(row.agency for row in back if row.invitation_id not in sent)
    facts = round_by_id(session, round_id)
    return _standing(session, facts, answers=tuple(_answer(row) for row in answers), recalled=tuple(recalled))


def _standing(session: Session, facts: RoundFacts, **more: tuple[object, ...]) -> RoundNews:
    asked, answered = told.asked_and_answered(session, facts.id)
    return RoundNews(facts.slug, facts.title, facts.window, asked, answered, **more)  # type: ignore[arg-type]


def _answer(row: CameIn) -> Answer:
    asked = row.basis is not Basis.UNASKED
    came = (row.channel, row.received_on, row.secret)
    return Answer(row.agency, row.stance, row.comments, row.version, row.late, *came, asked)


def _failed(each: Failure) -> Failed:
    return Failed(each.title, each.kind, each.to_name, each.to_address, trouble_of(each.reason), each.returned)


def _tell(
    session: Session,
    office: ToldOffice,
    kind: LetterKind,
    key: str,
    words: Callable[[ToldOfficial], Letter],
    now: datetime,
    round_id: int | None = None,
) -> int:
    """Queue one letter to each official who wants them; ``key`` names what they are told."""
    fresh = []
    for each in told.told_officials(session, office.id):
        laid_out = render(words(each))
        letter = NewLetter(
            key=f"{key}:{each.id}",
            kind=kind,
            to_address=each.email,
            to_name=each.name,
            subject=laid_out.subject,
            text=laid_out.text,
            html=laid_out.html,
            round_id=round_id,
            official_id=each.id,
        )
        fresh.append(letter)
    queue(session, fresh, now)
    return len(fresh)
