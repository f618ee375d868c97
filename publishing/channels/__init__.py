"""
The channels on which a notice goes out, each an adapter in a module of its own.

An adapter sends a notice and writes down what it sent, in :class:`publishing.models.Delivery`. It is called by a task
of the outbox, so it may run twice for the same notice, and must leave the same result.
"""

from publishing.channels.board import BOARD
from publishing.channels.channel import Channel
from publishing.channels.walls import BY_HAND
from publishing.channels.website import WEBSITE

CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (WEBSITE, BOARD, *BY_HAND)}

__all__ = ["CHANNELS", "Channel"]
