"""A vault in memory. It encrypts nothing, and forgets all the same."""

from collections.abc import Mapping, Sequence

from adapters.stores.blob import Plain, opened, plain_news, plain_text
from adapters.stores.crypt import Secrets
from adapters.stores.vault import new_ref
from bot.nouns.mention import Author, Mention, MentionKey, Said
from bot.nouns.words import Forgotten, Words
from bot.ports import Opened, Sealed


class FakeVault:
    """The port Vault. `keep` is what an append does with `Change.sealed`."""

    team = "team"

    def __init__(self) -> None:
        self.secrets = Secrets(b"a secret for tests", "test")
        self.rows: dict[str, dict[str, bytes]] = {}
        self.forgotten: list[str] = []

    def person(self, platform: str, author: Author, key: MentionKey) -> str:
        """A keyed hash of the author's id, else handle, else of the mention."""
        if author.id:
            return self.secrets.hashed("author", platform, author.id).hex()
        if author.handle:
            return self.secrets.hashed("handle", platform, author.handle.casefold()).hex()
        return self.secrets.hashed("anonymous", key.platform, key.id).hex()

    def mention_ref(self, key: MentionKey) -> str:
        """A keyed hash."""
        return self.secrets.hashed("mention", key.platform, key.id).hex()

    def tokens(self, text: str) -> tuple[str, ...]:
        """Keyed hashes of its words."""
        return self.secrets.tokens(text)

    async def seal(self, person: str, text: str) -> Sealed:
        """Ready to be kept."""
        return self._sealed(person, plain_text(text), text, text)

    async def seal_mention(self, mention: Mention) -> Sealed:
        """Ready to be kept, with all that is personal."""
        person = self.person(mention.key.platform, mention.author, mention.key)
        return self._sealed(person, plain_news(Said(mention=mention)), mention.text, _searched(mention))

    def index(self, words: Words, mention: Mention) -> Sealed:
        """The tokens alone."""
        person = self.person(mention.key.platform, mention.author, mention.key)
        return Sealed(words=words, person=person, blob=b"", tokens=self.tokens(_searched(mention)))

    def _sealed(self, person: str, plain: Plain, text: str, searched: str) -> Sealed:
        self.rows.setdefault(person, {})
        words = Words(ref=new_ref(person), seal=plain.seal, text=text)
        return Sealed(words=words, person=person, blob=plain.body, tokens=self.tokens(searched))

    def keep(self, *sealed: Sealed) -> None:
        """Store what was sealed. Whoever was forgotten in between stays forgotten."""
        for one in sealed:
            if one.blob and one.person in self.rows:
                self.rows[one.person][one.words.ref] = one.blob

    def body(self, ref: str) -> bytes | None:
        """What lies under a ref."""
        return self.rows.get(ref.rpartition(".")[0], {}).get(ref)

    async def open(self, words: Sequence[Words]) -> Sequence[Words]:
        """With their text."""
        found = await self.open_all([one.ref for one in words])
        return [one.model_copy(update={"text": found[one.ref].text}) for one in words]

    async def open_all(self, refs: Sequence[str]) -> Mapping[str, Opened]:
        """What lies under each ref."""
        return {ref: Opened(text=Forgotten()) if (body := self.body(ref)) is None else opened(body) for ref in refs}

    async def forget(self, persons: Sequence[str]) -> int:
        """Nothing of them is left."""
        self.forgotten += persons
        return sum(self.rows.pop(person, None) is not None for person in persons)


def _searched(mention: Mention) -> str:
    return f"{mention.text} {mention.author.name} {mention.author.handle}"
