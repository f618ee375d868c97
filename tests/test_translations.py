"""The product speaks English second: nothing is left untranslated, and the English fits its Chinese."""

import re
from html.parser import HTMLParser

import pytest

from config import catalogue

CHINESE = re.compile("[\u4e00-\u9fff]")
CHINESE_OR_ITS_MARKS = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "value")
VOID = {"br", "hr", "img", "input", "link", "meta"}


@pytest.fixture(scope="module")
def english():
    return catalogue.read()


def test_every_string_of_the_sources_is_in_the_catalogue(english):
    assert catalogue.missing(english) == []


def test_every_string_is_translated(english):
    assert catalogue.untranslated(english) == []


def test_the_english_has_the_placeholders_of_its_chinese(english):
    assert catalogue.garbled(english) == []


def test_the_english_is_english(english):
    said = [text for entry in english for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in said if CHINESE_OR_ITS_MARKS.search(text) and text != "中文"] == []


def test_the_compiled_catalogue_is_the_committed_one(english):
    assert catalogue.is_compiled(english)


def test_marked_strings_are_found_in_python():
    text = 'label = _("意见")\nname("项目")\nngettext("%(n)s项", "%(n)s项", n)\ngettext_lazy(\n "一"\n "二"\n)'
    assert sorted(catalogue.in_python(text)) == [("%(n)s项", "%(n)s项"), ("一二",), ("意见",)]


def test_marked_strings_are_found_in_templates():
    text = (
        "{% load i18n %}方案{% translate '意见' %}{{ name|default:_(\"（没有填）\") }}"
        "{% blocktranslate with n=number %}第{{ n }}号“甲”{% endblocktranslate %}"
        "{% blocktranslate count n=number %}{{ n }}条{% plural %}{{ n }}条{% endblocktranslate %}"
    )
    found = [("意见",), ("（没有填）",), ("第%(n)s号“甲”",), ("%(n)s条", "%(n)s条")]
    assert list(catalogue.in_template(text)) == found


class Shell(HTMLParser):
    """Collects what a page says to its reader, but for what it marks as Chinese by ``lang``."""

    def __init__(self, page):
        super().__init__()
        self.said = []
        self.open = []
        self.feed(page)

    @property
    def is_english(self):
        return not any(tag in {"script", "style"} or lang.startswith("zh") for tag, lang in self.open)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or ""))
        if self.is_english:
            self.said += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.is_english and data.strip():
            self.said.append(data.strip())


def chinese_in(response):
    return [text for text in Shell(response.content.decode()).said if CHINESE.search(text)]


def test_chinese_is_found_where_a_reader_meets_it():
    page = '<html><a lang="zh-CN">中文<b>粗</b></a><br><img alt="图"><p>Plan 方案</p><script>"注"</script></html>'
    assert [text for text in Shell(page).said if CHINESE.search(text)] == ["图", "Plan 方案"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["", "projects/", "receipts/", "ledger/", "verify/", "corrections/", "accounts/login/", "nowhere/"]
)
def test_an_english_page_of_the_public_is_english(client, address):
    assert chinese_in(client.get(f"/en/{address}")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["desk/", "accounts/2fa/", "accounts/password/change/", "accounts/logout/"])
def test_an_english_page_of_the_staff_is_english(client, django_user_model, address):
    client.force_login(django_user_model.objects.create(username="manager", role="manager"))
    assert chinese_in(client.get(f"/en/{address}")) == []


@pytest.mark.django_db
def test_the_english_page_of_observers_is_english(client, django_user_model):
    client.force_login(django_user_model.objects.create(username="observer", role="observer"))
    assert chinese_in(client.get("/en/observe/")) == []
