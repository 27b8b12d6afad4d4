"""The synthesis as JSON for other programs; ``docs/synthesis.schema.json`` says what each name holds.

Each comment stands on a line of its own, so that the file is written and proved in flat memory.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from consult.documents.proven_file import put_proven
from consult.documents.typography import printable
from consult.domain.synthesis import Body, Opinion, Row, Summary, Tally
from consult.domain.synthesis_proof import Merge

FORMAT, VERSION = "consult-synthesis", 1
_COMMENTS = '"comments": ['


def write_json(summary: Summary, opinions: Iterable[Opinion], target: Path) -> Tally:
    """Write the synthesis as JSON in UTF-8 to ``target``; errors as ``put_proven``."""
    merge = Merge(summary)

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write("{\n")
            for name, value in _head(summary).items():
                file.write(f"{_told(name)}: {_told(value)},\n")
            file.write(f"{_COMMENTS}\n")
            file.writelines(f"{_told(_comment(row))}{'' if row.last else ','}\n" for row in merge.rows(opinions))
            file.write(f'],\n"data_digest": {_told(merge.digest)}\n}}\n')

    return put_proven(merge, target, write, _ids)


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ids(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line == f"{_COMMENTS}\n":
                break
        for line in file:
            if line == "],\n":
                return
            yield json.loads(line.rstrip(",\n"))["id"]


def _head(summary: Summary) -> dict[str, object]:
    moment = summary.provisional_at
    return {
        "format": FORMAT,
        "version": VERSION,
        "subject": printable(summary.subject),
        "lead_agency": printable(summary.lead_agency),
        "superior_body": printable(summary.superior_body),
        "request_letter": {"number": _text(summary.letter_number), "date": _day(summary.letter_date)},
        "provisional_at": moment.isoformat(timespec="seconds") if moment else None,
        "counts": _counts(summary),
        "bodies": [_body(body, standing) for standing, bodies in _lists(summary) for body in bodies],
    }


def _counts(summary: Summary) -> dict[str, int]:
    return {
        "invited": summary.invited,
        "answered": len(summary.answered),
        **{standing: len(bodies) for standing, bodies in _lists(summary)},
        "late": sum(body.late for body in summary.answered),
        "comments": summary.expected,
    }


def _lists(summary: Summary) -> tuple[tuple[str, tuple[Body, ...]], ...]:
    return (
        ("agrees", summary.agrees),
        ("commenting", summary.commenting),
        ("no_opinion", summary.no_opinion),
        ("silent", summary.silent),
        ("unasked", summary.uninvited),
    )


def _body(body: Body, standing: str) -> dict[str, object]:
    return {
        "code": _text(body.code),
        "name": printable(body.name),
        "group": _text(body.group_line),
        "standing": standing,
        "disagrees": body.disagrees,
        "stated": body.stated.name.lower() if body.stated else None,
        "letter_number": _text(body.letter_number),
        "letter_date": _day(body.letter_date),
        "awaiting_letter": body.awaiting_letter,
        "late": body.late,
        "channel": body.channel.name.lower(),
        "secret": body.secret,
    }


def _comment(row: Row) -> dict[str, object]:
    opinion = row.opinion
    return {
        "id": opinion.id,
        "number": row.number,
        "draft": printable(opinion.draft),
        "section": _text(opinion.section),
        "place": printable(opinion.place),
        "opening": _text(opinion.opening),
        "body": _text(opinion.body.code),
        "body_name": printable(opinion.body.name),
        "kind": opinion.kind.name.lower(),
        "content": printable(opinion.content),
        "proposed_wording": _text(opinion.proposed_passage),
        "reason": _text(opinion.reason),
        "disposition": opinion.disposition.name.lower() if opinion.disposition else None,
        "response": _text(opinion.response),
    }


def _text(text: str | None) -> str | None:
    return printable(text or "") or None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
