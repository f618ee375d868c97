"""
Faults, injected into a whole running instance, and what must hold after each.

`python -m tests.faults --runs 200 --seed 7` starts real servers and processes in a throw-away folder, lets people act
while something dies, and compares what they were told with what is in the record and in public. The same seed draws the
same faults in the same order.
"""
