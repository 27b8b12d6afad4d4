"""What a synthesis is made of: bodies, comments in force in the order of the draft, what stands around the table.

Values alone; ``synthesis_proof`` merges them and proves that each stands in the table once. Counts come from the list
of invitations, never from reading text.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from consult.domain.redline import Change
from consult.domain.synthesis_options import WHOLE, Options
from consult.domain.terms import Channel, CommentKind, Disposition, SilenceRule, Stance, SynthesisForm


@dataclass(frozen=True)
class Body:
    """A body that was asked (or answered unasked), as printed; ``group_line`` is its line of the cover letter.

    ``channel`` is the way its answer came; a ``secret`` one ("Mật") has no rows, whatever its stance. ``stated`` is the
    stance of a body that stands in no list of a stance: one that was not asked. ``notes`` say what the office did for
    it alone (asked it later, gave it longer), as the annex prints them.
    """

    name: str
    letter_number: str | None = None
    letter_date: date | None = None
    late: bool = False
    awaiting_letter: bool = False
    group_line: str = ""
    disagrees: bool = False
    code: str = ""
    channel: Channel = Channel.ONLINE
    secret: bool = False
    stated: Stance | None = None
    notes: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """What tells this body from another of the same name: the invitation's code where there is one."""
        return self.code or self.name


class Opinion(NamedTuple):
    """One comment in force, handed over in the order of the draft.

    ``id`` is 32 lower-case hexadecimal characters; ``draft`` is the draft's printed name ("dự thảo Công văn");
    ``section`` the top heading that it stands under ("" for the whole); ``place`` is as people cite it, ``opening`` the
    first words of the clause. ``proposed_passage`` and ``reason`` may be empty; ``response`` is the officer's sentence,
    ``disposition`` what was done with the comment; both None where nothing answers the words in force.
    ``order`` (draft, position of the clause, line, member, number; by agency: line and member first) must not descend.
    ``changes`` are the proposed wording against the draft, where that was asked for. A tuple, as ``Row`` is.
    """

    id: str
    draft: str
    section: str
    place: str
    opening: str
    body: Body
    kind: CommentKind
    content: str
    proposed_passage: str = ""
    reason: str = ""
    response: str | None = None
    order: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    disposition: Disposition | None = None


@dataclass(frozen=True)
class Summary:
    """What stands above and below the table.

    ``subject`` is what follows "ĐỐI VỚI" ("dự thảo văn bản …"); ``opinions`` the number of comments in force;
    ``drafts`` the printed names when a round has several; ``provisional_at`` the moment of a table that is not final;
    ``extended`` sentences about bodies that were given longer, as they are printed. ``own`` are the words that the
    office prints instead of the house's. ``part`` names what the table is confined to; ``in_part`` counts it.
    """

    form: SynthesisForm
    lead_agency: str
    superior_body: str
    place: str
    subject: str
    letter_number: str | None
    letter_date: date | None
    invited: int
    agrees: tuple[Body, ...]
    no_opinion: tuple[Body, ...]
    commenting: tuple[Body, ...]
    silent: tuple[Body, ...]
    silence: SilenceRule
    silence_ground: str
    opinions: int
    signer_authority: str = ""
    signer_title: str = ""
    provisional_at: datetime | None = None
    uninvited: tuple[Body, ...] = ()
    extended: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    options: Options = WHOLE
    own: tuple[tuple[str, str], ...] = ()
    part: str = ""
    in_part: int | None = None

    @property
    def expected(self) -> int:
        """How many comments the table must hold."""
        return self.opinions if self.in_part is None else self.in_part

    @property
    def answered(self) -> tuple[Body, ...]:
        """Who sent an answer of those asked."""
        return self.agrees + self.no_opinion + self.commenting


class Row(NamedTuple):
    """An opinion on its way into the table: what begins with it, whether it is the last; ``others`` say the same words.

    A tuple, since a table makes tens of thousands: a frozen dataclass takes several times as long to make.
    """

    opinion: Opinion
    number: int
    starts_draft: bool
    starts_section: bool
    starts_place: bool
    last: bool
    others: tuple["Row", ...] = ()


@dataclass(frozen=True)
class Tally:
    """What was counted while the rows went by, and proved on the written file.

    ``rows`` counts comments; ``joined`` of them stand in the row of another one. ``digest`` is of the data.
    """

    rows: int
    places: int
    bodies: int
    unanswered: int
    joined: int = 0
    digest: str = ""
