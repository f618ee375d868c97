"""Plans as they were put to the public, and what the public says. A field is public only if it is named here."""

from typing import Any

from rest_framework import serializers

from publishing.pages.files import PublicFile
from tenders.models import MAX_TOPICS, Answer, Comment, Consultation, PlanVersion, Rendering
from tenders.operations.comments import MAX_COMMENT
from tenders.text import clean_text


class PlanSerializer(serializers.ModelSerializer):
    class Meta:
        model = PlanVersion
        fields = ["number", "text", "change_note"]
        read_only_fields = fields


class RenderingSerializer(serializers.ModelSerializer):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Rendering
        fields = ["caption", "alt", "sha256", "width", "height", "url"]
        read_only_fields = fields

    def get_url(self, rendering: Rendering) -> str:
        file = PublicFile(rendering.image, rendering.sha256, "media", rendering.caption, rendering)
        return self.context["request"].build_absolute_uri(file.address)


class ConsultationSerializer(serializers.ModelSerializer):
    channels = serializers.ListField(child=serializers.ChoiceField(Consultation.Channel.choices), read_only=True)
    plans = PlanSerializer(many=True, read_only=True)
    renderings = RenderingSerializer(many=True, read_only=True)
    received = serializers.IntegerField(read_only=True)
    shown = serializers.IntegerField(read_only=True)
    masked = serializers.IntegerField(read_only=True)
    withheld = serializers.IntegerField(read_only=True)
    answered = serializers.IntegerField(read_only=True)

    class Meta:
        model = Consultation
        fields = [
            "round", "state", "explanation", "opens_on", "closes_on", "shortened_reason", "channels", "published_at",
            "opened_at", "closed_at", "plans", "renderings", "received", "shown", "masked", "withheld",
            "answered",
        ]  # fmt: skip
        read_only_fields = fields


class AnswerSerializer(serializers.ModelSerializer):
    """``theme`` is the title of the theme with which it was given, ``corrects`` the entry of the answer it corrects."""

    theme = serializers.CharField(source="theme.title", read_only=True, default=None, allow_null=True)
    corrects = serializers.SerializerMethodField()

    class Meta:
        model = Answer
        fields = [
            "outcome", "text", "change", "referral", "is_petition", "theme", "answered_at", "entry", "corrects",
            "correction_reason",
        ]  # fmt: skip
        read_only_fields = fields

    def get_corrects(self, answer: Answer) -> int | None:
        return answer.replaces.entry_id if answer.replaces and answer.correction_reason else None


class CommentSerializer(serializers.ModelSerializer):
    """A comment, in words only if it is shown. Grounds say why it is withheld, or why passages of it are masked."""

    round = serializers.IntegerField(source="consultation.round", read_only=True)
    ground = serializers.CharField(source="withheld_ground", read_only=True)
    masked_ground = serializers.CharField(read_only=True)
    text = serializers.CharField(source="public_text", read_only=True, allow_null=True)
    stance = serializers.CharField(read_only=True, allow_null=True)
    topics = serializers.ListField(
        child=serializers.ChoiceField(Comment.Topic.choices), read_only=True, allow_null=True
    )
    answer = AnswerSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Comment
        fields = [
            "round", "number", "channel", "received_at", "visibility", "ground", "masked_ground", "text", "stance",
            "topics", "answer",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, comment: Comment) -> dict[str, Any]:
        public = super().to_representation(comment)
        if comment.visibility != Comment.Visibility.SHOWN:
            public |= {"masked_ground": "", "text": None, "stance": None, "topics": None}
        return public


class CleanText(serializers.CharField):
    """Text as :func:`tenders.text.clean_text` lets it pass."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(max_length=most, **options)
        self.most = most

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not text:
            return ""
        try:
            return clean_text(text, most=self.most)
        except ValueError as e:
            raise serializers.ValidationError(str(e)) from e


class NewCommentSerializer(serializers.Serializer):
    """What a citizen says. Name and contact are for questions in return, and never public."""

    text = CleanText(most=MAX_COMMENT)
    stance = serializers.ChoiceField(Comment.Stance.choices, required=False, allow_blank=True)
    topics = serializers.ListField(
        child=serializers.ChoiceField(Comment.Topic.choices), min_length=1, max_length=MAX_TOPICS, required=False
    )
    name = CleanText(most=60, required=False, allow_blank=True)
    contact = CleanText(most=120, required=False, allow_blank=True)


class ReceiptSerializer(serializers.ModelSerializer):
    """Whoever holds ``code`` can follow the comment: it is shown this once."""

    round = serializers.IntegerField(source="consultation.round", read_only=True)

    class Meta:
        model = Comment
        fields = ["round", "number", "code", "received_at"]
        read_only_fields = fields
