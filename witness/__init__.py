"""
The witness: a program for a machine that is not ours, such as the discipline commission's.

It confirms with its own key and clock that the log only ever grows: https://c2sp.org/tlog-witness. It needs Python and
the package ``cryptography``, and from us the modules that read notes and proofs; no Django, no database server.
"""
