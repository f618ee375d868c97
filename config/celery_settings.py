"""Settings of Celery, each with the reason why it is not the default."""

from django.conf import settings

broker_url = settings.BROKER_URL
broker_connection_retry_on_startup = True
broker_transport_options = (
    # A dead worker's messages come back after this many seconds; the outbox sweep is faster anyway.
    {"visibility_timeout": 600, "socket_connect_timeout": 2, "socket_timeout": 5}
    if settings.BROKER_URL.startswith("redis")
    else {}
)
task_publish_retry = True
task_publish_retry_policy = {"max_retries": 1, "interval_start": 0, "interval_max": 0.5}

task_ignore_result = True  # the outbox rows are the result
task_acks_late = True
task_reject_on_worker_lost = True
task_default_queue = "render"
# Quorum queues survive the loss of a RabbitMQ node; Valkey knows only one kind.
task_default_queue_type = "quorum" if settings.BROKER_URL.startswith("amqp") else "classic"
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False

beat_schedule = {
    f"sweep-{queue}": {
        "task": "publishing.drain",
        "schedule": 5.0,
        "args": [queue],
        "options": {"queue": queue, "expires": 5},
    }
    for queue in ("ledger", "render", "deliver")
} | {
    "heartbeat": {"task": "publishing.heartbeat", "schedule": 5.0, "options": {"queue": "ledger", "expires": 5}},
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
}
