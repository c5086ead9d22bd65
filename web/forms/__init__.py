"""Forms, by what they are about: each makes a command of what was filled in."""

from web.forms import (
    advice,
    appraising,
    assessing,
    calling_in,
    clearing,
    completing,
    conditions,
    contract,
    decisions,
    delegated,
    handing_over,
    market,
    opening,
    passing_on,
    plans,
    private_meetings,
    public_notices,
    putting_up,
    reports,
    scrutiny,
    short_notices,
    standstills,
    varying,
)
from web.forms.base import ActForm

MODULES = (
    advice,
    appraising,
    assessing,
    calling_in,
    clearing,
    completing,
    conditions,
    contract,
    decisions,
    delegated,
    handing_over,
    market,
    opening,
    passing_on,
    plans,
    private_meetings,
    public_notices,
    putting_up,
    reports,
    scrutiny,
    short_notices,
    standstills,
    varying,
)
FORMS: dict[str, type[ActForm]] = {one.act: one for module in MODULES for one in module.FORMS}

__all__ = ["FORMS", "ActForm"]
