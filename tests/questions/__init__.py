"""The public questions: a folder each, with one query for every door and the rows that all of them must answer."""
