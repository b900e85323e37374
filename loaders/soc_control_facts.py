"""Control objectives, controls, tests and deviations of a SOC 1 report become facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.errors import BrokenDocument
from graph.identifiers import identify_below
from loaders.soc_controls import (
    ControlRow,
    Mention,
    ObjectiveRow,
    Test,
    mentions,
    read_objectives,
    usual_prefix,
)
from loaders.soc_profile import read_profile
from loaders.soc_reading import Reading
from loaders.wording import counted, methods_of, result_of


def read_controls(reading: Reading) -> None:
    """States all control objectives, controls and tests; raises `BrokenDocument` where their tables are not whole."""
    objectives = read_objectives(reading.layout.pieces)
    _must_be_whole(reading, objectives)
    cited = mentions(reading.layout.pieces)
    controls = {_number(control): control for objective in objectives for control in objective.controls}
    prefix = usual_prefix(cited, frozenset(controls))
    for objective in objectives:
        _state_objective(reading, objective)
        for control in objective.controls:
            _state_control(reading, objective, control, _full_number(control, prefix))
        _warn_of_gaps(reading, objective)
    for mention in cited:
        _state_mention(reading, mention, controls.get(mention.number), prefix)


def _must_be_whole(reading: Reading, objectives: Sequence[ObjectiveRow]) -> None:
    where, end = reading.document.where, len(reading.document.lines)
    if not objectives:
        valid = "a whole SOC 1 report has tables of its control objectives, controls and tests"
        raise BrokenDocument(where, end, "the document ends before its controls", valid)
    for objective in objectives:
        if not objective.controls:
            line = objective.headings[-1][0].first_line
            why = f"control objective {objective.number} has no controls"
            raise BrokenDocument(where, line, why, "each objective has a table of controls")
        for control in objective.controls:
            if not control.tests or not control.tests[-1].result:
                why = f"control {_number(control)} has {'no result of its last' if control.tests else 'no'} test"
                raise BrokenDocument(where, control.first_line, why, "each control has tests with results")


def _number(control: ControlRow) -> str:
    """The number with that of the objective, which tables leave out below its title."""
    return control.number if "." in control.number else f"{control.objective}.{control.number}"


def _full_number(control: ControlRow, prefix: str | None) -> str:
    prefix = control.prefix or prefix
    return f"{prefix}-{_number(control)}" if prefix else _number(control)


def _objective_id(reading: Reading, number: str) -> str:
    return identify_below("ControlObjective", reading.assessment, number)


def _state_objective(reading: Reading, objective: ObjectiveRow) -> None:
    id_ = _objective_id(reading, objective.number)
    for title, statement in objective.headings:
        citation = reading.notes.cite(title.first_line, statement.last_line, title.section)
        reading.notes.state(
            "ControlObjective",
            id_,
            citation,
            number=objective.number,
            name=objective.title,
            statement=statement.text,
        )
        reading.notes.name(id_, objective.title, "canonical", citation)
        reading.notes.link("HAS_OBJECTIVE", reading.assessment, id_, citation)


def _state_control(reading: Reading, objective: ObjectiveRow, control: ControlRow, number: str) -> None:
    notes = reading.notes
    id_ = identify_below("Control", reading.assessment, number)
    row = notes.cite(control.first_line, None, control.section)
    whole = notes.cite(control.first_line, control.last_line, control.section)
    title = read_profile(reading.provider.key).title(reading.assessment, number)
    specific = bool(control.specific_to)
    notes.state("Control", id_, row, name=number, number=number, service_specific=specific, title=title)
    notes.state("Control", id_, whole, name=number, statement=control.statement)
    notes.name(id_, number, "canonical", row)
    notes.link("HAS_CONTROL", reading.assessment, id_, row)
    notes.link("ACHIEVES", id_, _objective_id(reading, control.objective), row, _above(reading, objective, control))
    for name in control.specific_to:
        service = reading.resolve("Service", name, control.first_line)
        reading.state_service(service, row, 2)
        notes.link("SPECIFIC_TO", id_, service.id, row)
    for ordinal, test in enumerate(control.tests, 1):
        _state_test(reading, (id_, number), ordinal, test, control.section)


def _above(reading: Reading, objective: ObjectiveRow, control: ControlRow) -> str:
    """The citation of the heading of the objective that stands nearest above a control."""
    above = [pair for pair in objective.headings if pair[0].first_line < control.first_line]
    title, statement = above[-1]
    return reading.notes.cite(title.first_line, statement.last_line, title.section)


def _state_test(reading: Reading, control: tuple[str, str], ordinal: int, test: Test, section: tuple[str, ...]) -> None:
    notes, (control_id, number) = reading.notes, control
    id_ = identify_below("ControlTest", control_id, str(ordinal))
    citation = notes.cite(test.first_line, test.last_line, section)
    methods, result = methods_of(test.procedure), result_of(test.result)
    notes.state(
        "ControlTest",
        id_,
        citation,
        name=f"{number} test {ordinal}",
        ordinal=ordinal,
        procedure=test.procedure or None,
        methods=methods,
        result=result,
        result_text=test.result or None,
        result_scope="test" if test.result else None,
    )
    notes.link("HAS_TEST", control_id, id_, citation)
    for message in _doubts(test, methods, result):
        notes.warn(test.first_line, f"{number} test {ordinal}: {message}")
    if result == "deviation":
        _state_deviation(reading, id_, f"{number} test {ordinal}", citation, test.result)


def _doubts(test: Test, methods: tuple[str, ...], result: str | None) -> Iterator[str]:
    if not methods:
        yield f"no known verb says how it was tested: {test.procedure!r}"
    if result is None:
        yield f"no known wording of a result: {test.result!r}"


def _state_deviation(reading: Reading, test: str, name: str, citation: str, text: str) -> None:
    id_ = identify_below("Deviation", test, "1")
    count = counted(text)
    reading.notes.state(
        "Deviation",
        id_,
        citation,
        name=f"{name} deviation 1",
        ordinal=1,
        statement=text,
        occurrences=count.occurrences if count else None,
        sample_size=count.sample_size if count else None,
    )
    reading.notes.link("HAS_DEVIATION", test, id_, citation)


def _warn_of_gaps(reading: Reading, objective: ObjectiveRow) -> None:
    for before, control in zip([None, *objective.controls], objective.controls, strict=False):
        last = int(before.number.rsplit(".", 1)[-1]) if before else 0
        if int(control.number.rsplit(".", 1)[-1]) != last + 1:
            reading.notes.warn(control.first_line, f"the controls before {_number(control)} are missing")


def _state_mention(reading: Reading, mention: Mention, control: ControlRow | None, prefix: str | None) -> None:
    """The narrative is evidence of a control's number; a prefix that is not the usual one makes a variant of it."""
    if control is None:
        if mention.prefix == prefix:
            text = f"the text cites control {mention.prefix}-{mention.number}, which stands in no table"
            reading.notes.warn(mention.piece.first_line, text)
        return
    number = _full_number(control, prefix)
    id_ = identify_below("Control", reading.assessment, number)
    citation = reading.cite(mention.piece)
    written = f"{mention.prefix}-{mention.number}"
    reading.notes.state("Control", id_, citation, 2, name=number, number=number)
    reading.notes.name(id_, written, "canonical" if written == number else "variant", citation)
    reading.notes.link("CITED_IN", id_, citation, citation)
