"""How tests ask for one step of the evaluation at a moment, and turn the package to government procurement."""

from lifecycle.demo import cemetery
from lifecycle.demo.drafts import fill
from lifecycle.operations import refusals
from lifecycle.steps import STEPS
from tests.factories import cemetery_on, moment


def evaluated(until="07-06 16:30", **report):
    """A scene in which everything is written down that the committee hands over."""
    scene = cemetery_on(until)
    cemetery.evaluate(scene.package)
    fill(scene.package.evaluation, **report)
    return scene


def procured(scene, **changes):
    """The same scene, if its package were one of government procurement."""
    fill(scene.package, track="gp", **changes)
    return scene


def codes(scene, step, at):
    return [r.code for r in refusals(scene.package, STEPS[step], at=moment(at))]
