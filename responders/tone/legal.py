"""legal_admission: liability, negligence, a defect we knew of. "It was our error, now fixed" is honest, and fine."""

from collections.abc import Iterator

from bot.nouns.caution import Caution, Level
from responders.tone.draft import Draft
from responders.tone.phrases import find_groups, group

_HARM = (
    r"(?:injur\w*|hurt|harm\w*|accident|illness|sick(?:ness)?|ill|burns?|burned|burnt|fire|damages?|death|died|"
    r"poison\w*|allerg\w*|reaction|wound\w*|cuts?|pain|suffering|hospital\w*|loss(?:es)?|breach|discriminat\w*|"
    r"harass\w*|assault\w*|theft|fall|fell|crash|shock)"
)
_THING = (
    r"(?:defect\w*|fault\w*|flaw\w*|risk\w*|danger\w*|hazard\w*|problem\w*|issue\w*|unsafe|sharp|broken|"
    r"contaminat\w*|"
    r"recall\w*|leak\w*|vulnerab\w*|weak\w*|overheat\w*|bug|breach|this|it|that|about|edge|batter\w+|allergen\w*|"
    r"expired|mould|mold|bad)"
)
_GROUPS = (
    group(
        "It decides who is liable before anybody has looked. Say you are sorry and who looks into it.",
        "I am sorry you were hurt by this, and a named person will look into it with you.",
        r"(?:legal(?:ly)? |fully |entirely |solely |completely |strictly |criminally |clearly |personally "
        r")(?:liable|responsible|responsibility|liability|at fault|culpable|to blame|accountable)",
        r"(?:i|we|company|\w+ ltd|management|our \w+)(?:'re|'m| are| am| is| were| was)? (?:\w+ )?(?:liable|"
        r"negligent|culpable|guilty|reckless|in breach|breaking the law|in violation)|liabilit(?:y|ies)|"
        r"negligen(?:ce|t|tly)|gross(?:ly)? negligen\w+|duty of care|malpractice|wrongdoing|criminal",
        rf"(?:we|i|they|management|our \w+|the (?:team|company|manufacturer))(?:'ve| have| had|'d)?(?: \w+)? "
        rf"(?:knew|known|were (?:\w+ )?aware|was (?:\w+ )?aware|had been warned|were warned|ignored (?:\w+ "
        rf")?(?:warnings?|reports?|safety)|hid|hidden|covered up|concealed|failed to (?:warn|recall|test|inspect|"
        rf"disclose|protect|secure|meet|comply|maintain|report))(?:[^.!?\n]{{0,60}}?{_THING})?",
        r"known (?:\w+ )?(?:defects?|faults?|flaws?|safety (?:issue|problem|risk)s?|hazards?|danger|"
        r"vulnerabilit\w+|weakness)|(?:design|manufacturing|safety|production|product|structural) (?:defects?|"
        r"flaws?|faults?|failures?)|(?:cut|cutting) (?:\w+ )?corners|(?:skipped|failed|faked|ignored|missed) "
        r"(?:the |our |a |its )?(?:\w+ )?(?:inspections?|safety|tests?|checks?|audit)",
        r"(?:broke|breaking|violat\w+|breach\w*|against|contrary to|not compl\w+ with|infring\w+|contraven\w+)(?: "
        r"of)?(?: (?:the|your|our|a|data|health|consumer|employment|safety|and|privacy|protection|food|several|any|"
        r"federal))* (?:law|laws|regulations?|gdpr|contract|rights|legislation|act|codes?|standards?|duty|statute|"
        r"hipaa|rules)|illegal(?:ly)?|unlawful(?:ly)?",
        r"(?:we|i) (?:\w+ )?(?:admit|concede|accept|acknowledge|assume|take|confess|bear)(?: (?:\w+ "
        r"){0,2})(?:liability|fault|guilt|blame|legal \w+|negligence|wrongdoing|full responsibility (?:for|"
        r"legally)|(?:all )?responsibility for (?:your|the|his|her|this|any) (?:\w+ )?"
        + _HARM
        + r"|that (?:we|our|it))",
        rf"(?:our|the|this|that|faulty|defective) (?:\w+ ){{0,3}}(?:caused|made (?:you|your|him|her|them|people|"
        rf"customers)|poisoned|injured|burned|burnt|hurt|harmed|killed|damaged your|gave you|led to|resulted in|"
        rf"triggered|infected)(?: \w+){{0,4}}? {_HARM}",
        rf"(?:we|i|our \w+) (?:\w+ )?(?:injured|poisoned|harmed|hurt|endangered|infected|burned|discriminated|"
        rf"assaulted|stole|defrauded|leaked your|exposed your|overcharged everyone|misled|deceived|lied)(?: "
        rf"(?:your|the|you|this|his|her|customers|people))?(?: \w+)?(?: {_HARM})?",
        rf"(?:our|my) (?:\w+ )?(?:fault|doing|failure|negligence|mistake|error)(?: \w+){{0,4}} {_HARM}|{_HARM}(?: "
        rf"\w+){{0,3}} (?:is|was|were|are) (?:\w+ )?(?:our|my) (?:\w+ )?(?:fault|doing|responsibility|negligence|"
        rf"failure|mistake)|(?:our|my) (?:own )?(?:fault|mistake|failure|negligence) (?:that )?(?:you|your \w+|he|"
        rf"she|they) (?:broke|fell|got (?:hurt|sick|ill|burn\w*|injur\w*)|were (?:hurt|injured|burn\w*|poison\w*)|"
        rf"was|died|lost|suffer\w*|slipped|tripped|choked)|(?:we|i)(?:'re| are|'m| am)? (?:\w+ )?(?:to blame|at "
        rf"fault|the cause) (?:for|of) (?:the|your|this|his|her)|responsible for (?:your|the|his|her|any|all|this|"
        rf"your \w+'s) (?:\w+ ){{0,2}}{_HARM}",
        r"should never have (?:been (?:sold|on sale|on the (?:market|shelf|road)|approved|released|served|shipped)|"
        r"passed|left the factory)|(?:is|are|was|were) (?:\w+ )?(?:defective|unsafe|dangerous|hazardous|"
        r"contaminated|not (?:safe|fit for|roadworthy|compliant|tested)|unfit)|(?:we(?:'ll| will)|will) (?:\w+ "
        r")?(?:pay|cover|settle|compensate)(?: \w+){0,4} (?:medical|hospital|legal|damages|injur\w+|doctor|lawyer|"
        r"court|claim|lawsuit|vet|funeral|treatment)\w*",
        r"you (?:have|'ve got) (?:a (?:strong |good )?case|grounds|every right to sue)|(?:you )?(?:could|can|"
        r"should|may) sue (?:us|the)|settle (?:this )?out of court|we would lose in court|our insur(?:ance|er) "
        r"(?:will|would|covers?|pays?)|we (?:deserve|expect) to be sued",
        level=Level.WARN,
        excuse=r"\b(?:if (?:you|it|this|that|a|any|the)|report\w*|in case|whether|may be|looking into|investigat\w+|"
        r"to "
        r"make sure|check (?:for|whether)|violating|illegal (?:content|activity|items)|terms|copyright)\b",
    ),
)


def find(draft: Draft) -> Iterator[Caution]:
    """Admissions. Where nothing went wrong for the author, only a note."""
    for caution in find_groups("legal_admission", _GROUPS, draft):
        yield caution.model_copy(update={"level": Level.NOTE}) if draft.playful else caution
