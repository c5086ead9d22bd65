import pytest
from msgspec.structs import replace

from domain.appraisal import (
    AppraiseOptions,
    Choice,
    ChoosePreferredOptions,
    OptionsAppraised,
    Preferred,
    PreferredOptionsChosen,
)
from domain.appraised import Appraisal, Failure, Option, Service
from tests.domain.cases import but, given
from tests.domain.wyvern import CASE, DIRECTOR, MANAGER, OPEN, REFERENCE
from tests.scenario import step

SERVICES = (Service("advice", "Advice line"), Service("nursing", "School nursing"))
CRITERIA = ("affordable", "keeps staff")
IN_HOUSE = Option("advice-in-house", "advice", "The council's own staff")
BUY = Option("advice-buy", "advice", "One contract", (Failure("Staff would move", "keeps staff"),))
NOTHING = Option("advice-none", "advice", "No service", (Failure("The need stays"),))
TOGETHER = Option("nursing-together", "nursing", "With the neighbours")
OPTIONS = (IN_HOUSE, BUY, NOTHING, TOGETHER)
APPRAISE = step(AppraiseOptions(CASE, SERVICES, CRITERIA, OPTIONS, "In two workshops"), MANAGER)
CHOICES = (Choice("advice", "advice-in-house"), Choice("nursing", "nursing-together"))
CHOOSE = step(ChoosePreferredOptions(CASE, CHOICES, "It costs least"), MANAGER)
APPRAISED = (OPEN, APPRAISE)


def appraisal(*steps: step) -> Appraisal:
    found = given(*steps).procurement(REFERENCE).appraisal
    assert found
    return found


def test_options_are_appraised_for_each_service() -> None:
    event = OptionsAppraised(SERVICES, CRITERIA, OPTIONS, "In two workshops")
    given(OPEN).when(APPRAISE).then(event)
    assert appraisal(*APPRAISED).note == "In two workshops"


def test_the_short_list_is_what_fails_no_criterion() -> None:
    assert appraisal(*APPRAISED).short_list("advice") == (IN_HOUSE,)
    assert appraisal(*APPRAISED).short_list("nursing") == (TOGETHER,)


def test_a_short_list_may_be_empty() -> None:
    assert appraisal(OPEN, but(APPRAISE, options=(BUY,))).short_list("advice") == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"services": (*SERVICES, SERVICES[0])}, "A service is there twice: advice"),
        ({"options": (*OPTIONS, BUY, BUY)}, "An option is there twice: advice-buy"),
    ],
)
def test_services_and_options_are_named_once(fields: dict[str, object], says: str) -> None:
    assert given(OPEN).when(but(APPRAISE, **fields)).reason("C2") == says


def test_an_option_is_for_a_service_of_the_appraisal() -> None:
    stray = but(APPRAISE, options=(replace(BUY, service="dentists"),))
    reason = given(OPEN).when(stray).reason("C1")
    assert reason == "“One contract” is for no service of this appraisal"


def test_an_option_fails_criteria_of_the_appraisal() -> None:
    reason = given(OPEN).when(but(APPRAISE, criteria=("affordable",))).reason("C1")
    assert reason == "“One contract” fails “keeps staff”, which is no criterion"


def test_an_appraisal_may_be_made_again_until_an_option_is_preferred() -> None:
    given(*APPRAISED).when(but(APPRAISE, note="In three workshops")).outcome()
    reason = given(*APPRAISED, CHOOSE).when(APPRAISE).reason("C2")
    assert reason == "The preferred option is chosen: the appraisal stays as it is"


def test_the_preferred_options_are_chosen_from_the_short_list() -> None:
    named = (
        Preferred("advice", "advice-in-house", "Advice line", "The council's own staff"),
        Preferred("nursing", "nursing-together", "School nursing", "With the neighbours"),
    )
    given(*APPRAISED).when(CHOOSE).then(PreferredOptionsChosen(named, "It costs least"))
    preferred = appraisal(*APPRAISED, CHOOSE).preferred
    assert preferred == {"advice": "advice-in-house", "nursing": "nursing-together"}


def test_what_fails_a_criterion_is_not_preferred() -> None:
    failing = but(CHOOSE, choices=(Choice("advice", "advice-buy"), CHOICES[1]))
    reason = given(*APPRAISED).when(failing).reason("L2")
    assert reason == "“One contract” is not on the short list: Staff would move"


@pytest.mark.parametrize("option", ["advice-robots", "nursing-together"])
def test_the_preferred_option_is_one_of_its_service(option: str) -> None:
    strange = but(CHOOSE, choices=(Choice("advice", option), CHOICES[1]))
    reason = given(*APPRAISED).when(strange).reason("C1")
    assert reason == f"“{option}” is no option for advice"


@pytest.mark.parametrize("choices", [CHOICES[:1], (*CHOICES, CHOICES[0]), ()])
def test_one_option_is_chosen_for_each_service(choices: tuple[Choice, ...]) -> None:
    reason = given(*APPRAISED).when(but(CHOOSE, choices=choices)).reason("C1")
    assert reason == "Choose one option for each service: advice and nursing"


def test_an_option_is_preferred_once_and_after_an_appraisal() -> None:
    assert given(OPEN).when(CHOOSE).reason("C1") == "No options have been appraised"
    reason = given(*APPRAISED, CHOOSE).when(CHOOSE).reason("C2")
    assert reason == "The preferred option is chosen"


@pytest.mark.parametrize("one", [APPRAISE, CHOOSE])
def test_whose_duty_it_is_appraises_and_chooses(one: step) -> None:
    given(*APPRAISED).when(one._replace(by=DIRECTOR)).then_refused("G1")
