"""From lines to pieces: paragraphs, headings, items, rows, with the headings above them."""
