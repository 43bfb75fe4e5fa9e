"""Who may do what, as DESIGN §2 (Roles) says it: written from there, and from nothing else."""

from collections.abc import Collection, Mapping

from bot.nouns.team import Role

#: Everything that speaks in public, decides how a conversation goes, or ends it: a manager who is nothing else sends
#: nothing, and no guest does anything.
ACTING = frozenset(
    {
        *(
            "claimed",
            "assigned",
            "handed_back",
            "drafted",
            "discarded",
            "stop_lifted",
            "released",
            "reread",
            "send_asked",
        ),
        *("delivered", "invited", "taken_offline", "contacted", "contact_shown", "taken_over", "handoff_ended"),
        *("promised", "promise_settled", "silenced", "silence_seconded", "disposed", "closed", "statement_begun"),
        *("hold_ended", "brought_in"),
    }
)
#: "lead: also assign, release others' drafts, end a hold, second a silence, lift a stop": two leads are on duty here.
OF_LEADS = frozenset({"assigned", "released", "hold_ended", "silence_seconded", "stop_lifted"})
#: "manager: reviews, reports, invites, erasure".
OF_MANAGERS = frozenset({"erasure_asked"})
#: Pages and forms beyond the minimum that a guest reads.
FOR_GUESTS = frozenset({"now", "incident", "list"})


#: "send own or owned drafts; send, as themselves, a cooled one left unread for 15 min": in these somebody else's has just
#: cooled, or has not.
NOT_YET_ANYBODY_S = frozenset({"cooled", "cooling"})


def forbidden(kind: str, roles: Collection[Role], *, scene: str = "") -> bool:
    """Whether whoever holds just these roles may not make an event of that kind, where it is no words of theirs."""
    held = frozenset(roles) | ({Role.TEAMMATE} if Role.LEAD in roles else frozenset())
    if not held & {Role.TEAMMATE, Role.MANAGER}:
        return True
    if Role.TEAMMATE not in held and kind in ACTING:
        return True
    if Role.LEAD not in held and kind in OF_LEADS:
        return True
    if Role.MANAGER not in held and kind in OF_MANAGERS:
        return True
    return kind in ("send_asked", "reread") and scene in NOT_YET_ANYBODY_S and Role.LEAD not in held


#: Somebody's standing in a chat: what the settings and the chat say of them, and the roles this gives (DESIGN §2: "full
#: members of the team's place are teammates ... guests read"; what is listed counts; a guest of the chat stays a guest).
G, T, L, M = Role.GUEST, Role.TEAMMATE, Role.LEAD, Role.MANAGER
ROLES: Mapping[str, frozenset[Role]] = {
    "guest": frozenset({G}),
    "guest who is listed as lead": frozenset({G}),
    "from outside": frozenset({G}),
    "gone": frozenset(),
    "member": frozenset({T}),
    "member of nothing": frozenset({G}),
    "teammate by group": frozenset({T}),
    "lead by group": frozenset({L}),
    "manager by list": frozenset({M}),
    "lead and manager": frozenset({L, M}),
}
#: Where the settings say nothing of the chat.
NOT_LISTED = frozenset({"member"})
