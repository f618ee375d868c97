"""
The format of sealed electronic bids, as docs/adr/0021-sealed-bids.md fixes it: sealing, looking from outside, opening.

Pure Python on bytes, with age (https://age-encryption.org/v1) for the cryptography: no Django, no clock, no database.
The page that seals in the bidder's browser writes the same format, and stock ``age`` opens it.
"""
