"""
Mail: notices for whoever asked for them, and news of a comment for its author; what letters say, how they are sent.

Addresses live in :mod:`publishing.subscriptions`, with the comments and in the letters, and nowhere else: not in the
record, in logs, in addresses of pages, nor in what the outbox notes about an error.
"""
