"""Whether comments are still what was received: every row against its entry, and receipts against both."""
