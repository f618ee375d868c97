"""How a test lets several do the same thing at once."""

from threading import Barrier, Thread

from django.db import connection

from statutes.refusal import ActRefused


def race(act, racers=2):
    """Do ``act`` in several threads that start together. Return what became of each: "done" or "ActRefused"."""
    start, outcomes = Barrier(racers), []

    def run():
        try:
            start.wait()
            act()
            outcomes.append("done")
        except ActRefused:
            outcomes.append("ActRefused")
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(outcomes)
