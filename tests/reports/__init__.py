"""Reports of invented companies, each with its truth, and the scorer that compares what the loaders state with it.

How a truth reads a report, where two readers could differ:

- `result_text` is the whole result without management's response; a deviation's `statement` may leave out
  `Exception noted.` before it, and the scorer takes both for the same.
- A response in another section belongs to the deviation that it answers; `response_examined` is false where the report
  says that the responses were not subjected to the auditor's procedures, true where it says that they were.
- `result_scope` is `control` where one result answers for several tests; of a single test it is not counted.
- Letters and numbers before tests and results, criteria in brackets after a statement and the label of a run-in heading
  are marks, not text. A word that a hyphen cuts at the end of a line is whole.
- `owner`, `frequency` and `nature` are true where the report sets them apart; what a statement says of them in passing
  stands in `may`: it can be found or left, but not otherwise.
- A Region's `name` is what stands beside its code or alone; its country and operator are true where they are stated;
  what a reviewed table adds is not counted.
- `applicable` counts where it is false; a criterion that is named as served by a control is evaluated.
"""
