"""What a teammate does in the browser, in a colleague's words."""

from playwright.async_api import Browser, Error, Locator, Page

from tests.stories.house import Lived


class Person:
    """Somebody at the web desk."""

    def __init__(self, page: Page, house: Lived) -> None:
        self.page = page
        self.house = house

    @classmethod
    async def comes_in(
        cls,
        browser: Browser,
        house: Lived,
        link: str = "",
        width: int = 1200,
        *,
        scripts: bool = True,
        dark: bool = False,
    ) -> "Person":
        """Through a one-use link."""
        context = await browser.new_context(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
        )
        page = await context.new_page()
        page.set_default_timeout(8000)
        await page.goto(link or house.sign_in)
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url(f"{house.base_url}/")
        return cls(page, house)

    async def goes(self, path: str) -> None:
        """To an address of the house."""
        try:
            await self.page.goto(f"{self.house.base_url}{path}")
        except Error:  # the page was still following the last press: once more, as a person would
            await self.page.goto(f"{self.house.base_url}{path}")

    async def presses(self, label: str, *, more: bool = False) -> None:
        """A button or link of that name; `more`: behind *More*."""
        main = self.page.locator("main")
        if more:
            await main.locator("summary", has_text="More").first.click()
        await self.clicks(main.get_by_role("button", name=label, exact=True).locator("visible=true").first)

    async def clicks(self, button: Locator) -> None:
        """A press that leads to a page, the same one or another; done once that is there."""
        async with self.page.expect_navigation():
            await button.click()

    async def fills(self, **fields: str) -> None:
        """Fields of a form, by their names."""
        for name, value in fields.items():
            await self.page.locator(f"[name='f.{name}'], [name='m.{name}']").first.fill(value)

    async def ticks(self, name: str, value: str) -> None:
        """One of several options."""
        field = self.page.locator(f"[name='f.{name}']")
        if await field.first.evaluate("field => field.tagName") == "SELECT":
            await field.first.select_option(value)
        else:
            await self.page.locator(f"[name='f.{name}'][value='{value}']").check()

    async def finishes(self) -> None:
        """The form's likely button."""
        await self.clicks(self.page.locator("#finish"))

    async def sends(self) -> None:
        """Send, as themselves, on the page that reads it once more."""
        await self.clicks(self.page.locator("#finish"))

    async def reads(self) -> str:
        """What the page says."""
        text: str = await self.page.locator("main").inner_text()
        return text

    async def sees(self, text: str, within: float = 8.0) -> None:
        """That the page says `text`, at once or as news comes in."""
        await self.page.locator("main").get_by_text(text).first.wait_for(timeout=within * 1000)
