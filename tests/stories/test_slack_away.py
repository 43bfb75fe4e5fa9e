"""The store is away while people sit in Slack: every press is answered, and nothing is said to be saved that was not."""

import os
import signal
from pathlib import Path

from adapters.stores.ground import prepare
from tests.adapters.rooms.slack.peers import APP_TOKEN, CARE, TOKEN, local_slack
from tests.stories.house import lived_in
from tests.stories.test_slack_story import ANA, PLACE, _card, _whispered


async def test_a_press_is_answered_while_the_store_is_away(tmp_path: Path) -> None:
    """The chat stays connected, the presser is told to press again, and once the store is back the press counts."""
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
        os.kill(server, signal.SIGSTOP)
        try:
            for _ in range(2):
                await slack.press(ANA, card, "I have this")
                import asyncio
                for k in range(14):
                    await asyncio.sleep(1)
                    from bot.work import running as R
                    import sys
                    for t in asyncio.all_tasks():
                        if k in (3, 9) and ("slack" in repr(t) ):
                            st = t.get_stack()
                            print("T", t.get_name(), [f"{f.f_code.co_filename[-40:]}:{f.f_lineno}" for f in st][-1:], repr(t.get_coro())[:90])
                    print(k, [(m.get("ephemeral_to"), str(m.get("text"))[:60]) for m in await slack.messages(CARE)])
                await _whispered(slack, ANA, "Not saved: the store cannot be reached.")
        finally:
            os.kill(server, signal.SIGCONT)
        await slack.connected()
        card = await _card(slack, "Eleven days, three chats")
        await slack.press(ANA, card, "I have this")
        await _card(slack, "Eleven days, three chats", "Owner", "Ana")
    assert CARE
