"""Official holidays that an administrator has added."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayYear(models.Model):
    """A year of the official holiday calendar, uploaded by an administrator from the State Council's yearly notice."""

    year = models.PositiveSmallIntegerField(_("年份"), primary_key=True)
    source = models.CharField(_("来源"), max_length=200, help_text=_("通知的名称和文号"))
    notice = models.JSONField(
        _("放假与调休安排"),
        help_text='{"year": 2027, "holidays": [["2027-01-01", "2027-01-03"]], "swapped_workdays": []}',
    )

    class Meta:
        ordering: ClassVar = ["year"]
        verbose_name = verbose_name_plural = _("节假日安排")

    def __str__(self) -> str:
        return str(self.year)
