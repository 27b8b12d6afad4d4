"""What the words of a paragraph tell about its role: a title, an introduction to points, a closing paragraph.

These are habits of drafting, not rules; they decide only what a bare paragraph belongs to. It refuses to know the tree.
"""

import re

from consult.domain.labels import STRUCTURAL, Label, Level

_ENDS_OR_INTRODUCES = re.compile(r"[.;:!?…][)\]”\"’»]*$")
_ENDS_SENTENCE = re.compile(r"[.;!?…][)\]”\"’»]*$")
_INTRODUCES = re.compile(
    r"\b(?:sau(?: đây)?|như sau|gồm(?: có)?|bao gồm|là|để|trong đó|cụ thể|phải|được"
    r"|nhiệm vụ|trách nhiệm|nội dung|việc|thực hiện)\s*:$",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"(?:Nhận được|Yêu cầu|Đề nghị|Kính đề nghị|Trên đây|Trong quá trình|Quá trình|Giao |Trân trọng|Rất mong"
    r"|Căn cứ (?:nội dung|Chỉ thị|Kế hoạch|Công văn|Văn bản)|(?:Chỉ thị|Kế hoạch|Văn bản|Công văn|Quyết định) này"
    r"|(?:Luật|Pháp lệnh|Nghị quyết) này (?:đã )?được)"
)
_CLOSES_SURELY = re.compile(r"Nhận được (?:văn bản|công văn|chỉ thị|kế hoạch) này|Trên đây là", re.IGNORECASE)
_GROUNDS = re.compile(
    r"(?:Căn cứ|Theo đề nghị của|Xét) [^\W\d_a-z]"
    r"|(?:Quốc hội|Chính phủ|Thủ tướng|Bộ trưởng|Hội đồng nhân dân|Ủy ban nhân dân|Chủ tịch)[^,;.]{0,60} ban hành\b"
)
_MOST_WORDS = {Level.ARTICLE: 40, Level.CAPITAL: 40, Level.ROMAN: 40, Level.NUMBER: 25, Level.LETTER: 15}
_MOST_WORDS_WITHOUT_COLON = 15


def ends_sentence(text: str) -> bool:
    """Whether the words end as a sentence or its part does (a colon too), so that what follows need not run on."""
    return bool(_ENDS_OR_INTRODUCES.search(text))


def is_title(label: Label, text: str) -> bool:
    """Whether ``text`` is the title that ``label`` gives to what follows, and no sentence or introduction to points."""
    if label.level in STRUCTURAL or not text:
        return True
    words = len(text.split())
    if words > _MOST_WORDS.get(label.level, 0) or _ENDS_SENTENCE.search(text) or _INTRODUCES.search(text):
        return False
    return label.level <= Level.ROMAN or text.endswith(":") or _is_short_title(label, words)


def is_bare_title(text: str) -> bool:
    """Whether a paragraph without a label reads as the title of a list: short, and no sentence."""
    return len(text.split()) <= _MOST_WORDS_WITHOUT_COLON and not re.search(r"[.;,!?…][)\]”\"’»]*$", text)


def closes_draft(text: str) -> bool:
    """Whether a paragraph after the last clause begins as closing paragraphs do ("Nhận được văn bản này …")."""
    return bool(_CLOSES.match(text))


def opens_closing(text: str) -> bool:
    """Whether a line begins with words that hardly ever stand inside a paragraph: "Nhận được văn bản này"."""
    return bool(_CLOSES_SURELY.match(text)) or (closes_draft(text) and ends_draft(text))


def opens_ground(text: str) -> bool:
    """Whether a line begins as the legal grounds of an act do, each on a line of its own: "Căn cứ Luật …"."""
    return bool(_GROUNDS.match(text))


def ends_draft(text: str) -> bool:
    """Whether a paragraph bears the mark that ends a document's words, "./." (Nghị định 30/2020/NĐ-CP, annex I)."""
    return text.endswith("./.")


def _is_short_title(label: Label, words: int) -> bool:
    return label.level is Level.NUMBER and words <= _MOST_WORDS_WITHOUT_COLON
