"""Forms, by what they are about: each makes a command of what was filled in."""

from web.forms import contract, decisions, market, reports
from web.forms.base import ActForm

FORMS: dict[str, type[ActForm]] = {
    one.act: one for module in (contract, decisions, market, reports) for one in module.FORMS
}

__all__ = ["FORMS", "ActForm"]
