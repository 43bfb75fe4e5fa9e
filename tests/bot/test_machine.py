"""The core as a state machine: whatever people, clocks, news and deliveries do, in whatever order.

No sequence sends early, twice, other words than approved, without a right to, against a hold, or over new words of
theirs that an honest look shows; and none leaves a mention without a path to a disposition.
"""

from hypothesis import HealthCheck, settings

from tests.bot.machine.wire import Wire

TestCore = Wire.TestCase
TestCore.settings = settings(
    max_examples=400,
    stateful_step_count=50,
    derandomize=True,
    deadline=None,
    report_multiple_bugs=False,
    database=None,
    suppress_health_check=list(HealthCheck),
)
