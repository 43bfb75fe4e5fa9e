"""sarcasm: wit at the cost of the person who wrote. Friendly play where nobody complains is left alone."""

from collections.abc import Iterator

from bot.nouns.caution import Caution, Level
from responders.tone.draft import Draft
from responders.tone.phrases import find_groups, group

_BECAUSE = "It can be read as mocking them. Nobody who is upset hears the joke."
_INSTEAD = "I am sorry this happened, and I would like to understand it."
_SHARP = (
    group(
        _BECAUSE,
        _INSTEAD,
        r"(?:another|what a|you(?:'re| are)(?: (?:quite|such))? a|nice (?:one|work|job|try),?|ok(?:ay)?,|bravo,?) "
        r"(?:\w+ )?(?:genius|einstein|sherlock|rocket scientist|expert|detective|mastermind|drama queen|armchair "
        r"\w+)",
        r"(?:wow|gosh|gee|oh|ooh|ah|well|omg|goodness),? (?:what|how|such|you|we|so|a|the|that|like|another|no one|"
        r"nobody|imagine|because|thanks?|sure|really|please|boo|poor|dear|the horror|heaven|cry)\b[^.!?\n]{0,40}"
        r"(?:shock\w*|surpris\w*|tragedy|tragic|horror|disaster|catastrophe|original|revelation|insight\w*|"
        r"terrible|awful|devastat\w+|genius|brave|clever|unbelievable|discovery|drama|dare|million)",
        r"what a (?:shock|surprise|tragedy|shocker|revelation|hero|catastrophe|discovery|novel idea|original "
        r"complaint)",
        r"how (?:original|shocking|tragic|dare we|very dare|terribly (?:sad|awful|inconvenient)|awful for you|will "
        r"you (?:ever )?(?:survive|cope)|brave of you|clever of you|insightful|observant)",
        r"(?:boo ?hoo|cry me a river|slow clap|yeah,? right|as if|heaven forbid|god forbid|newsflash|news flash|"
        r"shocker|poor (?:you|baby|thing|little \w+)|(?:world'?s )?(?:smallest|tiniest) violin|first[- ]world "
        r"problems?|"
        r"cool story|good luck with that|whatever|blah blah|big deal|dream on|in your dreams|tough luck|too bad|"
        r"deal with it|get over it|move on|grow up|get a life|cheer up|bless your heart|diddums|my heart bleeds)",
        r"(?:thanks?|thank you|cheers) (?:so much |very much |a lot |ever so )?for (?:the|your|that|this|such "
        r"a?n?) (?:\w+ ){0,2}(?:lecture|rant|essay|novel|wisdom|insight|lesson|sermon|tirade|meltdown|drama|"
        r"masterclass|life story|helpful (?:insult|comment|abuse)|charming \w+|lovely (?:insult|abuse)|kind words "
        r"about)",
        r"thanks? for nothing|(?:forgive|pardon|excuse) (?:us|me) for (?!the|any|not (?:replying|answering)|our|my|"
        r"asking)\w+|(?:if|since) your \w+ is so (?:refined|delicate|sensitive|precious|busy|important)|we(?:'ll| "
        r"will) (?:call|alert|inform|notify|phone|tell) (?:gordon|nasa|the (?:queen|king|pope|president|press|army|"
        r"navy|fbi|un|united nations|media|newspapers|national))\w*|connoisseur|tell us how you really feel|"
        r"someone (?:woke|got) up|(?:sounds like|looks like|seems) (?:someone|somebody)(?:'s| is| has| needs| woke|"
        r" got)?\b",
        r"(?:mind[- ]?read(?:er|ers|ing)?|read (?:your )?minds|psychic|crystal ball|magic wand|time machine|"
        r"telepath\w+|fortune teller|wave a wand|not (?:magicians|wizards|miracle workers))",
        r"(?:we(?:'re| are)|i(?:'m| am)) (?:so |truly |absolutely |utterly |totally |just |sure |all "
        r")(?:devastated|heartbroken|crushed|thrilled for you|mortified|shattered|gutted for|in tears|crying|"
        r"losing sleep)",
        r"(?:it|that|this)(?:'s| is)(?: hardly| not| n't|n't) (?:rocket science|brain surgery|the end of the world|"
        r"exactly (?:hard|difficult|rocket)|that (?:hard|difficult))|isn't (?:rocket science|the end of the world|"
        r"that hard)",
        r"try (?:turning|using|reading|switching) (?:\w+ ){0,2}(?:brain|eyes|common sense|glasses)|use your "
        r"(?:eyes|brain|head)|common sense",
        r"(?:must be|how) (?:nice|hard|exhausting|difficult|lovely|tough) (?:to be|being|for you|having|to have)|"
        r"(?:lucky|good for|bully for|hooray for|congratulations to) (?:you|us|me)|aren't we (?:lucky|sensitive|"
        r"clever)",
        r"sure,? (?:because|we(?:'ll| will) (?:just|get right)|blame|whatever)|obviously,? (?:we|you|it's|because|"
        r"our)|of course (?:it's our|we (?:did|planned|wanted|woke|lost)|you (?:did|do|are|would))|because "
        r"(?:clearly|obviously|we (?:love|enjoy|just love)|that's exactly)",
        r"welcome to (?:the real world|reality|life|adulthood)|(?:that|which)(?:'s| is) what (?:you get|happens "
        r"when)|next (?:time|you'll)[^.!?\n]{0,20}(?:personally|red carpet|on a silver|butler|limo\w*)|(?:red "
        r"carpet|silver platter|gold[- ]plated|limousine|personal butler|your majesty|your highness|royal highness|"
        r"princess)",
        r"(?:however|how) (?:did|will|do|could|can) you (?:ever |even )?(?:survive|cope|manage|live|sleep)|did you "
        r"(?:ever )?survive|a whole (?:\w+ )?(?:minutes?|hours?|days?|seconds?|pound|dollar|euro|week)|(?:totally|"
        r"completely|definitely|really|absolutely) (?:hadn't|didn't|never|had no idea|planned|on purpose|our plan)|"
        r"(?:just|especially|personally) (?:for|to annoy|to spite) you(?=[.!🙂]|$)|aww+,? (?:did|poor|you|is|are|"
        r"someone|what|sorry|so)|did (?:someone|somebody)|(?:maybe|perhaps) (?:the|it's|your) (?:\w+ )?(?:aren't|"
        r"isn't|is|are) (?:not )?(?:the (?:problem|issue)|you)|sorry (?:that )?(?:our|the|we) (?:\w+ "
        r"){0,2}(?:couldn't|can't|didn't|doesn't|aren't|isn't|weren't) (?:fly|teleport|read|magic\w*|a mind|mind|"
        r"predict|control|bend|good enough for (?:your|you)|perfect|royal|levitate|walk on)|we(?:'ll| will) (?:be "
        r"sure|make sure) to (?:\w+ ){0,3}(?:weather|next time you|personally|sun|traffic gods)|(?:the "
        r")?(?:traffic|weather|delivery|customer service) (?:gods|fairy|fairies)|\w+ fairy|like magic|with our "
        r"(?:magic|minds)|do(?:es)? it look like",
        r"so+ (?:so+ )+sorry|soo+ sorry|(?:so|very|terribly|deeply|awfully|truly) sorry (?:that )?(?:your "
        r"(?:perfect|precious|royal|majesty|highness|busy|free|cheap|five|three|two|\w+ minutes)|the (?:world|"
        r"universe|sun|weather)|we (?:can't|couldn't|didn't) (?:read|be perfect|teleport|control))|(?:sincerest|"
        r"humblest|deepest) apologies,? (?:your|that your|for not|o )",
        r"(?:you(?:'re| are)|you must be) (?:so|very|really|quite) (?:special|clever|important|brave|funny|smart|"
        r"perfect)|what would we do without you|(?:glad|good) (?:to know|to see) (?:you|that you)(?:'re| are|'ve| "
        r"have) (?:an expert|so|such|nothing better|all the time)|nothing better to do|too much time on your hands",
        r"did (?:you|your) (?:even |mum|mommy|mother|finger)\w*|do you (?:always|want a|need a) (?:medal|trophy|"
        r"cookie|tissue|hug|complain|hand)|want a medal|need a tissue|have a (?:cry|cookie|tantrum|day off)|shall "
        r"we call (?:the|an)|(?:alert|call) the (?:press|media|police|president|newspapers)|stop the press\w*|hold "
        r"the front page",
        level=Level.STOP,
    ),
)
_EDGED = (
    group(
        _BECAUSE,
        _INSTEAD,
        r"(?:well done|congrat\w+|bravo|good for you|lucky you|nice one|great job|hooray|fantastic|brilliant|"
        r"impressive|charming|lovely attitude|classy|clever|what fun|how lovely|how nice|how sweet|hilarious|oh "
        r"really|oh please|oh sure|oh dear lord|really\?+|seriously\?+|lol|lmao|haha\w*|rofl)",
        r"enjoy (?:your (?:wait|walk|bus|hold music|cold \w+|refund|new provider)|the (?:wait|walk|bus|competition|"
        r"hold))|have fun (?:with|waiting|finding)|good luck (?:finding|with|getting|out there|elsewhere)",
        level=Level.STOP,
        excuse=r"\b(?:glad|happy for|thank|on your (?:new|wedding|graduation))\b",
    ),
)
_FACES = (
    group(_BECAUSE, "", "🙄|😏|😉|🤡|🎻|🤦|🤷|😒|💅|🥱|😜|😂|🤣|🍿|😹|🙃|👏|🐑|☕", level=Level.STOP, whole=False),
)
_ROLLING = (group(_BECAUSE, "", "🙄|🤡|🎻|🥱", level=Level.STOP, whole=False),)


def find(draft: Draft) -> Iterator[Caution]:
    """Sharp lines always; edged praise and laughing faces only under a complaint."""
    for caution in find_groups("sarcasm", _SHARP, draft):
        yield caution.model_copy(update={"level": Level.NOTE}) if draft.playful else caution
    yield from find_groups("sarcasm", _FACES if draft.complaint else _ROLLING, draft)
    if draft.complaint:
        yield from find_groups("sarcasm", _EDGED, draft)
