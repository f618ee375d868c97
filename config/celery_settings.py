"""Settings of Celery, each with the reason why it is not the default."""

from django.conf import settings

broker_url = settings.BROKER_URL
broker_connection_retry_on_startup = True
broker_connection_timeout = 2  # seconds
is_rabbit = settings.BROKER_URL.startswith("amqp")
broker_transport_options = (
    {"connect_timeout": 2, "read_timeout": 5, "write_timeout": 5}
    if is_rabbit
    # A dead worker's messages come back after this many seconds; the outbox sweep is faster anyway.
    else {"visibility_timeout": 600, "socket_connect_timeout": 2, "socket_timeout": 3}
)
task_publish_retry = False  # whoever acts does not wait for a broker: the sweep finds what it was not told

task_ignore_result = True  # the outbox rows are the result
task_acks_late = True
task_reject_on_worker_lost = True
task_default_queue = "render"
# Quorum queues survive the loss of a RabbitMQ node, and its restart; Valkey knows only one kind.
task_default_queue_type = task_create_missing_queue_type = "quorum" if is_rabbit else "classic"
worker_enable_remote_control = False  # nobody asks for it, and RabbitMQ no longer likes its passing queues
broker_native_delayed_delivery_queue_type = "quorum"  # nothing is delayed: the outbox says when
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False

# In memory. A file of when each was last started says nothing that matters here, and one that was torn when the power
# failed keeps beat from ever starting again (EOFError in its shelve).
beat_scheduler = "celery.beat:Scheduler"
beat_schedule = {
    f"sweep-{queue}": {
        "task": "publishing.drain",
        "schedule": settings.OUTBOX_SWEEP_SECONDS,
        "args": [queue],
        "options": {"queue": queue, "expires": settings.OUTBOX_SWEEP_SECONDS},
    }
    for queue in ("ledger", "render", "deliver")
} | {
    "heartbeat": {"task": "publishing.heartbeat", "schedule": 5.0, "options": {"queue": "ledger", "expires": 5}},
    # A period that ends at 24:00 is closed within seconds; what comes later is refused by the clock in any case.
    "take-due-steps": {
        "task": "publishing.take_due_steps",
        "schedule": 5.0,
        "options": {"queue": "ledger", "expires": 5},
    },
    # A box is due every five minutes, every minute before a deadline, and at once when that has passed.
    "tick-boxes": {"task": "publishing.tick_boxes", "schedule": 5.0, "options": {"queue": "ledger", "expires": 5}},
    # For so long at most a false copy stands on a channel that is read back.
    "inspect": {"task": "publishing.inspect", "schedule": 60.0, "options": {"queue": "deliver", "expires": 60}},
    "send-mails": {"task": "publishing.send_mails", "schedule": 5.0, "options": {"queue": "deliver", "expires": 5}},
    "call-webhooks": {
        "task": "publishing.call_webhooks",
        "schedule": 5.0,
        "options": {"queue": "deliver", "expires": 5},
    },
    "forget-lost-subscribers": {
        "task": "publishing.forget_lost_subscribers",
        "schedule": 3600.0,
        "options": {"queue": "deliver", "expires": 3600},
    },
    "throw-away-uploads": {
        "task": "publishing.throw_away_uploads",
        "schedule": 3600.0,
        "options": {"queue": "deliver", "expires": 3600},
    },
    # A damaged bid is seen while there is still a backup of it, and not in the opening.
    "check-ciphertexts": {
        "task": "publishing.check_ciphertexts",
        "schedule": 3600.0,
        "options": {"queue": "deliver", "expires": 3600},
    },
}
