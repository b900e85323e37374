"""Documents that were changed at random: what must stay the same, and what must never happen."""
