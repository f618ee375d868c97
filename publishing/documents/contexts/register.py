"""The register of bids as a paper (D17): what came when, sealed how, and what became of it."""

from django.db.models import QuerySet

from publishing.documents.contexts.project import Context
from publishing.documents.contexts.tender import of_package, titled
from publishing.documents.wording import day_of, moment, moment_to_the_second, second_of
from tenders.models import Bid, Package, masked_name


def register_title(package: Package) -> str:
    return titled(package, "投标文件签收登记表")


def bid_register(package: Package) -> Context:
    """The register as the public reads it, after the opening: before, it is an empty form (EM-01)."""
    bids = package.bids.all() if package.is_opened else package.bids.none()
    return {**_register(package, bids, full_names=False), "公布时间": moment(package.opening_concluded_at)}


def signing_copy(package: Package) -> Context:
    """The register as it lies at the counter, with full names and room to sign, for the bureau's archive alone."""
    return {**_register(package, package.bids.all(), full_names=True), "公布时间": "尚未公布"}


def _register(package: Package, bids: QuerySet[Bid], *, full_names: bool) -> Context:
    return {
        **of_package(package),
        "投标截止时间": moment_to_the_second(package.bids_due_at),
        "登记": [_line(bid, full_names=full_names) for bid in bids.select_related("received_by")],
        "签字稿": full_names,
    }


def _line(bid: Bid, *, full_names: bool) -> Context:
    is_paper = bid.form == Bid.Form.PAPER
    return {
        "序号": str(bid.number),
        "投标人": bid.bidder,
        "代码": bid.credit_code,
        "形式": bid.get_form_display(),
        "送达日期": day_of(bid.arrived_at),
        "送达时刻": second_of(bid.arrived_at),
        "封套": f"{bid.envelopes}个" if is_paper else "/",
        "密封": _seal(bid) if is_paper else "已加密",
        "递交人": (bid.delivered_by if full_names else masked_name(bid.delivered_by)) if is_paper else "/",
        "签收人": bid.received_by.name if is_paper else "系统",
        "结果": _outcome(bid),
    }


def _seal(bid: Bid) -> str:
    found = "密封完好" if bid.sealed else "未按要求密封"
    return f"{found}：{bid.seal_note}" if bid.seal_note else found


def _outcome(bid: Bid) -> str:
    if bid.refusal_reason:
        return f"拒收：{bid.refusal_reason}"
    if bid.withdrawn_at:
        return f"{moment_to_the_second(bid.withdrawn_at)}撤回"
    return bid.get_status_display()
