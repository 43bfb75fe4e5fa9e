"""Hostile words: everything Slack might read a ping or a link out of, in the wrappings that have fooled others."""

import itertools

_PINGS = (
    "<!channel>", "<!here>", "<!everyone>", "<!channel|channel>", "<!here|@here>", "<!everyone|x>",
    "<@U024BE7LH>", "<@W012A3CDE>", "<@U024BE7LH|ana>", "<!subteam^S012AB3CD>", "<!subteam^S012AB3CD|@support>",
    "<#C024BE7LR>", "<#C024BE7LR|general>", "<!date^1392734382^{date}|x>", "<! channel>", "<!CHANNEL>",
    "@channel", "@here", "@everyone", "@U024BE7LH", "@ana", "\uff20channel", "@\u200bchannel", "@\u2060here",
    "@\u00adchannel", "@\ufeffeveryone", "@\u202ehere", "\u200b@channel", "@channel\u200b", "@ｃhannel",
    "&lt;!channel&gt;", "&#60;!channel&#62;", "&amp;lt;!channel&amp;gt;", "<\u200b!channel>", "<!\u200bchannel>",
    "<!cha\u2060nnel>", "<\u00ad!here>", "\x00<!channel>", "<!channel\x00>", "<<!channel>>", "<!channel", "!channel>",
    "<!channel\n>", "<\n!channel>", "\u2028<!channel>", "<!channel>\u2029", "<@U024BE7LH\u202e>", "＜!channel＞",
    "\u2039!channel\u203a", "<!here^>",
)  # fmt: skip
_PING_WRAPS = (
    "{}", "hello {} there", "{}{}", "*{}*", "_{}_", "~{}~", "`{}`", "```{}```", "> {}", ">{}", ">>>{}", "\n{}\n",
    "\n\n>{}", "“{}”", "({})", "a{}b", "&{};", "<{}>", "<{}|{}>", "<https://evil.example|{}>", "{}\u202e", "\t{}",
    ":smile:{}:x:", "1. {}", "• {}", "[{}](https://evil.example)", "{} " * 30, "\ud800{}", "e\u0301\u0301\u0301\u0301\u0301{}",
    "\u2067{}\u2069", "{}|{}", "|{}|", "^{}^", "\\{}", "{}\u00a0{}", "a {}b", "{}!", "\u3164{}", "\\<{}", "'{}'", '"{}"', "={}", "#{}", "!{}",
)  # fmt: skip
_LINKS = (
    "https://evil.example", "http://evil.example/x?a=1&b=2", "HTTPS://EVIL.EXAMPLE", "evil.example", "www.evil.com",
    "evil.com/login", "https://bank.example@evil.com", "https://evil.com\\@bank.example", "mailto:a@evil.com",
    "a@evil.com", "ftp://evil.com", "javascript:alert(1)", "slack://channel?id=C1", "tel:+491234", "//evil.com",
    "<https://evil.com|https://bank.example>", "<https://evil.com>", "<https://evil.com|bank.example>",
    "<mailto:a@evil.com|Ana>", "<slack://open|here>", "[bank](https://evil.com)", "https:\u200b//evil.com",
    "https://ev\u200bil.com", "evil\u2060.com", "evil\u3002com", "evil\uff0ecom", "\u0435vil.com", "xn--evil-8ya.com",
    "http://127.0.0.1", "http://[::1]/", "http://0x7f000001", "data:text/html,x", "https://evil.com|bank.example>",
)  # fmt: skip
_LINK_WRAPS = (
    "{}", "see {} now", "({})", "<{}>", "<{}|ok>", "*{}*", "_{}_", "`{}`", "```{}```", ">{}", "\n{}", "{}.", "“{}”",
    "a{}b", "{}{}", "&lt;{}&gt;", "<{}", "{}>", "{}|ok>", "<!date^1^{{date}}^{}|now>", "\u202e{}", "{}\u2069", "\x07{}",
    ":{}:", "1. {}", "[x]({})", "{}\u200b", "@{}", "#{}", "!{}", "{} " * 20, "\ud83d{}",
)  # fmt: skip


def _made(seeds: tuple[str, ...], wraps: tuple[str, ...], count: int) -> list[str]:
    found = (
        wrap.replace("{{", "{").replace("}}", "}").replace("{}", seed) for wrap, seed in itertools.product(wraps, seeds)
    )
    return list(dict.fromkeys(found))[:count]


#: 2,000 ways to ping somebody, and 1,000 to lead somebody astray.
PINGS = _made(_PINGS, _PING_WRAPS, 2000)
LINKS = _made(_LINKS, _LINK_WRAPS, 1000)
