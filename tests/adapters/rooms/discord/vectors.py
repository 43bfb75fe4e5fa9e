"""Texts that try to ping, to mark up, to lead astray or to break out: made by hand and multiplied."""

from collections.abc import Iterator
from itertools import product

PINGS = (
    "@everyone", "@here", "@EVERYONE", "@Here", "<@1>", "<@!12345678901234567>", "<@&12345678901234567>",
    "<#12345678901234567>", "</coolhead status:123>", "<id:guide>", "<:heart:123>", "<a:heart:123>", "<t:1:R>",
    "<t:99999999999>", "<sound:1:2>",
)  # fmt: skip
LINKS = (
    "https://evil.example/login", "http://evil.example", "[bank](https://evil.example)", "<https://evil.example>",
    "[https://bank.example](<https://evil.example>)", "discord.gg/abcdef", "discord.com/invite/abc", "HTTPS://EVIL.example",
    "discordapp.com/invite/abc", "discord.gift/abc", "steam://run/1", "ftp://evil.example", "discord://-/channels/1",
)  # fmt: skip
MARKS = (
    "**b**", "__u__", "*i*", "_i_", "~~s~~", "||s||", "`c`", "``` \ncode\n```", "# h", "## h", "### h", "-# small",
    "> q", ">>> all", "- list", "* list", "+ list", "1. list", "2) list", "\\", "\\*x*", "[x]: y", "***", "a\n===",
)  # fmt: skip
AROUND = (
    "{}", " {}", "{} {}", "\n{}\n", "\\{}", "\\\\{}", "a{}b", "`{}", "{}`", "**{}**", "[{}](x)", "> {}", "||{}||", "<{}>",
    "@{}", "```\n{}\n```", "\u200b{}", "{}\u202e", "\u2060{}", "\ufeff{}", "- {}", "({})", "\"{}\"", "{}\ud800", "   {}",
    "\r\n{}\r", "\u2028{}", "x {} y", "://{}", "{}\\", "#{}", "*{}", "_{}_", "~~{}", "-# {}", "1. {}", "\u0300{}", "{}{}{}",
)  # fmt: skip


def hostile() -> Iterator[str]:
    """Every one of them in every wrapping."""
    for around, inner in product(AROUND, (*PINGS, *LINKS, *MARKS)):
        yield around.replace("{}", inner)


#: So many there are at least: 1,000 of them would do for links, 2,000 for pings and marks (failures C1, C2).
COUNT = sum(1 for _ in hostile())
