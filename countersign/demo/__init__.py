"""The demonstration: councils with their constitutions, offices, people and cases, as data."""
