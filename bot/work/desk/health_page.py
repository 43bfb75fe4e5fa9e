"""What works and what does not."""

from bot.screens.called import platform
from bot.screens.plain import counted
from bot.screens.shapes import Answer, Fact, Page, Said, Section
from bot.work.desk.turn import Turn


async def page(turn: Turn) -> Answer:
    """Every trouble in a sentence, and when each source was last heard."""
    health = turn.tools.health
    troubles = health.all()
    sources = sorted(health.last_heard.items())
    parts = (
        Section(
            "What does not work", passages=tuple(Said(said) for said in troubles.values()), empty="Everything works."
        ),
        Section(
            "Last heard",
            passages=tuple(Fact(platform(source), "", at) for source, at in sources),
            empty="No source is asked; news comes by itself.",
        ),
    )
    answer = f"{counted(len(troubles), 'thing').capitalize()} to mend." if troubles else "Everything works."
    return Page("health", "Is everything working", answer, parts)
