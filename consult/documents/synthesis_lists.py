"""Who answered how, as the numbered lists of a synthesis: by stance, and as practised by kind of body."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from consult.documents.synthesis_forms import annex_words, body_words, words
from consult.domain.synthesis import Body, Summary
from consult.domain.terms import SilenceRule, SynthesisForm
from consult.domain.wording import counted

_NONE = "không có"
_IN_ANNEX = "danh sách tại {annex} kèm theo"
# How departments name the kinds when they count them; the first whose beginning fits is taken.
_OTHER_KIND = "Cơ quan, tổ chức khác"
_KINDS = (
    (("Bộ Chỉ huy", "Bộ Tư lệnh", "Bộ đội"), _OTHER_KIND),
    (("Bộ ", "Văn phòng Chính phủ", "Thanh tra Chính phủ", "Ngân hàng Nhà nước"), "Bộ, cơ quan ngang bộ"),
    (("Sở ", "Ban ", "Thanh tra tỉnh", "Văn phòng "), "Sở, ban, ngành"),
    (("Ủy ban nhân dân xã", "Ủy ban nhân dân phường", "UBND xã", "UBND phường"), "Ủy ban nhân dân cấp xã"),
    (("Ủy ban nhân dân ", "UBND "), "Ủy ban nhân dân"),
)


@dataclass(frozen=True)
class BodyList:
    """One numbered list of bodies: its heading with the count, its lines, and what follows from it."""

    heading: str
    lines: tuple[str, ...]
    note: str = ""


def body_lists(summary: Summary) -> tuple[BodyList, ...]:
    """Return the numbered lists of 2.: who agrees, has no opinion, comments, is silent, and who answered unasked."""
    if summary.form is SynthesisForm.PRACTICE:
        return _as_practised(summary)
    said = words(summary)
    lists = [
        (said.agrees, summary.agrees, ""),
        (said.no_opinion, summary.no_opinion, ""),
        (said.commenting, summary.commenting, ""),
        (_silent(summary), summary.silent, _silence_note(summary)),
    ]
    if summary.uninvited:
        lists.append((said.uninvited, summary.uninvited, ""))
    return tuple(_listed(summary, number, *item) for number, item in enumerate(lists, start=1))


def table_heading(summary: Summary) -> str:
    """Return the line above the table; its number follows the lists."""
    return f"2.{len(body_lists(summary)) + 1}. {words(summary).table}:"


def _as_practised(summary: Summary) -> tuple[BodyList, ...]:
    """Agreeing bodies by kind with the silence rule below, then those that comment; others only where there are any."""
    said = words(summary)
    silent = f"- {_silent(summary)}: {counted(len(summary.silent))} đơn vị." if summary.silent else ""
    note = " ".join(filter(None, (silent, _silence_note(summary))))
    lists = [(said.agrees, summary.agrees, note)]
    if summary.no_opinion:
        lists.append((said.no_opinion, summary.no_opinion, ""))
    lists.append((said.commenting, summary.commenting, ""))
    if summary.uninvited:
        lists.append((said.uninvited, summary.uninvited, ""))
    return tuple(_listed(summary, number, *item) for number, item in enumerate(lists, start=1))


def _silent(summary: Summary) -> str:
    said = words(summary)
    return said.silent if summary.provisional_at is None else said.not_yet


def _silence_note(summary: Summary) -> str:
    if not summary.silent or summary.provisional_at is not None:
        return ""
    said = words(summary)
    rule = said.silence_agrees if summary.silence is SilenceRule.AGREES else said.silence_none
    ground = summary.silence_ground.strip().rstrip(".")
    return rule + (f" Căn cứ: {ground}." if ground else "")


def _listed(summary: Summary, number: int, heading: str, bodies: Sequence[Body], note: str) -> BodyList:
    if not bodies:
        return BodyList(f"2.{number}. {heading}: {_NONE}.", (), note)
    count = f"2.{number}. {heading}: {counted(len(bodies))} đơn vị"
    if not summary.options.names:
        return BodyList(f"{count}.", (), note)
    if summary.options.asked:
        return BodyList(f"{count} ({_IN_ANNEX.format(annex=annex_words(summary)[1])}).", (), note)
    lines = list(_by_kind(summary, bodies) if summary.form is SynthesisForm.PRACTICE else _lines(bodies))
    ended = (*(f"- {line};" for line in lines[:-1]), f"- {lines[-1]}.")
    return BodyList(f"{count}, gồm:", ended, note)


def _lines(bodies: Sequence[Body]) -> Iterator[str]:
    """Yield a line for each body, and one for all members of a group behind its line of the cover letter."""
    for group, members in groupby(bodies, key=lambda body: body.group_line):
        names = [body_words(body) for body in members]
        if group:
            yield f"{group.rstrip(' ;.:')} ({counted(len(names))} đơn vị): {'; '.join(names)}"
        else:
            yield from names


def _by_kind(summary: Summary, bodies: Sequence[Body]) -> Iterator[str]:
    """Yield a line a kind, "Sở, ban, ngành (07/09 đơn vị): …": so many of those of its kind that answered."""
    answered = Counter(map(_kind, (*summary.answered, *summary.uninvited)))
    kinds: dict[str, list[str]] = {}
    for body in bodies:
        kinds.setdefault(_kind(body), []).append(body_words(body))
    for kind, names in kinds.items():
        yield f"{kind} ({counted(len(names))}/{counted(answered[kind])} đơn vị): {'; '.join(names)}"


def _kind(body: Body) -> str:
    """Return the line of the cover letter that asked it with others, or the kind that its name begins like."""
    if body.group_line:
        return body.group_line.rstrip(" ;.:")
    return next((kind for begins, kind in _KINDS if body.name.startswith(begins)), _OTHER_KIND)
