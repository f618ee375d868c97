"""Who acts: the people of the bureau, observers, bidders, and the organisations that they belong to."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    class Kind(models.TextChoices):
        BUREAU = "bureau", _("建设单位")
        DISCIPLINE = "discipline", _("纪检监察机关")
        PROCURATORATE = "procuratorate", _("检察机关")
        PROCUREMENT_CENTRE = "procurement-centre", _("政府采购中心")
        SUPERVISION = "supervision", _("行政监督部门")
        COMPANY = "company", _("企业")
        OTHER = "other", _("其他单位")

    # Those that watch by custom; which of them has to be invited says its mandate
    INVITED_KINDS: ClassVar = (Kind.DISCIPLINE, Kind.PROCURATORATE, Kind.PROCUREMENT_CENTRE)

    name = models.CharField(_("名称"), max_length=120, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    representative = models.CharField(_("法定代表人（负责人）"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("单位")

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    class Role(models.TextChoices):
        MANAGER = "manager", _("项目负责人")
        CLERK = "clerk", _("合同经办人")
        LEADER = "leader", _("局领导")
        REVIEWER = "reviewer", _("保密审查员")
        OBSERVER = "observer", _("监督代表")
        BIDDER = "bidder", _("投标人")
        ADMINISTRATOR = "administrator", _("系统管理员")

    STAFF_ROLES: ClassVar = (Role.MANAGER, Role.CLERK, Role.LEADER, Role.REVIEWER, Role.ADMINISTRATOR)

    name = models.CharField(_("姓名"), max_length=60)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("单位"))

    class Meta:
        verbose_name = verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def works_at_bureau(self) -> bool:
        return self.role in self.STAFF_ROLES


class SignUp(models.Model):
    """A company that has asked for a bidder's account. It becomes one when its e-mail address is confirmed."""

    company = models.CharField(_("单位名称"), max_length=120)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    name = models.CharField(_("经办人"), max_length=60)
    email = models.EmailField(_("邮箱"))
    password = models.CharField(max_length=128)  # hashed
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("投标单位注册")

    def __str__(self) -> str:
        return f"sign-up {self.pk}"
