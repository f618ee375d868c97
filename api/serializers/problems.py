"""How an error looks (RFC 9457). These describe it in the schema; ``api.problems`` writes it."""

from typing import Any

from rest_framework import serializers

from api.problems import MEDIA_TYPE


class ProblemSerializer(serializers.Serializer):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()


class ErrorSerializer(serializers.Serializer):
    pointer = serializers.CharField()
    detail = serializers.CharField()


class InvalidSerializer(ProblemSerializer):
    # Serializer has a property of this name, which it needs for what comes in; this one only goes out.
    errors = ErrorSerializer(many=True, required=False)  # type: ignore[assignment]


class RefusalSerializer(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()
    basis = serializers.CharField()


class RefusedSerializer(ProblemSerializer):
    refusals = RefusalSerializer(many=True)


def answer(status: int, serializer: type[serializers.Serializer] = ProblemSerializer) -> dict[Any, Any]:
    return {(status, MEDIA_TYPE): serializer}


BAD_REQUEST = answer(400, InvalidSerializer)
NOT_FOUND = answer(404)
REFUSED = answer(409, RefusedSerializer)
UNREADABLE = BAD_REQUEST | answer(413) | answer(415)
BUSY = answer(503)
SIGN_IN = answer(401) | answer(403)
THROTTLED = answer(429)
