"""Puts the agency's page together: the draft as rendered once a revision, and this agency's own words between.

What is kept holds nothing of any agency; what an agency sees is its own. See ``prerendered`` for how it is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex

from flask import render_template, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from consult.actions.sending import seen_digest
from consult.domain.window import Phase
from consult.store.queries.clauses import ClauseFacts, DraftFacts
from consult.store.queries.concerns import concerned_anchors
from consult.store.queries.door import AgencyGrant
from consult.store.queries.enclosures import enclosures
from consult.store.queries.notices import NoticeFacts, notices_to_agency
from consult.store.queries.own_answer import (
    OwnComment,
    OwnSubmission,
    agreed_anchors,
    submissions,
    working_copy,
)
from consult.store.queries.preparing import drafts_with_files
from consult.store.queries.rounds import round_by_id
from consult.store.queries.wordings import EditionFacts
from consult.web.editions import editions_shown
from consult.web.own_result import own_result
from consult.web.own_status import at_removed, own_status
from consult.web.prerendered import CODE, Frame, Ready, mark
from consult.web.request import now, reader
from consult.web.sections import Plan, bar, plan_of
from consult.web.sessions import browser
from consult.web.site import site
from consult.web.words import page_language

WHOLE = ""


@dataclass(frozen=True)
class Block:
    """One clause: what stands before and after the agency's own part, and that part in its two common states."""

    anchor: str
    parent: str | None
    before: str
    after: str
    untouched: str
    agreed: str
    elsewhere: str


@dataclass(frozen=True)
class Parts:
    """A round's page for any agency: frames with their slots, blocks in order, titles by the first block's anchor.

    ``editions`` are the corrections of the drafts, the newest first.
    """

    frame: Frame
    concerned: Frame
    concerned_entry: str
    blocks: tuple[Block, ...]
    titles: Mapping[str, str]
    editions: tuple[EditionFacts, ...]


def agency_page(grant: AgencyGrant) -> list[bytes]:
    """Return the page of one agency at the request's moment, encoded and in pieces.

    It is kept for the browser that asked, under its cookie, from which the CSRF token is made, and under what of the
    grant is shown: whose it is, the revision of the draft, who is at work, what stands in the answer, the window. The
    day counts, since the page says how many are left.
    """
    moment = now()
    phase = grant.window.phase(moment)
    shown = (grant.grant_id, grant.revision, grant.person_name, grant.answer, grant.window)
    part = plan_of(grant.round_id, grant.revision).wanted()
    key = (browser().digest, *shown, page_language(), phase, grant.window.days_left(moment), part)
    page = site().pages.get(key, lambda: _own_page(grant, phase, part))
    return page.fill({"now": moment.isoformat(), "key": token_hex(16)})


def _own_page(grant: AgencyGrant, phase: Phase, part: str | None) -> Ready:
    own = working_copy(reader(), grant.invitation_id)
    agreed = agreed_anchors(reader(), grant.invitation_id)
    sent = submissions(reader(), grant.invitation_id)
    changes = notices_to_agency(reader(), grant.round_id, grant.code)
    # The window is the agency's own, and so are the acts about it alone.
    shown = (grant.window, grant.window.days_left(now()), changes)
    key = (grant.round_id, grant.revision, page_language(), phase, *shown, part)
    parts = site().shelf.get(key, lambda: _build(grant, phase, part, changes))
    concerned = concerned_anchors(reader(), grant.invitation_id)
    return Ready.cut(_filled(grant, parts, own, agreed, sent, concerned, phase))


def _build(grant: AgencyGrant, phase: Phase, part: str | None, changes: tuple[NoticeFacts, ...]) -> Parts:
    facts = round_by_id(reader(), grant.round_id)
    plan = plan_of(grant.round_id, grant.revision)
    drafts = plan.drafts(grant.round_id, part)
    files = drafts_with_files(reader(), grant.round_id)
    editions = editions_shown(grant.round_id, files)
    frame = render_template(
        "commenting/page.html",
        facts=facts,
        drafts=drafts,
        files=files,
        editions=editions,
        changes=changes,
        enclosed=enclosures(reader(), grant.round_id),
        signed=facts.letter_digest is not None,
        parts=bar(plan, part, lambda number: url_for("commenting.page", code=CODE, phan=number, _anchor="parts")),
        part=part,
        window=grant.window,
        phase=phase,
        days_left=grant.window.days_left(now()),
        moment=mark("now"),
        code=CODE,
        slot=mark,
        csrf=mark("csrf"),
        return_path=url_for("commenting.page", code=CODE, phan=part),
    )
    parents = frozenset(node.parent for node in plan.nodes)
    return Parts(
        frame=Frame.cut(frame),
        concerned=Frame.cut(render_template("commenting/concerned.html", slot=mark, takes=phase.takes_answers)),
        concerned_entry=render_template("commenting/concerned_entry.html"),
        blocks=tuple(_block(node, phase, node.anchor in parents) for draft in drafts for node in draft.clauses),
        titles=_titles(drafts),
        editions=editions,
    )


def _titles(drafts: Iterable[DraftFacts]) -> Mapping[str, str]:
    """Return the title of each draft, rendered, by the anchor of its first clause."""
    return {
        draft.clauses[0].anchor: render_template("commenting/draft_title.html", draft=draft, number=number)
        for number, draft in enumerate(drafts, 1)
        if draft.clauses
    }


def _block(node: ClauseFacts, phase: Phase, parent: bool) -> Block:
    html = render_template("commenting/block.html", node=node, slot=mark, code=CODE)
    before, after = html.split(mark("state"))
    facts = {"node": node, "code": CODE, "takes": phase.takes_answers, "parent": parent}
    return Block(
        anchor=node.anchor,
        parent=node.parent,
        before=before,
        after=after,
        untouched=render_template("commenting/state.html", **facts, agreed=False),
        agreed=render_template("commenting/state.html", **facts, agreed=True),
        elsewhere=render_template("commenting/elsewhere.html", node=node),
    )


def _filled(
    grant: AgencyGrant,
    parts: Parts,
    own: Sequence[OwnComment],
    agreed: frozenset[str],
    sent: Sequence[OwnSubmission],
    concerned: Iterable[str],
    phase: Phase,
) -> str:
    by_anchor: dict[str, list[OwnComment]] = defaultdict(list)
    for comment in own:
        by_anchor[comment.anchor].append(comment)
    states = {anchor: _comments(anchor, comments, phase) for anchor, comments in by_anchor.items()}
    plan = plan_of(grant.round_id, grant.revision)
    first = plan.below(concerned)
    values = {
        "agency": str(escape(grant.agency)),
        "person": str(escape(grant.person_name)),
        "csrf": generate_csrf(),
        "now": mark("now"),
        "key": mark("key"),
        "seen": seen_digest(own, sent, len(parts.editions)),
        "status": own_status(grant, parts.editions, own, agreed, sent, phase),
        "removed": at_removed(own, phase),
        "result": own_result(grant, phase),
        "whole": states.get(WHOLE) or _comments(WHOLE, (), phase),
        "concerned": _concerned(parts, first, states, agreed, _beyond(parts, plan, concerned)),
        "concerned_entry": parts.concerned_entry if first else "",
        "draft": "".join(_draft(parts, first, states, agreed)),
    }
    return parts.frame.fill(values | {"code": CODE}).replace(CODE, grant.code)


def _comments(anchor: str, comments: Sequence[OwnComment], phase: Phase) -> str:
    return render_template(
        "commenting/comments.html", anchor=anchor, comments=comments, code=CODE, takes=phase.takes_answers
    )


def _beyond(parts: Parts, plan: Plan, concerned: Iterable[str]) -> str:
    """Return the links to those places that concern the agency and stand in other parts of a long draft."""
    shown = {block.anchor for block in parts.blocks}
    away = frozenset(concerned) - shown
    nodes = [node for node in plan.nodes if node.anchor in away]
    return render_template("commenting/beyond.html", nodes=nodes, plan=plan, code=CODE) if nodes else ""


def _concerned(
    parts: Parts, first: frozenset[str], states: Mapping[str, str], agreed: frozenset[str], beyond: str
) -> str:
    if not first:
        return ""
    html = beyond + "".join(_one(block, states, agreed) for block in parts.blocks if block.anchor in first)
    return parts.concerned.fill({"clauses": html})


def _draft(parts: Parts, first: frozenset[str], states: Mapping[str, str], agreed: frozenset[str]) -> Iterable[str]:
    for block in parts.blocks:
        yield parts.titles.get(block.anchor, "")
        if block.anchor not in first:
            yield _one(block, states, agreed)
        elif block.parent not in first:
            yield block.elsewhere


def _one(block: Block, states: Mapping[str, str], agreed: frozenset[str]) -> str:
    state = states.get(block.anchor) or (block.agreed if block.anchor in agreed else block.untouched)
    return f"{block.before}{state}{block.after}"
