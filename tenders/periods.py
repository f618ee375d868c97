"""Which rule sets a period or a ceiling of a package, by its track and its method."""

from tenders.models import Method, Package, Track

OFFER = {Track.WORKS: "TB-03", Track.PROCUREMENT: "GP-03"}
BIDDING = {Track.WORKS: "TB-05", Track.PROCUREMENT: "GP-04"}
CHANGE = {Track.WORKS: "TB-06", Track.PROCUREMENT: "GP-05"}
CHANGE_BEFORE_APPLICATIONS = {Track.WORKS: "TB-06.2", Track.PROCUREMENT: "GP-05.2"}
APPLYING = {Track.WORKS: "TB-04", Track.PROCUREMENT: "GP-02"}
BOND = {Track.WORKS: "TB-10", Track.PROCUREMENT: "GP-07"}
BONDS_BACK = {Track.WORKS: "AW-10", Track.PROCUREMENT: "GP-07.3"}  # from the contract on
PLAN = {Track.WORKS: "TB-00", Track.PROCUREMENT: "GP-00"}
ANNOUNCEMENT = {Track.WORKS: "TB-01", Track.PROCUREMENT: "GP-01"}
# What is no tender has shorter times to respond.
RESPONSE = {Method.NEGOTIATION: "GP-04.2", Method.INQUIRY: "GP-04.2", Method.CONSULTATION: "GP-04.3"}


def bidding_rule(package: Package) -> str:
    """Return the rule of how long suppliers have from the issue of the documents to the deadline."""
    return RESPONSE.get(Method(package.method), BIDDING[Track(package.track)])
