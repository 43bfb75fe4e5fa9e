"""From nothing to the first card, as docs/slack.md says it: the real program, and a Slack that nobody here wrote."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tests.adapters.rooms.slack.peers import APP_TOKEN, TOKEN, LocalSlack, labels, local_slack
from tests.stories.house import Lived, lived_in

ANA = "U0ANA"


def _running(data: Path, slack: LocalSlack) -> AbstractAsyncContextManager[Lived]:
    return lived_in(
        data,
        COOLHEAD_SLACK_BOT_TOKEN=TOKEN,
        COOLHEAD_SLACK_APP_TOKEN=APP_TOKEN,
        COOLHEAD_SLACK_API_URL=slack.api_url,
    )


async def test_from_nothing_to_the_first_card(tmp_path: Path) -> None:
    """Invited before it ever ran, it greets; two presses later the first card stands there, and whoever pressed leads."""
    async with local_slack() as slack:
        async with _running(tmp_path, slack):
            greeting = await slack.until("Bring incidents here")
            assert labels(greeting) == ["Bring incidents here", "Try it with a sample mention"]
            await slack.press(ANA, greeting, "Bring incidents here")
            await slack.until("You are lead and manager.")
            await slack.press(ANA, greeting, "Try it with a sample mention")
            card = await slack.until("I have this")
            await slack.press(ANA, card, "I have this")
            await slack.until("You have this.")
        async with _running(tmp_path, slack):
            await slack.connected()
            await slack.press(ANA, await slack.until("Say we heard"), "More")
            await slack.modal()
        greetings = [one for one in await slack.messages() if "Bring incidents here" in labels(one)]
        assert len(greetings) == 1
