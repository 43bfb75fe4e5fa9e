"""One answer to one complaint, as a teammate gives it at the web desk: claim, write, read once more, send."""

import asyncio
from dataclasses import dataclass

from tests.chaos.driver import Form, Shown
from tests.chaos.story import Story, text_of

_PATIENCE = 120.0
_GONE = "is no longer here"


@dataclass
class Answers(Story):
    """`words`: the answer. `asks`: a person was asked, because nobody could tell what became of it."""

    words: str = ""
    asks: bool = False

    async def is_given(self, complaint: str) -> None:
        """From the complaint until it stands there that we answered."""
        await self._post("posted", complaint, "")
        loop = asyncio.get_running_loop()
        give_up, shown = loop.time() + _PATIENCE, None
        while loop.time() < give_up:
            shown = await self.hand.sees("/i/" + "/".join(await self.find(self.posts[0])))
            if "We answered" in shown.text:
                return
            if _GONE not in shown.text:  # what was shown and not yet confirmed may be gone; then she looks at the list
                await self._next(shown)
            await asyncio.sleep(0.3)
        raise AssertionError(f"it does not end:\n{self.said[-6:]}\n{shown.text if shown else ''}")

    async def _next(self, shown: Shown) -> None:
        if (doubtful := shown.choice("is_there")) is not None:
            self.asks = True
            await self._looks(shown, doubtful)
        elif (claim := shown.choice("claim")) is not None:
            await self._does(claim, "claim", "claimed")
        elif (ready := shown.choice("read_once_more")) is not None:
            await self._asks_to_send(ready)
        elif (write := shown.choice("write", stage="response")) is not None and write.label != "Read and edit":
            form = await self._opens(write, "write response")
            if form is not None:
                await self._does(form, "fill response", "drafted", self.words, f_words=self.words)

    async def _asks_to_send(self, ready: Form) -> None:
        form = await self._opens(ready, "read response")
        if form is not None:
            looked = {"f_looked": "yes"} if "f.looked" in form.fields else {}
            await self._does(form, "send response", "send_asked", self.words, **looked)

    async def _looks(self, shown: Shown, there: Form) -> None:
        """She looks at the square herself, and says what she saw."""
        opened = await self.hand.presses(there, "is_there")
        ledger = await asyncio.to_thread(self.square.ledger)
        found = next((each for each in ledger if text_of(each) == self.words), None)
        again = shown.choice("try_again")
        if opened.form is not None and found is not None:
            await self._does(opened.form, "fill is_there", "delivered", f_url=found["url"])
        elif found is None and again is not None:
            await self._does(again, "try_again", "send_asked")
