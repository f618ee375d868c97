"""
The channels on which a notice goes out, each an adapter in a module of its own.

An adapter sends a notice and writes down what it sent, in :class:`publishing.models.Delivery`. It is called by a task
of the outbox, so it may run twice for the same notice, and must leave the same result.
"""

from publishing.channels.channel import Channel
from publishing.channels.mail import MAIL
from publishing.channels.webhook import WEBHOOK
from publishing.channels.website import WEBSITE

CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (WEBSITE, MAIL, WEBHOOK)}

__all__ = ["CHANNELS", "Channel"]
