"""A draft's file, its lines and its clauses into the record; shared by loading a folder and by the mending table."""

import hashlib
import json
import re
from typing import IO
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.documents.draft_docx import write_draft
from consult.documents.line_json import source_of, source_told
from consult.domain.citing import citations, top_titles
from consult.domain.outline_nodes import Node, Outline, SourceText
from consult.domain.wording import search_key
from consult.store.consultations import Clause, StoredFile
from consult.store.drafts import DraftEdit, DraftSource
from consult.store.queries.preparing import DraftFile, nodes_of, told_of


def file_digest(content: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep_file(session: Session, content: bytes) -> str:
    """Store the bytes of a file, once, and return their SHA-256 in hexadecimal."""
    digest = file_digest(content)
    if session.scalar(select(StoredFile.digest).where(StoredFile.digest == digest)) is None:
        session.execute(insert(StoredFile).values(digest=digest, content=content))
    return digest


def keep_source(session: Session, draft_id: int, source: SourceText) -> None:
    """Store the lines of a draft in place of those before; the edits of those go with them."""
    forget_reading(session, [draft_id])
    session.execute(insert(DraftSource).values(draft_id=draft_id, told=source_told(source)))


def forget_reading(session: Session, draft_ids: list[int]) -> None:
    """Forget lines and edits of drafts that nobody outside has seen."""
    for table in (DraftEdit, DraftSource):
        session.execute(delete(table).where(table.draft_id.in_(draft_ids)))


def source_kept(session: Session, draft_id: int, name: str) -> SourceText | None:
    """Return the lines of a draft, None for one of before they were kept."""
    told = told_of(session, draft_id)
    return source_of(name, told) if told else None


def anchor_prefix(part: str, position: int, several: int) -> str:
    """Return what the anchors of a draft begin with: its part where a round has several drafts."""
    return f"{_slug(part) or position}." if several > 1 else ""


def store_clauses(session: Session, draft_id: int, tree: Outline, prefix: str) -> None:
    """Store the nodes of a draft in place of those before."""
    session.execute(delete(Clause).where(Clause.draft_id == draft_id))
    if tree.nodes:
        session.execute(insert(Clause), clause_rows(draft_id, tree, prefix))


def write_clean(session: Session, draft: DraftFile, file: IO[bytes]) -> None:
    """Write a draft as a clean Word document made from its clauses: nothing of the file's history is in it."""
    write_draft(nodes_of(session, draft), file)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", search_key(text)).strip("-")


def clause_rows(draft_id: int, tree: Outline, prefix: str) -> list[dict[str, object]]:
    """Return the nodes of a draft as rows of ``Clause``, each of a lineage of its own."""
    cited, sections = citations(tree.nodes), top_titles(tree.nodes)
    levels: dict[str, int] = {}
    rows = []
    for position, node in enumerate(tree.nodes, start=1):
        levels[node.anchor] = levels[node.parent] + 1 if node.parent else 0
        rows.append(
            {
                "draft_id": draft_id,
                "position": position,
                "anchor": prefix + node.anchor,
                "label": node.label,
                "parent": prefix + node.parent if node.parent else None,
                "level": levels[node.anchor],
                "kind": node.kind,
                "text": node.text,
                "cited": cited[node.anchor],
                "section": sections[node.anchor],
                "source": _source(node),
                "lineage": uuid4().hex,
            }
        )
    return rows


def _source(node: Node) -> str:
    return json.dumps([[span.part, span.paragraph, span.start, span.end] for span in node.spans])
