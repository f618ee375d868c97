"""
Rules that no gate keeps, and why: mostly because nothing that can be done here could break them.

A rule is either in this list or has a gate and a test at its border; a test holds ``docs/gates.md`` to that.
"""

REASONS: dict[str, str] = {}
