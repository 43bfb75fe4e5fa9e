"""The vault gives back exactly what it was handed, to nobody without the key, and forgets for good."""

import asyncio
from pathlib import Path

import pytest

from adapters.stores.connect import connect
from adapters.stores.keys import Keys
from bot.errors import Tampered
from bot.nouns.mention import About, Author, MentionKey
from bot.nouns.words import Forgotten, Words, seal
from bot.ports import Vault
from tests.contracts.stores.post_room import STRANGE, PostRoom, fake, mention, real
from tests.servers import running, valkey

KEY = MentionKey(platform="square", id="1")
GONE = Forgotten()


def test_it_is_the_port() -> None:
    """What stands in is the port itself, for the type checker."""
    vault: Vault = fake().vault
    assert vault.team


async def test_a_text_comes_back(room: PostRoom) -> None:
    """What was sealed and kept is opened again, and fits its seal with its salt."""
    sealed = await room.vault.seal("ann", "Call me on 555 0100.")
    await room.keep(sealed)
    ref = sealed.words.ref
    found = (await room.vault.open_all([ref]))[ref]
    assert (found.text, found.about, found.raw) == ("Call me on 555 0100.", None, None)
    assert found.salt is not None
    assert len(found.salt) == 32
    assert seal(found.salt, "Call me on 555 0100.") == sealed.words.seal


async def test_words_are_filled_in_order(room: PostRoom) -> None:
    """`open` hands the same words back, in order, with text; what is not there is Forgotten."""
    first, second = await room.vault.seal("ann", "one"), await room.vault.seal(room.vault.team, "two")
    await room.keep(first)
    await room.keep(second)
    lost = Words(ref="ann.0000000000000000", seal="s")
    bare = [second.words.bare(), lost, first.words.bare(), second.words.bare()]
    opened = await room.vault.open(bare)
    assert [one.text for one in opened] == ["two", GONE, "one", "two"]
    assert [(one.ref, one.seal) for one in opened] == [(one.ref, one.seal) for one in bare]


async def test_nothing_asked_is_nothing_found(room: PostRoom) -> None:
    """No refs, no answer."""
    assert await room.vault.open_all([]) == {}
    assert list(await room.vault.open([])) == []


async def test_a_mention_comes_back_whole(room: PostRoom) -> None:
    """Text, personal fields and payload of a mention lie in one blob."""
    spoken = mention(text="Where is my parcel?")
    sealed = await room.vault.seal_mention(spoken)
    await room.keep(sealed)
    found = (await room.vault.open_all([sealed.words.ref]))[sealed.words.ref]
    about = About(author=spoken.author, url=spoken.url, visibility="public")
    assert (found.text, found.about, found.raw) == ("Where is my parcel?", about, spoken.raw)
    assert sealed.person == room.vault.person("square", spoken.author, spoken.key)


@pytest.mark.parametrize("text", [STRANGE, "", "x" * 1_000_000], ids=["strange", "empty", "long"])
async def test_any_text_survives(room: PostRoom, text: str) -> None:
    """Lone surrogates, NUL and a megabyte come back as they were, in a mention too."""
    plain, spoken = await room.vault.seal("ann", text), await room.vault.seal_mention(mention(text=text))
    await room.keep(plain)
    await room.keep(spoken)
    found = await room.vault.open_all([plain.words.ref, spoken.words.ref])
    assert [one.text for one in found.values()] == [text, text]
    assert seal(found[spoken.words.ref].salt or "", text) == spoken.words.seal


def test_persons_are_told_apart() -> None:
    """An author is known by id, else handle, else by this one mention; and never by what another could forge."""
    person = fake().vault.person
    assert person("square", Author(id="7", handle="@a"), KEY) == person("square", Author(id="7", handle="@b"), KEY)
    assert person("square", Author(handle="@Ann"), KEY) == person("square", Author(handle="@ann"), KEY)
    other = MentionKey(platform="square", id="2")
    different = [
        person("square", Author(id="7"), KEY),
        person("plaza", Author(id="7"), KEY),
        person("square", Author(handle="7"), KEY),
        person("square", Author(), KEY),
        person("square", Author(), other),
        person("square:1", Author(id="7"), KEY),
        person("square", Author(id="1:7"), KEY),
        person("squar", Author(id="e7"), KEY),
        person("square", Author(id=STRANGE), KEY),
    ]
    assert len(set(different)) == len(different)


async def test_real_and_fake_name_persons_alike(room: PostRoom) -> None:
    """Ids are keyed hashes of 32 hex digits, the same at every asking."""
    author = Author(id="7")
    assert room.vault.person("square", author, KEY) == room.vault.person("square", author, KEY)
    for name in (room.vault.person("square", author, KEY), room.vault.mention_ref(KEY)):
        assert len(name) == 32
        assert set(name) <= set("0123456789abcdef")
    assert room.vault.mention_ref(KEY) != room.vault.mention_ref(MentionKey(platform="squar", id="e1"))


async def test_words_are_found_blindly(room: PostRoom) -> None:
    """A query's tokens are among those of a text that holds its words, and of its author's name; no word shows."""
    sealed = await room.vault.seal_mention(mention(text="The PARCEL, never came"))
    assert set(room.vault.tokens("parcel mara never")) <= set(sealed.tokens)
    assert not set(room.vault.tokens("refund")) & set(sealed.tokens)
    assert not {"parcel", "never", "mara"} & set(sealed.tokens)
    assert room.vault.index(sealed.words, mention(text="The PARCEL, never came")).tokens == sealed.tokens
    assert room.vault.index(sealed.words, mention()).blob == b""


async def test_one_person_is_forgotten(room: PostRoom) -> None:
    """Nothing of them can be read any more, everything of others can; asking again finds nobody."""
    hers, his = await room.vault.seal("ann", "her words"), await room.vault.seal("bob", "his words")
    await room.keep(hers)
    await room.keep(his)
    assert await room.vault.forget(["ann", "nobody"]) == 1
    assert await room.vault.forget(["ann"]) == 0
    found = await room.vault.open_all([hers.words.ref, his.words.ref])
    assert [one.text for one in found.values()] == [GONE, "his words"]
    assert found[hers.words.ref].salt is None


async def test_many_are_forgotten_at_once(room: PostRoom) -> None:
    """Each wish is fulfilled, though the server writes its file anew for one of them at a time."""
    people = [f"person {number}" for number in range(20)]
    sealed = [await room.vault.seal(each, "their words") for each in people]
    await asyncio.gather(*map(room.keep, sealed))
    assert await asyncio.gather(*(room.vault.forget([each]) for each in people)) == [1] * len(people)
    found = await room.vault.open_all([each.words.ref for each in sealed])
    assert [each.text for each in found.values()] == [GONE] * len(people)


async def test_somebody_forgotten_may_come_back(room: PostRoom) -> None:
    """What they say afterwards is kept like anybody's; what was before stays gone."""
    before = await room.vault.seal("ann", "before")
    await room.keep(before)
    await room.vault.forget(["ann"])
    after = await room.vault.seal("ann", "after")
    await room.keep(after)
    found = await room.vault.open_all([before.words.ref, after.words.ref])
    assert [one.text for one in found.values()] == [GONE, "after"]


async def test_many_seal_for_a_newcomer_at_once(room: PostRoom) -> None:
    """Whoever comes first makes the key; what everybody sealed can be opened."""
    sealed = await asyncio.gather(*(room.vault.seal("new", f"text {n}") for n in range(20)))
    await asyncio.gather(*map(room.keep, sealed))
    opened = await room.vault.open([one.words.bare() for one in sealed])
    assert [one.text for one in opened] == [f"text {n}" for n in range(20)]


async def test_two_processes_agree_on_a_key(store_url: str, team: str, tmp_path: Path) -> None:
    """Neither what the other made nor what the other forgot confuses one who has a key in memory."""
    async with connect(store_url, tmp_path) as one, connect(store_url, tmp_path) as two:
        ours, theirs = real(one, team), real(two, team)
        sealed = [await ours.vault.seal("ann", "ours"), await theirs.vault.seal("ann", "theirs")]
        for each in sealed:
            await ours.keep(each)
        assert [word.text for word in await theirs.vault.open([s.words for s in sealed])] == ["ours", "theirs"]
        await theirs.vault.forget(["ann"])
        again = await ours.vault.seal("ann", "again")
        await ours.keep(again)
        assert [word.text for word in await theirs.vault.open([again.words])] == ["again"]


async def test_the_wrong_secret_opens_nothing(store_url: str, team: str, tmp_path: Path) -> None:
    """Another master secret is told so, and reads no text."""
    async with connect(store_url, tmp_path) as store:
        ours = real(store, team)
        sealed = await ours.vault.seal("ann", "words")
        await ours.keep(sealed)
        with pytest.raises(Tampered):
            await real(store, team, b"another secret").vault.open_all([sealed.words.ref])


async def test_a_moved_text_is_refused(store_url: str, team: str, tmp_path: Path) -> None:
    """A blob put in another's place, or changed by one bit, does not open."""
    async with connect(store_url, tmp_path) as store:
        ours, keys = real(store, team), Keys(team)
        one, two = await ours.vault.seal("ann", "one"), await ours.vault.seal("ann", "two")
        home, spot = keys.text(one.words.ref)
        for blob in (two.blob, one.blob[:-1] + bytes([one.blob[-1] ^ 1]), b"", b"\x02" + one.blob[1:]):
            await store.client.execute_command("HSET", home, spot, blob)
            with pytest.raises(Tampered):
                await ours.vault.open_all([one.words.ref])


async def test_nothing_is_left_in_the_stores_file(team: str, tmp_path: Path) -> None:
    """After forgetting neither key nor ciphertext nor index entry of a person stands in any file of the store."""
    with running(valkey()) as server:
        async with connect(server.url, tmp_path) as store:
            ours, keys = real(store, team), Keys(team)
            sealed = await ours.vault.seal("ann", "her words")
            await ours.keep(sealed)
            token = sealed.tokens[0]
            await store.client.execute_command("ZADD", keys.token(token), 1, "i1")
            await store.client.execute_command("SADD", keys.found_by("ann"), f"{token} i1")
            wrapped = await store.client.execute_command("HGET", keys.person("ann"), "key")
            traces = (wrapped, sealed.blob, token.encode())
            assert all(trace in _files(server.folder) for trace in traces)
            await ours.vault.forget(["ann"])
            await _until_gone(traces, server.folder)
            assert b"her words" not in _files(server.folder)
            listed = await store.client.execute_command("ZRANGE", keys.forgotten(), 0, -1)
            assert listed == [b"ann"]


async def test_nothing_of_anybody_is_left_whoever_had_the_file_rewritten(team: str, tmp_path: Path) -> None:
    """Of several who are forgotten at once, each is gone from every file by the time that is said of them."""
    with running(valkey()) as server:
        async with connect(server.url, tmp_path) as store:
            ours = real(store, team)
            sealed = {f"person {number}": await ours.vault.seal(f"person {number}", "words") for number in range(8)}
            await asyncio.gather(*map(ours.keep, sealed.values()))

            async def forgotten(person: str) -> None:
                await ours.vault.forget([person])
                await _until_gone((sealed[person].blob,), server.folder)

            await asyncio.gather(*map(forgotten, sealed))


async def _until_gone(traces: tuple[bytes, ...], folder: Path) -> None:
    """The old file is deleted a moment after the new one took its place."""
    while True:
        held = await asyncio.to_thread(_files, folder)
        if not any(trace in held for trace in traces):
            return
        await asyncio.sleep(0.01)


def _files(folder: Path) -> bytes:
    """Everything the store has on disk; a file that goes away under our eyes is gone."""
    held = b""
    for path in sorted(folder.rglob("*.aof*")):
        if path.is_file():
            try:
                held += path.read_bytes()
            except FileNotFoundError:
                continue
    return held
