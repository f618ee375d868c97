"""
Acts on plans, comments and tenders. Nothing else writes their public state.

An act locks, asks, changes, and writes exactly one entry into the record.
"""
