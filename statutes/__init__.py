"""The law as data: dated rules with their figures and provisions, the calendar, and refusals. Knows no clock."""
