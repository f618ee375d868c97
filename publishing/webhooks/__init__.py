"""Calls the machines of other offices (:mod:`publishing.endpoints`), and nothing inside our own walls."""
