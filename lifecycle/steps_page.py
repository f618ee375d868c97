"""The table of steps as a page for people: ``docs/steps.md``, which a test keeps in step with ``steps.py``."""

from collections.abc import Iterator

from django.utils.translation import override

from lifecycle.steps import TABLE, Step, every, nothing
from statutes.refusal import RULES_OF, Gate
from statutes.rules import RULES
from tenders.gates import is_released

HEAD = """# 步骤表

由 `lifecycle/steps.py` 生成（`python manage.py write_steps`），请勿手改。一个步骤是一次公开的办理：门槛全部满足才能办，
办理即公布。括号内是规则编号，条文见 [law.md](law.md)。
"""
CITATIONS = {rule.id: rule.citation for rule in RULES}
KINDS = {
    "Project": "项目",
    "Consultation": "征求意见",
    "PlanVersion": "方案修改稿",
    "Hearing": "听证会",
    "Package": "标段",
    "Contract": "两份合同",
}


def page() -> str:
    """Return the whole page, in Chinese."""
    with override("zh-hans"):
        return "\n".join([HEAD, *(line for step in TABLE for line in lines(step)), ""])


def lines(step: Step) -> Iterator[str]:
    yield f"## {step.title}（`{step.name}`）\n"
    reason = "；须公布理由" if step.needs_reason else ""
    clock = "；到时自动办理，也可以手办" if step.by_clock else ""
    yield f"- 对象：{KINDS[step.subject.__name__]}；办理人：{step.role.label}{reason}{clock}"
    if step.exists_for is not every:
        yield f"- 只有这样的才有此步骤：`{step.exists_for.__name__}`"
    if step.documents:
        yield f"- 生成文书：{'、'.join(f'`{name}`' for name in step.documents)}"
    gates = [*step.gates, *([] if step.reviewed is nothing else [is_released])]
    yield "- 门槛：" + ("" if gates else "无")
    for gate in gates:
        yield f"  - `{gate.__name__}`{rules_of(gate)}"
    yield ""


def rules_of(gate: Gate) -> str:
    """Return the ids of the rules on which a gate rests, with their provisions."""
    return "".join(f"（{rule_id}，{CITATIONS[rule_id]}）" for rule_id in RULES_OF.get(gate, ()))
