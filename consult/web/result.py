"""The public result of a consultation: the synthesis as a page, part by part, and its file as it was stored."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from consult.actions.showing_result import account, shown_rows
from consult.domain.errors import NotFound
from consult.store.queries.result import announced, result_file
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.synthesis_share import Heading, Share, headings
from consult.web import access
from consult.web.reading import readable
from consult.web.request import reader
from consult.web.written_files import DOCX

bp = Blueprint("result", __name__)
ROWS = 200


@dataclass(frozen=True)
class Chosen:
    """What a reader asked for: the rows of one body, below one heading, and which part of them."""

    code: str
    heading: str
    part: int
    parts: int
    total: int

    def address(self, slug: str, part: int) -> str:
        """Return the address of another part of the same choice."""
        chosen: dict[str, Any] = {"co-quan": self.code or None, "muc": self.heading or None}
        return url_for("result.page", slug=slug, phan=part, _anchor="table", **chosen)


@bp.get("/ho-so/<slug>/ket-qua")
@access.public
def page(slug: str) -> ResponseReturnValue:
    """Show the synthesis: what stands around the table, and a part of its rows."""
    facts = concluded(slug)
    told = announced(reader(), facts)
    assert told is not None
    every = headings(reader(), facts.id, request.args.get("co-quan") or None)
    chosen, share = _chosen(every)
    return render_template(
        "reading/result.html",
        facts=facts,
        told=told,
        account=account(reader(), facts, told.at),
        headings=[(_key(each), each) for each in every],
        chosen=chosen,
        rows=shown_rows(reader(), facts, share),
        start=share.start,
    )


@bp.get("/ho-so/<slug>/ket-qua.docx")
@access.public
def document(slug: str) -> ResponseReturnValue:
    """Hand out the file of the result, byte by byte as it was stored when it was made public."""
    facts = concluded(slug)
    content = BytesIO(result_file(reader(), facts))
    name = f"Kết quả tổng hợp, tiếp thu, giải trình - {facts.slug}.docx"
    return send_file(content, DOCX, as_attachment=True, download_name=name)


def concluded(slug: str) -> RoundFacts:
    """Return the round when its result is public and this reader may read it.

    Raises:
        NotFound: there is no result, or it is only for those who were asked.
    """
    facts = readable(slug)
    if facts.result_at is None:
        raise NotFound("the result is not public")
    return facts


def _chosen(every: tuple[Heading, ...]) -> tuple[Chosen, Share]:
    """Read the choice from the address; what is unknown there counts as no choice, or as an agency without rows."""
    code, wanted = request.args.get("co-quan", ""), request.args.get("muc", "")
    heading = next((each for each in every if _key(each) == wanted), None)
    total = heading.rows if heading else sum(each.rows for each in every)
    parts = max(1, -(-total // ROWS))
    part = min(max(request.args.get("phan", 1, type=int), 1), parts)
    place = (heading.draft, heading.words) if heading else None
    chosen = Chosen(code, _key(heading) if heading else "", part, parts, total)
    return chosen, Share(code or None, place, (part - 1) * ROWS, ROWS)


def _key(heading: Heading) -> str:
    return f"{heading.draft}:{heading.words}"
