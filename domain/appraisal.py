"""Options appraised against criteria, per service; the preferred one is chosen later (L2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from domain.appraised import Appraisal, Option, Service
from domain.case_command import ProcurementCommand
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Slug, Text
from domain.wording import listed


class OptionsAppraised(Event, frozen=True, tag="options-appraised/1"):
    services: tuple[Service, ...]
    criteria: tuple[Text, ...]
    options: tuple[Option, ...]
    note: str


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """The option that is preferred for a service."""

    service: Slug
    option: Slug


class Preferred(Struct, frozen=True, forbid_unknown_fields=True):
    """A choice with what its service and its option are called."""

    service: Slug
    option: Slug
    service_title: Text
    option_title: Text


class PreferredOptionsChosen(Event, frozen=True, tag="preferred-options-chosen/1"):
    choices: tuple[Preferred, ...]
    because: Text


def why_not_appraise(procurement: Procurement) -> Iterable[Refusal]:
    """Options are appraised until one is preferred."""
    if procurement.appraisal and procurement.appraisal.preferred:
        yield Refusal("C2", "The preferred option is chosen: the appraisal stays as it is")


class AppraiseOptions(ProcurementCommand, frozen=True, tag="appraise-options"):
    """Put the long list on record with the criteria that each option fails.

    The short list is computed: for each service, the options that fail none.
    """

    services: Annotated[tuple[Service, ...], Meta(min_length=1)]
    criteria: tuple[Text, ...]
    options: Annotated[tuple[Option, ...], Meta(min_length=1)]
    note: str = ""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_appraise(procurement)
        for what, names in (
            ("A service", [one.id for one in self.services]),
            ("An option", [one.id for one in self.options]),
        ):
            if twice := sorted({one for one in names if names.count(one) > 1}):
                yield Refusal("C2", f"{what} is there twice: {listed(twice)}")
        services = [one.id for one in self.services]
        for one in self.options:
            if one.service not in services:
                yield Refusal("C1", f"“{one.title}” is for no service of this appraisal")
            for failure in one.fails:
                if failure.criterion and failure.criterion not in self.criteria:
                    reason = f"“{one.title}” fails “{failure.criterion}”, which is no criterion"
                    yield Refusal("C1", reason)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return OptionsAppraised(self.services, self.criteria, self.options, self.note)


def why_not_choose(procurement: Procurement) -> Iterable[Refusal]:
    """An option is preferred out of a short list, once."""
    if procurement.appraisal is None:
        yield Refusal("C1", "No options have been appraised")
    elif procurement.appraisal.preferred:
        yield Refusal("C2", "The preferred option is chosen")


class ChoosePreferredOptions(ProcurementCommand, frozen=True, tag="choose-preferred-options"):
    """Say which option of the short list is preferred, for each service."""

    choices: tuple[Choice, ...]
    because: Text

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_choose(procurement)
        appraisal = procurement.appraisal
        if appraisal is None:
            return
        wanted, named = (
            [one.id for one in appraisal.services],
            [one.service for one in self.choices],
        )
        if sorted(wanted) != sorted(named):
            yield Refusal("C1", f"Choose one option for each service: {listed(wanted)}")
        for one in self.choices:
            yield from _why_not_preferred(one, appraisal)

    def event(self, procurement: Procurement, context: Context) -> Event:
        assert procurement.appraisal
        services = {one.id: one.title for one in procurement.appraisal.services}
        options = {one.id: one.title for one in procurement.appraisal.options}
        titled = [
            Preferred(one.service, one.option, services[one.service], options[one.option])
            for one in self.choices
        ]
        return PreferredOptionsChosen(tuple(titled), self.because)


def _why_not_preferred(choice: Choice, appraisal: Appraisal) -> Iterable[Refusal]:
    """Only what passed every criterion can be preferred."""
    option = appraisal.option(choice.option)
    if option is None or option.service != choice.service:
        yield Refusal("C1", f"“{choice.option}” is no option for {choice.service}")
    elif option.fails:
        why = listed([one.because for one in option.fails])
        yield Refusal("L2", f"“{option.title}” is not on the short list: {why}")


@evolve.register
def _(event: OptionsAppraised, procurement: Procurement, stamp: Stamp) -> Procurement:
    appraisal = Appraisal(event.services, event.criteria, event.options, event.note)
    return replace(procurement, appraisal=appraisal)


@evolve.register
def _(event: PreferredOptionsChosen, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.appraisal
    preferred = {one.service: one.option for one in event.choices}
    return replace(procurement, appraisal=replace(procurement.appraisal, preferred=preferred))
