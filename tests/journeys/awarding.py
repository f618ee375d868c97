"""From the end of an opening to the award, as the bureau's staff do it at their desks."""

from tests.journeys import typed


def evaluate_and_award(manager, clerk, reviewer):
    manager.wait_until("2026-07-07T16:00")
    ranks = {f"bids__{n}__rank": str(n + 1) for n in range(3)}
    found = {f"bids__{n}__score": score for n, score in enumerate(typed.SCORES)}
    found |= {f"bids__{n}__eligibility": typed.ELIGIBILITY for n in range(3)}
    clerk.at("评标委员会").act("登记抽取", "draw-experts", **typed.DRAW).look("register-committee")
    manager.draft("评标情况", "evaluation", **typed.REPORT, **typed.COMMITTEE, **ranks, **found).look(
        "draft-evaluation"
    )
    manager.take("evaluate").wait_until("2026-07-08T09:00")
    reviewer.release("中标候选人公示")
    manager.take("publish_candidates")
    manager.at("定标").page.get_by_label("中标人", exact=True).select_option(index=1)
    manager.fill("award", determined_on="2026-07-14").send("award").reads("已保存。")
    manager.is_grey("award", "公示到2026年7月13日24时")
    manager.wait_until("2026-07-14T09:00").take("award")
