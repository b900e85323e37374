"""Which words of a text name a service, and where a list of services begins and ends."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import document_from
from loaders.names.resolution import Names, read_names
from loaders.names.service_lists import service_lists
from loaders.names.service_names import ServiceNames, service_names

LISTED = (
    "Nimbus Barrel",
    "Nimbus Key Chest (NKC)",
    "Nimbus Dock Office",
    "Nimbus Lift and Lower Desk (LLD)",
    "Nimbus RopeWalk",
)
TEXT = "A keeper may send a CBS.\nNimbus Crane Board Service (CBS) sends."


@pytest.fixture(scope="module")
def names() -> ServiceNames:
    known: Names = read_names().having("Service", "nimbus", [*LISTED, "Nimbus Crane Board Service (CBS)"])
    ids = {known.resolve("Service", name, "nimbus").id for name in (*LISTED, "Nimbus Crane Board Service")}
    return service_names(document_from(TEXT.encode(), "made.txt"), known, "nimbus", ids)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fills the Barrel with tar.", ["Barrel"]),
        ("Barrel by barrel it goes.", []),
        ("Nimbus Barrel goes. It is full.", ["Nimbus Barrel"]),
        ("the Royal Barrel and the Barrel Organ", []),
        ("the barrel, the Barrels and a RopeWalk", ["RopeWalk"]),
        ("RopeWalk goes first.", ["RopeWalk"]),
        ("in the Dock Office, not in the Salvage Dock Office", ["Dock Office"]),
        ("With NKC, or two NKCs, or NKC-based chests", ["NKC", "NKC", "NKC"]),
        ("at https://nimbus.example/NKC and NKC.example, not NKC2", []),
        ("Nimbus Key Chest (NKC) and Nimbus NKC", ["Nimbus Key Chest", "NKC", "Nimbus NKC"]),
    ],
)
def test_a_name_counts_where_it_can_mean_nothing_else(names: ServiceNames, text: str, found: list[str]) -> None:
    assert [mention.text for mention in names.find(text, 9)] == found


def test_an_acronym_counts_from_the_line_that_explains_it(names: ServiceNames) -> None:
    assert not names.find("A keeper may send a CBS.", 1)
    assert [mention.service.id for mention in names.find("A CBS again.", 2)] == [
        "service/nimbus/nimbus-crane-board-service"
    ]


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("such as NKC, the Barrel, and Nimbus Lift and Lower Desk (LLD) at sea.",
         [["NKC", "Barrel", "Nimbus Lift and Lower Desk (LLD)"]]),
        ("Barrel and Raft use what RopeWalk or LLD gives", [["Barrel", "Raft"], ["RopeWalk", "LLD"]]),
        ("Sea Air, Fog and Rain come in May", []),
        ("Nimbus Barrel Deluxe and NKC", [["Nimbus Barrel Deluxe", "NKC"]]),
    ],
)  # fmt: skip
def test_a_list_holds_known_and_unknown_names(names: ServiceNames, text: str, lists: list[list[str]]) -> None:
    assert [[item.text for item in one.items] for one in service_lists(names, text)] == lists
