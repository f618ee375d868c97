"""
The channels on which a notice goes out, each an adapter in a module of its own.

An adapter sends a notice and writes down what it sent, in :class:`publishing.models.Delivery`. It is called by a task
of the outbox, so it may run twice for the same notice, and must leave the same result.
"""

from publishing.channels.board import BOARD
from publishing.channels.calendar import CALENDAR
from publishing.channels.channel import CHANNELS, Channel
from publishing.channels.feeds import ATOM, JSON_FEED
from publishing.channels.mail import MAIL
from publishing.channels.walls import BY_HAND
from publishing.channels.webhook import WEBHOOK
from publishing.channels.website import WEBSITE

CHANNELS.update(
    (channel.name, channel) for channel in (WEBSITE, ATOM, JSON_FEED, CALENDAR, MAIL, WEBHOOK, BOARD, *BY_HAND)
)

__all__ = ["CHANNELS", "Channel"]
