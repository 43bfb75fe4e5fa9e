"""What a command names: whatever has to be looked at before it is decided."""

from bot.nouns import commands as c


def named(command: c.Command) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The incidents and conversations a command names."""
    incidents, conversations = [command.incident], [command.conversation]
    match command:
        case c.Close() | c.RingAlarm():
            conversations += command.conversations
        case c.Move():
            incidents.append(command.to)
        case c.Merge():
            incidents.append(command.into)
            conversations += command.conversations
        case _:
            pass
    return tuple([i for i in incidents if i]), tuple(dict.fromkeys([k for k in conversations if k]))
