from adapters.house import House
from tests.adapters.delivery.telling import delivering, register, states, undertake, waits
from tests.adapters.signals import soon
from tests.tools.receiver import Receiver


def test_it(demo: House) -> None:
    with Receiver() as receiver:
        number = register(demo, "one", receiver.url, verified=False)
        with delivering(demo):
            soon(lambda: states(demo, number) == ["delivered"])
            demo.catch_up()
            undertake(demo, 3)
            soon(lambda: not waits(demo))
        assert states(demo, number) == ["delivered"] * 4
        print(receiver.received[-1])
        assert [one.seq for one in receiver.events()] == [1, 2, 3]
