"""Choices as Discord's buttons and lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from adapters.rooms.discord import text
from adapters.rooms.discord.blocks import Block, Button
from adapters.rooms.discord.links import host
from adapters.rooms.discord.packing import How, Pressed
from adapters.rooms.discord.pressing import Signer
from bot.screens.shapes import Choice

_LABEL, _OPTION, _IN_A_ROW, _IN_A_LIST = 80, 100, 5, 25
_MOST_SLOTS = 255


class Buttons:
    """Makes the presses of one answer, no two of them with the same `custom_id`. Each acts on `incident` and
    `conversation` where its own values say nothing else."""

    def __init__(self, signer: Signer, incident: str = "", conversation: str = "") -> None:
        self._signer = signer
        self._about = (incident, conversation)
        self._used: set[str] = set()
        self._lists = 0

    def about(self, incident: str, conversation: str) -> "Buttons":
        """The same, for presses that act on something else in the same message."""
        other = Buttons(self._signer, incident, conversation)
        other._used = self._used
        return other

    def rows(self, choices: Sequence[Choice], more: Sequence[Choice] = (), links: Sequence[Button] = ()) -> list[Block]:
        """Buttons five in a row, then *More* as a list. What does not fit into Discord is said, not dropped."""
        made, missing = self._all(choices)
        found = _rows([*made, *links])
        options, unlisted = self._options(more)
        for start in range(0, len(options), _IN_A_LIST):
            found.append(Block(row=(self._list(options[start : start + _IN_A_LIST]),)))
        if absent := [*missing, *unlisted]:
            names = ", ".join(f"“{text.escape(choice.label)}”" for choice in absent)
            found.append(Block(f"-# Too long to be pressed here: {names}. The web desk has it."))
        return found

    def one(
        self,
        label: str,
        act: str,
        values: Mapping[str, str] | None = None,
        how: How = How.PRESS,
        *,
        likely: bool = False,
    ) -> Button:
        """One button. ValueError where its values do not fit."""
        pressed = Pressed(how, act, *self._about, values or {})
        style = discord.ButtonStyle.primary if likely else discord.ButtonStyle.secondary
        return ui.Button(style=style, label=text.label(label, _LABEL), custom_id=self._id(pressed))

    def choice(self, one: Choice, how: How = How.PRESS) -> Button:
        """A choice as a button. ValueError where its values do not fit."""
        return self.one(one.label, one.act, one.values, how, likely=one.likely)

    def _all(self, choices: Iterable[Choice]) -> tuple[list[Button], list[Choice]]:
        made, missing = list[Button](), list[Choice]()
        for choice in choices:
            try:
                made.append(self.choice(choice))
            except ValueError:
                missing.append(choice)
        return made, missing

    def _options(self, more: Iterable[Choice]) -> tuple[list[discord.SelectOption], list[Choice]]:
        made, missing = list[discord.SelectOption](), list[Choice]()
        for choice in more:
            try:
                packed = self._id(Pressed(How.PRESS, choice.act, *self._about, choice.values))
            except ValueError:
                missing.append(choice)
            else:
                made.append(discord.SelectOption(label=text.label(choice.label, _OPTION), value=packed))
        return made, missing

    def _list(self, options: list[discord.SelectOption]) -> ui.Select[Any]:
        self._lists += 1
        return ui.Select(custom_id=f"1m:{self._lists}", placeholder="More", options=options)

    def _id(self, pressed: Pressed) -> str:
        """Its `custom_id`, in the first slot that is free in this message."""
        for slot in range(_MOST_SLOTS):
            packed = self._signer.pack(replace(pressed, slot=slot))
            if packed not in self._used:
                self._used.add(packed)
                return packed
        raise ValueError("the same press too often in one message")


def _rows(buttons: Sequence[Button]) -> list[Block]:
    starts = range(0, len(buttons), _IN_A_ROW)
    return [Block(row=tuple(buttons[start : start + _IN_A_ROW])) for start in starts]


def opens(url: str, words: str = "Open") -> Button | None:
    """A button that opens a link, with its host; None where it may not be opened."""
    where = host(url)
    return ui.Button(label=text.label(f"{words} on {where}", _LABEL), url=url) if where else None
