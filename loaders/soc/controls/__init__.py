"""Section IV of a report: objectives, criteria, controls, tests, results, deviations."""
