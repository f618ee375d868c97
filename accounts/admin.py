from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ("username", "name", "role", "organisation", "is_active")
    list_filter = ("role", "organisation", "is_active")
    fieldsets = (*(UserAdmin.fieldsets or ()), (_("职务"), {"fields": ("name", "post", "role", "organisation")}))
    add_fieldsets = (*UserAdmin.add_fieldsets, (_("职务"), {"fields": ("name", "post", "role", "organisation")}))


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "phone")
    list_filter = ("kind",)
    search_fields = ("name",)
