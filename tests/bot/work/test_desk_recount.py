"""A wait that was counted again began when its words were written: what changed since then is shown before the press."""

from bot.nouns import commands as c
from bot.nouns.mention import MentionKey
from bot.nouns.team import Part
from bot.screens.shapes import Fact, Said
from tests.bot.work.desk_house import House, said


async def test_an_edit_before_the_recount_is_no_old_news() -> None:
    """They edited while it cooled, then the machine began anew: the form shows it, and never says that nothing changed."""
    house = await House().begin()
    await house.mention()
    said(await house.fill("ana", "write", stage="response", words="I am on it. Ana"))
    house.clock.advance(300)
    sealed = await house.vault.seal((await house.look()).mentions[0].person, "Twelve days.")
    key = MentionKey(platform="square", id="m1")
    edit = c.NoteEdit(id="edit", conversation="c:m1", mention=key, words=sealed.words)
    await house.act(edit, Part.SORTER, [sealed])
    house.clock.reboot()
    for minutes in (1, 60):
        house.clock.advance(minutes * 60)
        (draft,) = (await house.look()).drafts
        what = f"cooled:{draft.id}:{draft.version}"
        await house.do(c.Wake(id=f"wake:{minutes}", conversation="c:m1", what=what))
    assert draft.cooling is not None
    assert draft.cooling.recounts == 1
    form = await house.form("ana", "read_once_more", draft=draft.id, version="1")
    assert any(isinstance(one, Fact) and one.name == "They edited it" for one in form.beside)
    assert Said("Nothing changed since you wrote it.") not in form.beside
