"""
Reads a file as somebody would who looks for what it betrays: its words, and what stands in it unseen.

Pure Python, without Django, so that it can run as a program of its own. Everything is bounded: what can't be read to
its end is said to be unread, never passed over.
"""
