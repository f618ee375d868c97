"""Acts on the keys that open sealed bids: registered, revoked, replaced in the tenders that still run."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from ledger.models import Task
from ledger.operations import FollowUp, record
from statutes.refusal import Refusal
from tenders.gates import own_rule
from tenders.locking import lock
from tenders.models import BidBox, Package, TrusteeKey
from tenders.operations.common import cleaned, refuse_if, refused
from tenders.rights import Role, demand, demand_role
from tenders.sealing.envelopes import is_recipient
from tenders.sealing.head import Holder

MAX_REASON = 200
KEEPERS = (Role.LEADER, Role.ADMINISTRATOR)  # who may say whose keys count


@transaction.atomic(durable=True)
def register_trustee_key(
    *, holder: str, recipient: str, organisation: Organisation, actor: User, at: datetime
) -> TrusteeKey:
    """
    Register the public half of a key. The entry names it, so that its holder sees whether it is really his.

    :raises ActRefused: if it is no X25519 key of age, was registered before, or its holder has one in use
    """
    demand_role(actor, *KEEPERS)
    recipient = recipient.strip()
    refuse_if(
        None if is_recipient(recipient) else own_rule(_("这不是 age 公钥：应当以 age1 开头，共62个字符。"), "key"),
        _known(recipient),
        _has_one(holder),
    )
    key = TrusteeKey.objects.create(
        holder=holder, recipient=recipient, organisation=organisation, registered_by=actor, registered_at=at
    )
    record("trustee-key.registered", subject=key.path, actor=actor, at=at, facts=key.facts(), key=key.path)
    return key


def _known(recipient: str) -> Refusal | None:
    if not TrusteeKey.objects.filter(recipient=recipient).exists():
        return None
    return own_rule(_("这把公钥登记过。每把钥匙只登记一次，停用后要用新的。"), "known")


def _has_one(holder: str) -> Refusal | None:
    if not TrusteeKey.objects.in_use().filter(holder=holder).exists():
        return None
    return own_rule(_("该持有方已有在用的密钥；要换新的，先停用旧的。"), "in-use")


@transaction.atomic(durable=True)
def revoke_trustee_key(key_id: int, *, reason: str, actor: User, at: datetime) -> TrusteeKey:
    """
    Say in public that a key was lost or stolen. New tenders no longer name it.

    Tenders that run keep it until :func:`replace_keys` gives them its successor: bids are sealed to it already.
    """
    demand_role(actor, *KEEPERS)
    key = TrusteeKey.objects.select_for_update().get(pk=key_id)
    if key.revoked_at:
        raise refused(own_rule(_("这把密钥已经停用。")))
    key.revoked_at, key.revoked_reason = at, cleaned(reason, most=MAX_REASON)
    key.save(update_fields=["revoked_at", "revoked_reason"])
    facts = key.facts() | {"reason": key.revoked_reason}
    record("trustee-key.revoked", subject=key.path, actor=actor, at=at, facts=facts, key=f"revoked:{key.path}")
    return key


@transaction.atomic(durable=True)
def replace_keys(package_id: int, *, actor: User, at: datetime) -> BidBox:
    """
    Give a tender that takes bids the keys that are in use now.

    Bids sealed before stay in the box, and can be opened with what is left of the old pairs. Their bidders are told on
    their own pages to seal once more; a letter tells it to all bidders' accounts alike, the entry nobody who bids.

    :raises ActRefused: if nothing is to be replaced, a holder has no key in use, or nobody can deliver anew any more
    """
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.LEADER)
    box = BidBox.objects.select_for_update(no_key=True).filter(pk=package.pk).first()
    keys = list(TrusteeKey.objects.in_use())
    is_late = package.bids_due_at is not None and at > package.bids_due_at
    if box is None or box.closed_at or is_late or package.state != Package.State.ANNOUNCED or not box.takes_sealed_bids:
        raise refused(own_rule(_("只有正在接收电子投标的标段可以更换开标密钥。")))
    if {key.holder for key in keys} != set(Holder):
        raise refused(own_rule(_("四方密钥还没有登记齐，不能更换。"), "keys"))
    old = set(box.keys.values_list("pk", flat=True))
    if old == {key.pk for key in keys}:
        raise refused(own_rule(_("本标段用的已经是现在的密钥。"), "same"))
    box.keys.set(keys)
    facts = {"trustee_keys": [key.facts() for key in keys]}
    key = f"keys:{package.path}:{'-'.join(str(k.pk) for k in sorted(keys, key=lambda k: k.pk))}"
    tell = FollowUp("tell-bidders", queue=Task.Queue.DELIVER)
    record("package.keys-replaced", subject=package.path, actor=actor, at=at, facts=facts, key=key, then=[tell])
    return box
