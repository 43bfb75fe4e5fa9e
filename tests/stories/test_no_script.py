"""The whole of it without JavaScript, and with nothing but a keyboard."""

from pathlib import Path

from playwright.async_api import Browser

from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import ANSWER, HEARD, LOST, cools, incident_of, mara, stands


async def test_claimed_heard_and_sent_without_javascript(browser: Browser, tmp_path: Path) -> None:
    """Every step is a link or a form: claim, write with a look at the cautions, finish, read once more, send, post."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara(url="https://somewhere.example/1"))
        incident = await incident_of(house, LOST)
        ana = await Person.comes_in(browser, house, scripts=False)
        await ana.clicks(ana.page.locator("main h3 a").first)
        await ana.presses("I have this")
        await ana.presses("Say we heard")
        await ana.fills(words="As we told you before, this is not our fault.")
        await ana.page.get_by_role("button", name="Check my words").click()
        assert "look at" in await ana.reads()  # cautions come with a press where nothing reads along
        await ana.fills(words=HEARD)
        await ana.finishes()
        await cools(house, incident, 5)
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        await ana.page.get_by_label("I looked, nothing changed").check()
        await ana.sends()
        await stands(house, incident, "waiting")
        await ana.goes(f"/i/{incident}")
        await ana.presses("Copy and open")
        assert await ana.page.get_by_text(HEARD).first.is_visible()
        await ana.finishes()
        await ana.goes(f"/i/{incident}")
        assert "Heard in public" in await ana.reads()


async def test_claimed_and_answered_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    """Tab and Enter reach every press, in the order one reads, and the focus is always to be seen."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara())
        incident = await incident_of(house, LOST)
        ana = await Person.comes_in(browser, house)
        await ana.goes(f"/i/{incident}")
        await _to(ana, "I have this")
        await ana.page.keyboard.press("Enter")
        await ana.sees("Ana has this")
        await _to(ana, "Write a reply")
        await ana.page.keyboard.press("Enter")
        await ana.page.wait_for_selector("#finish")
        await _to(ana, "", "textarea[name='f.words']")
        await ana.page.keyboard.type(ANSWER)
        await _to(ana, "Finish")
        await ana.page.keyboard.press("Enter")
        await stands(house, incident, "cooling")


async def _to(who: Person, label: str, selector: str = "button, a") -> None:
    """Press Tab until it has the focus, which can be seen."""
    for _ in range(60):
        await who.page.keyboard.press("Tab")
        focus = await who.page.evaluate(
            "([label, selector]) => { const one = document.activeElement;"
            " return one.matches(selector) && one.textContent.trim().startsWith(label) && !one.matches('.first')"
            " ? getComputedStyle(one).outlineStyle : '' }",
            [label, selector],
        )
        if focus:
            assert focus != "none"
            return
    raise AssertionError(f"{label or selector} was not reached")
