"""The main job, lived wholly in Slack: local-slack, which nobody here wrote, and the reply lands in a real Mastodon's double."""

import asyncio
import html
import os
import re
import signal
from pathlib import Path
from typing import Any

from adapters.stores.ground import prepare
from tests.adapters.rooms.slack.peers import APP_TOKEN, CARE, TOKEN, LocalSlack, local_slack, shown
from tests.square import Square
from tests.stories.house import lived_in, until
from tests.stories.ways import listening

ANA, BEN = "U0ANA", "U0BEN"
PLACE = f'[contacts]\nphone = "+44 20 7946 0000"\n[[place]]\nroom = "slack"\nid = "{CARE}"\nname = "care"\n'
HEARD = "Eleven days is far too long, Alice. I am looking for your parcel now and will be back here before four. Ana"


async def _card(slack: LocalSlack, *says: str) -> dict[str, Any]:
    """The card, once it shows all of this."""

    async def there() -> dict[str, Any]:
        for message in await slack.messages(CARE):
            if not message.get("thread_ts") and all(one in shown(message["blocks"]) for one in says):
                return {**message, "channel": CARE}
        return {}

    found: dict[str, Any] = await until(there, within=30)
    return found


async def _said(slack: LocalSlack, card: dict[str, Any], *says: str) -> None:
    """The thread under a card, once it says all of this: lines follow the card at Slack's pace."""

    async def there() -> bool:
        said = " ".join(shown(one["blocks"]) for one in await slack.thread(card["ts"]))
        return all(one in said for one in says)

    await until(there, within=30)


async def _note(slack: LocalSlack, who: str, says: str) -> dict[str, Any]:
    """A direct message that says it."""

    async def there() -> dict[str, Any]:
        return next((one for one in reversed(await slack.direct(who)) if says in shown(one["blocks"])), {})

    found: dict[str, Any] = await until(there, within=30)
    return found


async def _whispered(slack: LocalSlack, who: str, says: str) -> None:
    async def there() -> bool:
        told = [one for one in await slack.messages(CARE) if one.get("ephemeral_to") == who]
        return any(says in str(one.get("text", "")) for one in told)

    await until(there, within=20)


async def _ledger(square: Square, count: int) -> list[dict[str, Any]]:
    async def enough() -> list[dict[str, Any]]:
        ledger = await asyncio.to_thread(square.ledger)
        return ledger if len(ledger) >= count else []

    found: list[dict[str, Any]] = await until(enough, within=30)
    return found


def _text(status: dict[str, Any]) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", status["content"]))


async def test_a_team_answers_without_leaving_slack(square: Square, tmp_path: Path) -> None:
    """A mention becomes a card; it is claimed, answered, cooled, read once more, sent once, and all of it is in the thread."""
    (tmp_path / "coolhead.toml").write_text(PLACE)
    async with (
        local_slack() as slack,
        lived_in(
            tmp_path,
            COOLHEAD_SLACK_BOT_TOKEN=TOKEN,
            COOLHEAD_SLACK_APP_TOKEN=APP_TOKEN,
            COOLHEAD_SLACK_API_URL=slack.api_url,
            COOLHEAD_MASTODON_URL=square.url,
            COOLHEAD_MASTODON_TOKEN=square.token("shop"),
        ) as house,
    ):
        await slack.connected()
        await listening(house, square)
        square.post("alice", "@shop Eleven days, three chats, still no parcel. I have had it with this shop.")
        card = await _card(slack, "Eleven days, three chats")

        await slack.press(ANA, card, "I have this")
        card = await _card(slack, "Eleven days, three chats", "Ana")
        await slack.press(BEN, card, "Say we heard")
        await slack.press(ANA, card, "Say we heard")
        view = await slack.modal()
        assert "Eleven days, three chats" in shown(view)
        label = next(
            b["label"]["text"] for b in view["blocks"] if b["type"] == "input" and b["element"].get("multiline")
        )
        await slack.submit(ANA, {label: HEARD})
        await _card(slack, "Eleven days, three chats", "Cooling")
        assert square.ledger() == []

        house.shift.advance(125)
        note = await _note(slack, ANA, "It has cooled")
        await slack.press(ANA, note, "Read once more and send")
        view = await slack.modal()
        assert HEARD in shown(view)
        await slack.submit(ANA, {})
        (sent,) = await _ledger(square, 1)
        assert _text(sent) == f"@alice {HEARD}"
        await _card(slack, "Eleven days, three chats", "Heard in public")
        await _said(slack, card, "Ana has this", HEARD)


async def test_a_press_is_answered_while_the_store_is_away(tmp_path: Path) -> None:
    """The chat stays connected, the presser is told that nothing is saved, and once the store is back the press counts."""
    (tmp_path / "coolhead.toml").write_text(PLACE)
    async with (
        local_slack() as slack,
        lived_in(
            tmp_path,
            COOLHEAD_SLACK_BOT_TOKEN=TOKEN,
            COOLHEAD_SLACK_APP_TOKEN=APP_TOKEN,
            COOLHEAD_SLACK_API_URL=slack.api_url,
        ) as house,
    ):
        await slack.connected()
        await house.mention({"id": "m1", "text": "Eleven days, three chats, still no parcel.", "author": {"id": "a"}})
        card = await _card(slack, "Eleven days, three chats")
        server = int(prepare(tmp_path).pid.read_text())
        os.kill(server, signal.SIGSTOP)  # connected, and answering nothing
        try:
            for _ in range(2):
                await slack.press(ANA, card, "I have this")
                await _whispered(slack, ANA, "Not saved: the store cannot be reached.")
        finally:
            os.kill(server, signal.SIGCONT)
        await slack.connected()
        await slack.press(ANA, card, "I have this")
        await _card(slack, "Eleven days, three chats", "Owner", "Ana")
