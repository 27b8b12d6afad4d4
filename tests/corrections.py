"""Corrected drafts of the sample: the published draft's own clauses, some of them changed, as a Word file."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

from consult.actions import correcting, mending
from consult.actions.comparing import Changed
from consult.actions.correcting import Ordered
from consult.actions.noticing import Grounds
from consult.documents.draft_docx import write_draft
from consult.domain.outline_nodes import Node
from consult.domain.terms import NoticeKind
from consult.store.database import reading, writing
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, corrections_of, draft_at, nodes_of
from tests.builders import Office

NAME = "du-thao-dinh-chinh.docx"
REASON = "Sai sót kỹ thuật khi soạn thảo"
GROUNDS = Grounds(REASON, "612/STTTT-BCVT", None)
NEW_TEXT = "Chủ trì kiểm tra việc chấp hành pháp luật về an ninh mạng của các đại lý Internet trong quý III."


def published(office: Office) -> DraftFile:
    """Return the sample's published draft."""
    with reading(office.database) as session:
        return draft_at(session, office.facts().id, 1)


def in_preparation(office: Office) -> DraftFile | None:
    """Return the correction of the sample's draft that is on the bench, if there is one."""
    draft = published(office)
    with reading(office.database) as session:
        return corrections_of(session, office.facts().id).get(draft.id)


def corrected_file(office: Office, changes: Mapping[str, str | None]) -> bytes:
    """Return the draft as a Word file: a clause by its anchor with other words, None: without it.

    "+2.2": a new one after 2.2. What is numbered under the same heading is numbered anew.
    """
    with reading(office.database) as session:
        nodes = nodes_of(session, published(office))
    kept: list[Node] = []
    for node in nodes:
        text = changes.get(node.anchor, node.text)
        kept += [replace(node, text=text)] if text is not None else []
        new = changes.get(f"+{node.anchor}")
        kept += [replace(node, anchor=f"{node.anchor}-new", text=new)] if new else []
    file = BytesIO()
    write_draft(_numbered(kept), file)
    return file.getvalue()


def _numbered(nodes: list[Node]) -> list[Node]:
    """Number "2.1.", "2.2." … anew under their headings."""
    counts: dict[str | None, int] = {}
    numbered = []
    for node in nodes:
        if node.kind.value == "numbered" and node.parent and node.label.count(".") == 2:
            counts[node.parent] = counts.get(node.parent, 0) + 1
            numbered.append(replace(node, label=f"{node.parent}.{counts[node.parent]}."))
        else:
            numbered.append(node)
    return numbered


def prepare(office: Office, official: OfficialGrant, changes: Mapping[str, str | None]) -> DraftFile:
    """Put a correction on the bench and return it."""
    handed_in = mending.read_file(NAME, corrected_file(office, changes))
    with writing(office.database) as session:
        correcting.prepare(session, official, office.facts(), published(office), handed_in, office.clock())
    found = in_preparation(office)
    assert found is not None
    return found


def issue(
    office: Office, official: OfficialGrant, correction: DraftFile, kind: NoticeKind = NoticeKind.CORRECTED
) -> tuple[Changed, ...]:
    """Issue a correction at the office's clock."""
    ordered = Ordered(kind, GROUNDS, published(office).edition)
    with writing(office.database) as session:
        return correcting.issue(session, official, office.facts(), correction, ordered, office.clock())


def correct(office: Office, official: OfficialGrant, changes: Mapping[str, str | None]) -> tuple[Changed, ...]:
    """Prepare and issue a correction."""
    return issue(office, official, prepare(office, official, changes))
