"""Days and hours in the browser's own fields, which also take what people write where a browser has none."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import ValidationError
from wtforms.widgets import TextInput

from consult.domain.dates import names_day, read_date
from consult.domain.wording import clean_line
from consult.web.form_fields import DayField, LineField

_HOUR = re.compile(r"(\d{1,2})\s*(?:[:h.]|giờ)\s*(?:(\d{1,2})\s*(?:phút)?)?(?::\d{2})?")


@dataclass(frozen=True)
class _Native:
    """The browser's own field; a plain one for text that it could not show, so that what was typed comes back."""

    input_type: str

    def __call__(self, field: Any, **attributes: object) -> Any:
        """Return the control."""
        plain = field.data and not field.understood
        return TextInput("text" if plain else self.input_type)(field, **attributes)


class NativeDayField(DayField):
    """A date in the browser's own field; 27/4/2020 is taken too, and a day that the calendar lacks is named so."""

    widget = _Native("date")

    @property
    def understood(self) -> bool:
        """Whether a date was read."""
        return self.day is not None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text and read the date; a date is shown again as browsers want it."""
        super().process_formdata(valuelist)
        if self.day is not None:
            self.data = self.day.isoformat()

    def process_data(self, value: object) -> None:
        """Take what stands in the record."""
        super().process_data(value)
        self.day = read_date(self.data or "")

    def pre_validate(self, form: object) -> None:
        """Refuse text that is no date, and a date that does not exist."""
        if self.data and self.day is None and names_day(self.data):
            raise ValidationError(_("There is no such day in the calendar; check day and month."))
        super().pre_validate(form)


class ClockField(LineField):
    """An hour in the browser's own field; "17 giờ 30" and "17h30" are taken too."""

    widget = _Native("time")
    hour: time | None = None

    @property
    def understood(self) -> bool:
        """Whether an hour was read."""
        return self.hour is not None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text and read the hour."""
        super().process_formdata(valuelist)
        self.hour = _read(self.data or "")
        if self.hour is not None:
            self.data = f"{self.hour:%H:%M}"

    def process_data(self, value: object) -> None:
        """Take what stands in the record."""
        super().process_data(value)
        self.hour = _read(self.data or "")

    def pre_validate(self, form: object) -> None:
        """Refuse text that is no hour."""
        if self.data and self.hour is None:
            raise ValidationError(_("Write the hour as hours:minutes, for example 17:00."))


def _read(text: str) -> time | None:
    found = _HOUR.fullmatch(clean_line(text).casefold())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None
