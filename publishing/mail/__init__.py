"""
Notices by mail: who asked for them, what a letter says, and how it is sent.

Addresses live in :mod:`publishing.subscriptions` and in the letters, and nowhere else: not in the record, in logs, in
addresses of pages, nor in what the outbox notes about an error.
"""
