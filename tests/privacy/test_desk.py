"""The reviewer sees what was found, where, and masked; chooses a ground beside each; and can't release without."""

import pytest

from lifecycle.demo.drafts import fill
from tenders.models import Review
from tests.factories import cemetery_on

pytestmark = pytest.mark.django_db

PHONE, LINE = "13870214563", "0870-5557799"


@pytest.fixture
def tender(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    fill(scene.package, documents_from=f"办公电话{LINE}，手机{PHONE}", scope="<b>土方</b>。" * 400)
    return scene, f"{at_desk(scene, 'reviewer')}/acts/review-tender/{scene.package.pk}/"


def test_the_findings_stand_above_the_decision_masked(client, tender):
    _scene, address = tender
    page = client.get(address)

    assert PHONE not in page.text.split("将要公开的全部内容")[0]
    assert "发现2处，须逐处处理" in page.text
    first, second = page.context["form"].findings
    assert (first.title, first.place) == ("电话号码", "招标文件获取方式")
    assert "手机138****4563" in page.text
    assert page.text.count("不能公开，须删去或者遮盖") == 2
    legends = [str(legend) for legend, _fields in page.context["form"].sections()]
    assert legends == ["机器发现2处：每处选择可以公开的理由，或者退回删去", "审查结论"]
    assert (first.key in page.text, PHONE in second.key) == (True, False)


def test_all_that_goes_out_is_shown_in_full_and_as_text(client, tender):
    _scene, address = tender
    page = client.get(address)
    assert page.text.count("&lt;b&gt;土方&lt;/b&gt;。") >= 400


def test_a_release_waits_for_a_ground_beside_each_and_keeps_what_was_typed(client, tender):
    _scene, address = tender
    form = client.get(address).context["form"]
    names = [f"finding-{finding.key}" for finding in form.findings]
    sent = {"token": form["token"].value(), "released": "True", "remark": "已核对", names[0]: "office"}

    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert "还有1处没有处理：手机号（招标文件获取方式）" in refused.text
    assert refused.context["form"][names[0]].value() == "office"
    assert not Review.objects.filter(notice="tender").exists()

    done = client.post(address, sent | {names[1]: "office"}, follow=True)
    assert done.redirect_chain
    assert "机器发现2处" in done.text
    assert "单位的办公电话、公务邮箱" in done.text
    assert PHONE not in done.text
    assert PHONE not in done.redirect_chain[-1][0]


def test_a_ground_that_a_kind_does_not_have_is_not_offered(client, tender):
    scene, address = tender
    fill(scene.package, documents_from="身份证530302199001011239")
    form = client.get(address).context["form"]
    (finding,) = form.findings
    assert [value for value, _label in form.fields[f"finding-{finding.key}"].choices] == ["", "false-alarm"]
    sent = {"token": form["token"].value(), "released": "True", f"finding-{finding.key}": "office"}
    assert client.post(address, sent).status_code == 422


def test_without_findings_the_page_says_so_and_what_machines_cannot_see(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    page = client.get(f"{at_desk(scene, 'reviewer')}/acts/review-tender/{scene.package.pk}/")
    assert "没有发现。" in page.text
    assert "随附的4个文件" in page.text
    assert "仍须人工审查" in page.text
