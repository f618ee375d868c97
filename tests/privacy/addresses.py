"""Every address of the site, from the table of addresses itself, filled in for one tender: for anybody to ask."""

from itertools import product
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from portal.staff.converters import Row

OUTSIDE = ("admin/", "accounts/logout")  # of Django itself; and who is signed out sees nothing more


def addresses(package: Any, uuids: list[Any]) -> list[str]:
    """
    Return all addresses that are about a tender, and those about nothing in particular.

    What is counted is the package or its project; ``uuids`` are keys that somebody could have learnt. Any text is one
    that means nothing: what is behind a token of one's own is another matter.
    """
    found = []
    for route, converters in _routes("", {}, get_resolver().url_patterns):
        names = [name for name in converters if f":{name}>" in route or f"<{name}>" in route]
        filled = product(*(_values(name, converters[name], package, uuids) for name in names))
        found += [_filled(route, dict(zip(names, values, strict=True))) for values in filled]
    return [f"/{one}" for one in dict.fromkeys(found) if not one.startswith(OUTSIDE)]


def _routes(before: str, known: dict[str, Any], patterns: list[Any]) -> Any:
    for one in patterns:
        route = before + str(getattr(one.pattern, "_route", ""))
        converters = known | one.pattern.converters
        if isinstance(one, URLPattern):
            yield route, converters
        else:
            yield from _routes(route, converters, one.url_patterns)


def _values(name: str, converter: Any, package: Any, uuids: list[Any]) -> list[Any]:
    if isinstance(converter, Row):
        return list(converter.table)
    if isinstance(converter, UUIDConverter):
        return uuids
    if name == "number":
        return [package.project.number]
    if isinstance(converter, IntConverter):
        return [package.number] if name == "package" else sorted({package.pk, package.project.pk})
    return ["x"]


def _filled(route: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        start, end = route.rindex("<", 0, route.index(f"{name}>")), route.index(f"{name}>") + len(name) + 1
        route = route[:start] + str(value) + route[end:]
    return route
