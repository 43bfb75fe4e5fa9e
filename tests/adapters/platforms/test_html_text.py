"""HTML from strangers becomes text, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.html_text import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
        ("<p>one</p>\n\n\n<p>two</p>", "one\n\ntwo"),
        ("a &amp; b &lt;i&gt; &#128512;", "a & b <i> \U0001f600"),
        ("<b>Shop</b> in the <b>news</b>", "Shop in the news"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ('<script>alert("x")</script><style>p{}</style>x', "x"),
        ("<p>open <a href='https://e.example'>link", "open link"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("plain", "plain"),
        ("&#xD800;", "\ufffd"),
        ('<a><span class="invisible">https://</span><span>a.example/x</span></a>', "https://a.example/x"),
    ],
)
def test_it_reads_as_a_person_would(html: str, text: str) -> None:
    """Paragraphs and breaks stay, markup and scripts go, entities are characters again."""
    assert html_text(html) == text


@given(st.text(alphabet=st.sampled_from("<>!-[]/&;#x ap'\"=?CDAT\n")) | st.text())
def test_it_never_raises(html: str) -> None:
    """Broken markup is cut, not fatal."""
    assert isinstance(html_text(html), str)


@pytest.mark.parametrize("piece", ["<div>", "<![", "<!--", "</", "<a href='", "&", "<p"])
def test_depth_and_length_cost_little(piece: str) -> None:
    """A hundred thousand of the worst pieces are read within the test's time."""
    assert isinstance(html_text(piece * 100_000), str)
