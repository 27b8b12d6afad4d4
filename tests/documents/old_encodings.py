"""Vietnamese as text of the old fonts holds it: TCVN3 (ABC) has a letter for each, VNI puts marks after the vowel."""

import unicodedata

_UNICODE = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĐÂĂÊÔƠƯ"
_TCVN3 = "¨©®ª«¬\xadµ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ§¢¡£¤¥¦"
_LETTERS = str.maketrans(_UNICODE, _TCVN3)
_TONES = dict(zip("\u0300\u0301\u0309\u0303\u0323", "øùûõï", strict=True))
_TONES_OVER = {
    "\u0302": dict(zip("\u0300\u0301\u0309\u0303\u0323", "àáåãä", strict=True)) | {"": "â"},
    "\u0306": dict(zip("\u0300\u0301\u0309\u0303\u0323", "èéúüë", strict=True)) | {"": "ê"},
}
_ON_I = dict(zip("\u0300\u0301\u0309\u0303\u0323", "ìíæóò", strict=True))
_HORNED = {"o": "ô", "u": "ö"}


def in_tcvn3(text: str) -> str:
    """Return text as a font of TCVN3 needs it."""
    known = "".join(letter if letter in _UNICODE or letter.isascii() else letter.lower() for letter in text)
    return known.translate(_LETTERS)


def in_vni(text: str) -> str:
    """Return text as a font of VNI needs it."""
    return "".join(_vni(letter.lower()).upper() if letter.isupper() else _vni(letter) for letter in text)


def _vni(letter: str) -> str:
    bare, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _TONES), "")
    over = next((mark for mark in marks if mark in _TONES_OVER), "")
    if letter == "đ":
        return "ñ"
    if over:
        return bare + _TONES_OVER[over][tone]
    if "\u031b" in marks:
        return _HORNED[bare] + _TONES.get(tone, "")
    if bare == "i" and tone:
        return _ON_I[tone]
    return bare + _TONES.get(tone, "")
