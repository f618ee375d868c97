"""What lists can be narrowed down by: only what is public of every row, so that no filter tells more."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, NumberFilter

from ledger.models import Entry
from publishing import comment_search
from tenders.models import Answer, Comment, CommentQuerySet, Project, ProjectQuerySet


class ProjectFilter(FilterSet):
    q = CharFilter(method="search", label=_("项目编号、名称或者地点中的文字"), max_length=100)
    stage = ChoiceFilter(choices=Project.Stage.choices)
    standing = ChoiceFilter(choices=Project.Standing.choices)

    class Meta:
        model = Project
        fields = ["q", "stage", "standing"]

    def search(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        found = Q()
        for field in ("number", "name", "name_en", "site"):
            found |= Q(**{f"{field}__icontains": value})
        return projects.filter(found)


class EntryFilter(FilterSet):
    kind = CharFilter(max_length=100, label=_("事项，如step.publish_plan"))

    class Meta:
        model = Entry
        fields = ["kind"]


class CommentFilter(FilterSet):
    round = NumberFilter(field_name="consultation__round", min_value=1, max_value=32_767, decimal_places=0)
    visibility = ChoiceFilter(choices=Comment.Visibility.choices)
    q = CharFilter(method="ask", label=_("公开的意见原文或者答复中的文字"), max_length=comment_search.LONGEST)
    stance = ChoiceFilter(method="ask", choices=Comment.Stance.choices, label=_("态度；只在公开的意见里找"))
    topic = ChoiceFilter(method="ask", choices=Comment.Topic.choices, label=_("方面；只在公开的意见里找"))
    outcome = ChoiceFilter(method="ask", choices=Answer.Outcome.choices, label=_("结果"))
    state = ChoiceFilter(method="ask", choices=comment_search.choices()["state"], label=_("公开和答复情况"))

    class Meta:
        model = Comment
        fields = ["round", "visibility", "q", "stance", "topic", "outcome", "state"]

    def ask(self, comments: CommentQuerySet, name: str, value: str) -> CommentQuerySet:
        """Filter as the page does."""
        return comment_search.found(comments, comment_search.asked_in({name: value}))
