"""A Discord server that runs in this process (simcord): its people, its channels, and what moderators do to both."""

from collections.abc import Sequence
from datetime import timedelta

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend.models import Message, Overwrite
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle
from simcord.enums import OverwriteType
from simcord.results import InteractionResult, to_discord_message

from bot.nouns.team import Handle

#: What a channel grants to the team and to us, and to everybody else.
SEES = discord.PermissionOverwrite(view_channel=True)
SEES_NOT = discord.PermissionOverwrite(view_channel=False)

Target = (
    RoleHandle | MemberActor | simcord.UserHandle | discord.Role | discord.Member | discord.User | discord.ClientUser
)


class World:
    """One server with a role `Mods`, an open channel, a private text channel and a private forum, and three people.

    `ana` is a moderator, `gil` a member without a role, `kim` another moderator; `zoe` is on no server of ours.
    """

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        self.guild: GuildHandle = env.create_guild("Kestrel")
        self.mods: RoleHandle = self.guild.create_role("Mods")
        self.lobby = self.guild.create_text_channel("lobby")
        self.text = self.private("mod-desk")
        self.forum = self.private_forum("cases", tags=("Waiting", "Cooling", "Ready", "Settled", "Storm", "Offline"))
        self.ana: MemberActor = self.guild.add_member(env.create_user("ana"), roles=[self.mods])
        self.kim: MemberActor = self.guild.add_member(env.create_user("kim"), roles=[self.mods])
        self.gil: MemberActor = self.guild.add_member(env.create_user("gil"))
        self.zoe = env.create_user("zoe")

    def private(self, name: str) -> ChannelHandle:
        """A text channel that only moderators and we see."""
        return self.guild.create_text_channel(name, overwrites=self._overwrites())

    def _overwrites(self) -> dict[Target, discord.PermissionOverwrite]:
        return {self.guild.default_role: SEES_NOT, self.mods: SEES, self.our_role(): SEES}

    def our_role(self) -> RoleHandle:
        """The role that came with us."""
        return next(role for role in self.guild.roles.values() if role.name == self.env.backend.bot_user.name)

    def private_forum(self, name: str, tags: Sequence[str] = (), *, moderated: bool = False) -> ChannelHandle:
        """A forum that only moderators and we see, with these tags."""
        forum = self.guild.create_forum_channel(name)
        kept = self.env.backend.channels[self.text.id].overwrites
        bare = {"moderated": moderated, "emoji_id": None, "emoji_name": None}
        given = [{"id": str(self.env.backend.snowflake()), "name": tag, **bare} for tag in tags]
        self.env.backend.edit_channel(forum.id, {"available_tags": given}, overwrites=list(kept))
        return forum

    def handle(self, person: MemberActor | simcord.UserHandle) -> Handle:
        """As the core names them."""
        return Handle(room="discord", id=str(person.id))

    async def gil_writes(self, text: str) -> discord.Message:
        """A member writes where everyone may."""
        return await self.gil.send(self.lobby, text)

    def closes_messages(self) -> None:
        """Nobody takes direct messages from us any more."""
        for person in (self.ana, self.kim, self.gil):
            path = f"/channels/{person.user.dm_channel.id}/messages"
            self.env.inject_error("POST", path, status=403, code=50007, times=None)

    def minutes(self, count: float) -> timedelta:
        """So long."""
        return timedelta(minutes=count)

    async def kim_deletes(self, message: discord.Message) -> None:
        """A moderator takes a message away."""
        self.env.backend.delete_message(message.channel.id, message.id)
        await self.env.settle()

    async def archives(self, thread: ChannelHandle, *, locked: bool = False) -> None:
        """A thread is put out of sight, and locked."""
        self.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True, "locked": locked})
        await self.env.settle()

    def times_out_bot(self, seconds: float) -> None:
        """A moderator silences us."""
        us = self.guild._guild.members[self.env.backend.bot_user.id]
        us.timed_out_until = (self.env.now() + timedelta(seconds=seconds)).isoformat()

    def tags_of(self, thread: ChannelHandle) -> list[str]:
        """The tags of a post, by name."""
        names = {int(tag["id"]): tag["name"] for tag in self.env.backend.channels[self.forum.id].available_tags}
        return [names[tag] for tag in self.env.backend.channels[thread.id].applied_tags]

    def adds_tag(self, thread: ChannelHandle, name: str) -> None:
        """A moderator gives a post a tag of their own."""
        backend = self.env.backend
        id = backend.snowflake()
        made = {"id": str(id), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        backend.edit_channel(self.forum.id, {"available_tags": [*backend.channels[self.forum.id].available_tags, made]})
        backend.edit_channel(thread.id, {"applied_tags": [*backend.channels[thread.id].applied_tags, id]})

    def may_delete_threads(self, may: bool) -> None:
        """Our role with or without the permission to delete threads, which Discord calls managing them."""
        role = self.our_role()._role
        both = discord.Permissions(manage_threads=True, manage_channels=True).value
        role.permissions = role.permissions | both if may else role.permissions & ~both

    def seen(self, message: Message) -> discord.Message:
        """A message of the server's own memory, as a reader has it."""
        return to_discord_message(self.env, message)

    def message(self, result: InteractionResult) -> discord.Message:
        """The last message of an answer, as it stands now."""
        assert result.response is not None, "nothing was answered"
        return [result.response, *result.followups][-1].message

    def takes_role(self, person: MemberActor) -> None:
        """The owner takes the moderators' role away from somebody."""
        self.guild._guild.members[person.id].role_ids.remove(self.mods.id)

    def times_out(self, person: MemberActor, seconds: float) -> None:
        """Somebody may only read for a while."""
        until = self.env.now() + timedelta(seconds=seconds)
        self.guild._guild.members[person.id].timed_out_until = until.isoformat()

    def lacks(self, channel: ChannelHandle, permission: str) -> None:
        """Our role is denied something in a channel."""
        denied = discord.PermissionOverwrite(**{"view_channel": True, permission: False})
        self._overwrite(channel, self.our_role(), denied)

    def lets_see(self, channel: ChannelHandle, role: RoleHandle) -> None:
        """Another role may see a channel."""
        self._overwrite(channel, role, SEES)

    def _overwrite(self, channel: ChannelHandle, role: RoleHandle, given: discord.PermissionOverwrite) -> None:
        allow, deny = given.pair()
        made = Overwrite(target_id=role.id, type=OverwriteType.ROLE, allow=allow.value, deny=deny.value)
        self.env.backend.set_overwrite(channel.id, made)

    def becomes_administrator(self) -> None:
        """Our role is given everything."""
        self.our_role()._role.permissions |= discord.Permissions(administrator=True).value

    def only(self, permissions: discord.Permissions) -> None:
        """Our role is given these, and everybody else nothing."""
        self.our_role()._role.permissions = permissions.value
        self.guild.default_role._role.permissions = 0

    def room_changed(self) -> None:
        """Discord tells that roles changed."""
        self.env.bot.dispatch("guild_role_update", None, None)
