"""Discord's own codes that we know what to do about. Source: Discord's documentation, topics/opcodes-and-status-codes."""

from typing import Final

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_GUILD: Final = 10004
UNKNOWN_MEMBER: Final = 10007
UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_USER: Final = 10013
SLOW_MODE: Final = 20016
WRITES_ANNOUNCEMENTS: Final = 20022
WRITES_CHANNEL: Final = 20028
WRITES_SERVER: Final = 20029
OLD_MESSAGE_EDITED_TOO_OFTEN: Final = 30046
ACKNOWLEDGED_ALREADY: Final = 40060
SERVICE_BUSY: Final = 40062
TAG_REQUIRED: Final = 40067
MISSING_ACCESS: Final = 50001
CANNOT_WRITE_TO_PERSON: Final = 50007
MISSING_PERMISSIONS: Final = 50013
ARCHIVED: Final = 50083
NO_SERVER_IN_COMMON: Final = 50278
THREAD_EXISTS: Final = 160004
LOCKED: Final = 160005
TOO_MANY_THREADS: Final = 160006
AUTOMOD: Final = 200000

#: Nothing of the kind is there.
GONE: Final = frozenset({UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MESSAGE})
#: A person must change something before it can go.
FORBIDDEN: Final = frozenset({MISSING_ACCESS, MISSING_PERMISSIONS})
#: This person takes no messages from us.
CLOSED: Final = frozenset({CANNOT_WRITE_TO_PERSON, NO_SERVER_IN_COMMON, UNKNOWN_USER})
#: Nobody of that name.
NOBODY: Final = frozenset({UNKNOWN_MEMBER, UNKNOWN_USER})
