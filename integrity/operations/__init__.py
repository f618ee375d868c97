"""Acts of watching and objecting. An act locks, asks, changes, and writes exactly one entry into the record."""
