"""The fake public square as a page: newest first, answers under what they answer."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Post:
    """One post on the square. `ours`: the shop's."""

    id: str
    who: str
    handle: str
    text: str
    at: datetime
    answers: str = ""
    ours: bool = False
    private: bool = False
    followers: int = 0
    rating: int | None = None
    deleted: bool = False
    attempt: str = ""


#: The page's stylesheet: a plain public place in the tones of ours; the shop's own words stand out by a line beside them.
LOOK = """:root { color-scheme: light dark; --paper: #faf8f4; --sheet: #fffefb; --ink: #24262b; --soft: #65676e; --line: #e4dfd5; --accent: #2c6a6f; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181b; --sheet: #1d2024; --ink: #e6e3dc; --soft: #a2a3a8; --line: #33363c; --accent: #8cc5c2; }
}
body { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.6rem; }
h1 + p, .who { color: var(--soft); }
h1 + p { margin-bottom: 1.5rem; }
article { padding: 1rem; border-top: 1px solid var(--line); }
article article { margin: .75rem 0 0; border: 0; border-left: 2px solid var(--line); }
article.ours { border-left: 2px solid var(--accent); background: var(--sheet); }
article:target { outline: 2px solid var(--accent); }
p { margin: 0; }
.who b { color: var(--accent); }
"""


def page(posts: Sequence[Post]) -> str:
    """The whole page; it asks for itself anew every five seconds."""
    threads = [p for p in posts if not p.answers or p.answers not in {q.id for q in posts}]
    inner = "".join(_thread(p, posts) for p in reversed(threads))
    empty = "" if inner else "<p>Nobody has said anything yet. The afternoon begins in a moment.</p>"
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        "<meta http-equiv=refresh content=5><title>The square</title><link rel=stylesheet href='/square/look.css'>"
        "<h1>The square</h1><p>A pretended public place. What the shop sends appears here. "
        f"The page reads itself anew every five seconds.</p>{empty}{inner}</html>"
    )


def _thread(post: Post, posts: Sequence[Post]) -> str:
    answers = "".join(_thread(p, posts) for p in posts if p.answers == post.id)
    name = html.escape(post.who) + (" (in private)" if post.private else "")
    stars = f" · {post.rating} of 5 stars" if post.rating is not None else ""
    text = "<i>deleted by its author</i>" if post.deleted else f"<bdi>{html.escape(post.text) or '(no words)'}</bdi>"
    who = f"{f'<b>{name}</b>' if post.ours else name}{stars}, <time>{post.at:%H:%M:%S} UTC</time>"
    kind = " class=ours" if post.ours else ""
    return (
        f"<article id='{html.escape(post.id, quote=True)}'{kind}><p class=who>{who}</p><p>{text}</p>{answers}</article>"
    )
