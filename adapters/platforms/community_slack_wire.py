"""What we ask of Slack: histories, threads, one message, who somebody is. Each question's failure is a value."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import CHANNEL, LIMITED, TOKEN, Answer, Answered, Refused
from adapters.connections.slack_budget import Rank
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_mark import BEGINNING, later, order
from adapters.platforms.community_network import Away, Closed, Gone, Page
from adapters.platforms.community_post import Post
from adapters.platforms.community_slack_parse import NAME, Message, message, post, ts

#: Messages a page, and pages of one channel or thread in one walk.
PAGE: Final = 200
PAGES: Final = 5
#: What says that the message itself is not there.
GONE: Final = frozenset({"message_not_found", "thread_not_found"})
#: So many people's names are remembered.
_PEOPLE: Final = 2_000
_SILENT: Final = "Slack does not answer just now."
_TOKEN: Final = "Slack does not accept our token. Install the app again, and set COOLHEAD_SLACK_BOT_TOKEN."

Raw = Mapping[str, Any]


class SlackWire:
    """The port Network over one connection."""

    platform = NAME

    def __init__(self, slack: Slack, ground: Ground) -> None:
        self.slack = slack
        self._ground = ground
        self._names: dict[str, str] = {}
        self.me = ""
        self.base = ""
        self.trouble: str | None = None

    async def introduce(self) -> bool:
        """Who we are there, asked once; whether it is known."""
        if not self.me:
            answer = await self.slack.call("auth.test", {}, rank=Rank.NEW)
            if isinstance(answer, Answered):
                self.me, self.base = str(answer.body.get("user_id", "")), str(answer.body.get("url", ""))
        return bool(self.me)

    async def newest(self) -> str | Away:
        """The newest message of all channels, so that the first start begins now."""
        newest = BEGINNING
        for channel in await self._ground.heard():
            told = await self.read("conversations.history", {"channel": channel, "limit": PAGE}, pages=1)
            if isinstance(told, Away):
                return told
            for raw in told[0] if isinstance(told, tuple) else ():
                for each in filter(None, (ts(raw.get("ts")), ts(raw.get("latest_reply")))):
                    newest = later(newest, each)
        return newest

    async def channels(self, floor: str) -> Sequence[str] | Away:
        """Every channel that is listened to; their threads are read with them."""
        del floor
        return await self._ground.heard() if await self.introduce() else Away(_TOKEN if self.slack.dead else _SILENT)

    async def page(self, channel: str, after: str) -> Page | Closed | Away:
        """What was said after that message, in the channel and in threads below its last messages."""
        told = await self.read("conversations.history", {"channel": channel, "limit": PAGE}, after=after)
        if not isinstance(told, tuple):
            return told if isinstance(told, Closed | Away) else Away(_SILENT)
        raws, cut = told
        said = {one.ts: raw for raw in raws if (one := message(raw)) is not None and order(one.ts) > order(after)}
        last = max(said, key=order, default=after)
        for root in (one for raw in raws if (one := message(raw)) is not None and _answered(one, after)):
            below = await self.thread(channel, root.ts, after)
            if not isinstance(below, tuple):
                return below
            said |= {ts(raw.get("ts")): raw for raw in below[0] if order(ts(raw.get("ts")) or "0") > order(after)}
            cut = cut or below[1]
        found = [self.post(channel, said[each]) for each in sorted(filter(None, said), key=order)]
        return Page([each for each in found if each is not None], last, cut=cut)

    async def thread(self, channel: str, root: str, after: str) -> tuple[list[Raw], bool] | Closed | Away:
        """What stands in a thread after that message, and whether it was too much to read."""
        asked = {"channel": channel, "ts": root, "oldest": after, "limit": PAGE, "include_all_metadata": True}
        found = await self.read("conversations.replies", asked)
        return ([], False) if isinstance(found, Gone) else found

    async def fetch(self, channel: str, id: str) -> Post | Gone | Closed | Away:
        """One message as it stands."""
        found = await self.raw(channel, id)
        if not isinstance(found, Mapping):
            return found
        said = self.post(channel, found)
        return Closed("That is no message that somebody wrote.") if said is None else await self.named(said)

    async def raw(self, channel: str, id: str) -> Raw | Gone | Closed | Away:
        """The same as Slack shows it. An answer that lists nothing at all is one that it is not there."""
        await self.introduce()
        asked = {"channel": channel, "ts": id, "limit": 1, "include_all_metadata": True}
        told = await self.read("conversations.replies", asked, pages=1)
        if not isinstance(told, tuple):
            return told
        raws = told[0]
        there = next((raw for raw in raws if raw.get("ts") == id), None)
        gone = there is None or message(there) is None or there.get("subtype") == "tombstone"
        return (Gone() if not raws or there is not None else Away(_SILENT)) if gone or there is None else there

    async def read(
        self, method: str, args: Mapping[str, Any], *, after: str = "", pages: int = PAGES
    ) -> tuple[list[Raw], bool] | Gone | Closed | Away:
        """The messages of an answer, page by page, back to `after`; and whether there was more than we read."""
        found: list[Raw] = []
        cursor = ""
        for _ in range(pages):
            answer = await self.slack.call(method, {**args, "cursor": cursor or None}, rank=Rank.NEW)
            if not isinstance(answer, Answered):
                return unread(answer)
            raws = answer.body.get("messages")
            page = [raw for raw in raws if isinstance(raw, Mapping)] if isinstance(raws, list) else []
            found += page
            cursor = str((answer.body.get("response_metadata") or {}).get("next_cursor") or "")
            reached = bool(after) and any(order(ts(raw.get("ts")) or "0") <= order(after) for raw in page)
            if not cursor or reached:
                return found, False
        return found, True

    def post(self, channel: str, raw: Raw) -> Post | None:
        """A message of that channel as ours."""
        return post(dict(raw), channel, self._names, self.base)

    async def named(self, said: Post) -> Post:
        """The same with its author's name, where Slack tells it."""
        if said.author.name or not said.author.id:
            return said
        return replace(said, author=said.author.model_copy(update={"name": await self._name(said.author.id)}))

    async def _name(self, user: str) -> str:
        if user not in self._names:
            answer = await self.slack.call("users.info", {"user": user}, rank=Rank.COUNTER, patience=2.0, tries=1)
            told = answer.body.get("user") if isinstance(answer, Answered) else None
            if not isinstance(told, Mapping):
                return ""
            profile = told.get("profile")
            shown = profile.get("display_name") if isinstance(profile, Mapping) else ""
            if len(self._names) >= _PEOPLE:
                self._names.clear()
            self._names[user] = str(shown or told.get("real_name") or told.get("name") or "")
        return self._names[user]

    def parent(self, channel: str) -> str:
        """Threads have no channel of their own here."""
        del channel
        return ""


def unread(answer: Answer) -> Gone | Closed | Away:
    """What it means that something could not be read: whether a person must change something."""
    match answer:
        case Refused(error=error) if error in GONE:
            return Gone()
        case Refused(error=error) if error in CHANNEL or error == "missing_scope":
            return Closed("Slack does not let us read a channel we listen to. Invite the app there.")
        case Refused(error=error) if error in TOKEN:
            return Away(_TOKEN)
        case Refused(error=error) if error in LIMITED:
            return Away("Slack asks us to slow down.")
        case _:
            return Away(_SILENT)


def _answered(root: Message, after: str) -> bool:
    """Whether somebody may have answered in its thread after that message."""
    last = ts(root.latest_reply)
    return order(last) > order(after) if last else root.reply_count > 0
