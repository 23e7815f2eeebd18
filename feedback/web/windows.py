"""Which answers a page of figures is about: a window in its address, kept from page to page."""

from dataclasses import dataclass

from flask import request
from flask_babel import format_date, gettext

from feedback.forms.office_words import AUDIENCES
from feedback.forms.trends import WindowForm
from feedback.services.trending import Window
from feedback.vocabulary import Audience, PeriodKind
from feedback.web import spans


@dataclass(frozen=True)
class Choice:
    """Which answers a page is about; `window` is None where the days make no sense."""

    form: WindowForm
    window: Window | None

    @property
    def kind(self) -> PeriodKind:
        """What it is cut into."""
        return self.window.kind if self.window else PeriodKind.CYCLE

    @property
    def address(self) -> dict[str, str]:
        """What to add to a link so that it stays with this choice."""
        asked = {name: request.args.get(name, "") for name in ("kind", "audience", "first", "last")}
        return {name: value for name, value in asked.items() if value}

    @property
    def all_days(self) -> dict[str, str]:
        """The same choice, but for its days."""
        days = ("first", "last")
        return {name: value for name, value in self.address.items() if name not in days}

    @property
    def days(self) -> str:
        """From when until when, in words; nothing where all days count."""
        if self.window is None:
            return ""
        first, last = (
            str(format_date(day, "d MMMM y")) if day else ""
            for day in (self.window.first, self.window.last)
        )
        if first and last:
            return gettext("From %(first)s to %(last)s.", first=first, last=last)
        if first:
            return gettext("From %(first)s on.", first=first)
        return gettext("Up to %(last)s.", last=last) if last else ""

    @property
    def periods(self) -> str:
        """That a day of the window brings its whole period along."""
        return gettext("Only whole periods count (%(kind)s).", kind=spans.KIND_WORDS[self.kind])


def choice() -> Choice:
    """What the address of this page asks for."""
    form = WindowForm()
    form.kind.offer((kind.value, words) for kind, words in spans.KIND_WORDS.items())
    form.audience.offer((each.value, AUDIENCES[each]) for each in Audience)
    if not form.validate():
        return Choice(form, None)
    window = Window(
        kind=PeriodKind(form.kind.data),
        first=form.first.data,
        last=form.last.data,
        audience=Audience(form.audience.data) if form.audience.data else None,
    )
    return Choice(form, window)
