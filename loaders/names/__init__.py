"""Names and places: which entity a name stands for, by rules and by the reviewed table."""
