"""pii_leak: the draft tells the public something that belongs to the customer. Nobody may lift it."""

import re
from collections.abc import Iterator

from bot.nouns.caution import Caution, Level, Stage
from responders.tone.draft import Draft

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_DESK = re.compile(
    r"^(?:help\w*|support\w*|care|customer\w*|info\w*|hello|hi|contact\w*|service\w*|press|media|team|enquir\w+|"
    r"inquir\w+|feedback|complaints?|sales|office|privacy|security|"
    r"no-?reply|social\w*|web\w*|returns?|orders?|billing|accounts?|shop|store|safety|legal|jobs|community|"
    r"reservations?|bookings?|guest\w*|talk\w*|ask\w*|mail|desk|"
    r"escalations?|quality|recall\w*|resolution\w*|relations|wecare|we\w+)(?:[._+-].*)?$",
    re.IGNORECASE,
)
_FREE_MAIL = re.compile(
    r"^(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|me|aol|gmx|web|proton(?:mail)?|mail|yandex|msn|"
    r"btinternet|"
    r"comcast)\.",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w#/.-])(?:\+|\(|00)?\d[\d ().-]{7,17}\d(?![\w/-])")
_FREE_PHONE = re.compile(
    r"^(?:(?:\+?1)?8(?:00|88|77|66|55|44|33)\d{7}|(?:44|0)(?:80|84|87|3|9)\d+|1800\d+|1300\d+|\+?800\d+)$"
)
_TO_US = re.compile(
    r"\b(?:call|ring|phone|reach|text|contact|write|e-?mail|message|dial|speak|number is|line is|line on|help ?line|"
    r"find|at|tel|us|me)\b[^.!?\n]{0,40}$"
)
_THEIRS = re.compile(
    r"\b(?:your|you'?ve|you|their|his|her|customer|he|she|they|rang|called|tried|phoned|texted|e-?mailed|sent "
    r"(?:\w+ ){0,3}to|delivered to|registered|on file|belongs|lives? (?:at|in)|resid\w+)\b[^.!?\n]{0,40}$"
)
_NUMBER = re.compile(
    r"\b(?:orders?|accounts?|acct|bookings?|parcels?|packages?|shipments?|tracking|tickets?|reservations?|"
    r"confirmations?|pnr|refs?|references?|invoices?|polic(?:y|ies)|"
    r"members?|membership|customers?|loyalty|cards?|passport|case|claim|deliver\w+|iban|patient|licen[cs]e|"
    r"registration|prescription|meter|imei)(?: (?:numbers?|no\.?|nr\.?|id|code|ref|reference|ending(?: in)?|is|was|"
    r"with|under|for|date|from))*"
    r"[ :#.]{1,3}(?P<id>(?=[\w-]*\d[\w-]*\d[\w-]*\d)[\w-]{4,30}|(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{6}(?!\w))"
)
_CODE = re.compile(
    r"(?<![\w#])(?=[a-z]{0,6}\d)(?:[a-z]{2}\d{9}[a-z]{2}|[a-z]{1,6}[- ]?\d{6,}|#\d{4,}|\d{9,}|(?:\d{4}[ -]){3}\d{4}|"
    r"\d{2,4}-\d{5,}(?:-\d+)*)(?![\w])|#\d{4,}(?!\w)"
)
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]? (?:[\w']+ ){1,3}(?:street|st|lane|ln|road|rd|avenue|ave|drive|close|court|way|place|terrace|"
    r"gardens|crescent|boulevard|blvd|square|hill|grove|row|park|mews|apartment|apt|flat)\b"
    r"|\b(?:flat|apartment|apt|unit|room) \d+\w?,? \d* ?\w+"
    r"|\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b"
)
_OURS = re.compile(
    r"\b(?:our (?:\w+ ){0,3}(?:store|shop|office|branch|hotel|restaurant|clinic|depot|address)|visit us|come (?:by|"
    r"to|"
    r"in)|we are at|we're at|find us|pop in(?:to)?|head ?quarters|located)\b"
)
_GIVEN = re.compile(
    r"\b(?:quote|quoting|mention|mentioning|with|use|using|your case|our reference|under|opened|case) (?:the "
    r")?(?:reference|ref|case|ticket|number|code|no)\b|\bref(?:erence)? (?:is|for (?:this|us))\b"
)
_PUBLIC = re.compile(
    r"\b(?:flights?|trains?|bus|gate|error|model|version|route|service|step|kb|article|top)(?: no\.?| number)?\W*$"
)
_FACTS = re.compile(
    r"\b(?:your (?:account|card|balance|payment|subscription|policy|contract|plan|loan|bill|direct debit|diagnosis|"
    r"prescription|salary|test results?|medical \w+|credit (?:score|limit|rating)|booking|reservation|"
    r"last (?:order|payment|invoice|bill|visit)|mobile|phone(?: number)?|number|e-?mail(?: address)?|(?:home "
    r")?address|date of birth|birthday|room|seat|name|wife|husband|order)(?: \w+){0,3}? (?:shows?|is (?:overdue|in "
    r"arrears|past due|£|\$|€|\d|registered|unpaid|blocked|suspended|"
    r"[\w.+-]+@)|was (?:declined|rejected|refused|returned|unpaid|suspended|closed for|delivered to|signed for|for "
    r"[£$€])|has been (?:declined|suspended|unpaid|overdue)|(?:bounced|declined|failed|expired)|of [£$€]\s?\d+)"
    r"|you (?:owe|still owe|haven't paid|have not paid|missed (?:\w+ ){1,3}payments?|live (?:at|in|on)|ordered "
    r"(?:\w+ ){1,4}(?:on \d|for [£$€])|are (?:\w+ )?(?:overdue|in arrears|behind (?:on|with))|paid (?:only "
    r")?[£$€]\s?\d+|were born|stayed in room|checked (?:in|out) (?:at|on))"
    r"|(?:our|the) (?:system|records?|notes|file|logs?) (?:shows?|says?|indicates?|tells?)(?: \w+){0,2} you(?:'re| "
    r"are|r)?\b(?: (?:were|have|had|are|live|owe|ordered|paid|already|never|called|cancelled|missed|account|card|"
    r"address|payment)\b|)"
    r"|your (?:prescription|medication|diagnosis|test results?|loan application|visa|treatment|therapy|biopsy|"
    r"blood test|pregnancy|insulin)(?: \w+){0,2} (?:for|is|are|was|were|has|have|came|shows?)\b|(?:in|your) "
    r"(?:seat|room|cabin|berth) \d+\w?|signed for by (?:your )?\w+|(?:on file|registered|we have you) (?:as|at|"
    r"under)|outstanding (?:balance|amount|debt) of)"
)
_BECAUSE = "This belongs to them, and everybody would read it. It can't be taken back once it is out."
_KNOWN = "They wrote it in public themselves. Better not to repeat it."
_INSTEAD = "[leave this out; say it in a private message]"


def find(draft: Draft) -> Iterator[Caution]:
    """Contacts, numbers, addresses and account facts of theirs; our own and a brand's mailboxes are no leak."""
    if draft.reading.stage is Stage.PRIVATE:
        return
    yield from _mails(draft)
    yield from _phones(draft)
    for pattern in (_NUMBER, _CODE):
        for found in pattern.finditer(draft.low):
            span = found.span("id") if pattern is _NUMBER else found.span()
            if (
                not _ours(draft, span)
                and not _PUBLIC.search(draft.low[max(0, span[0] - 12) : span[0]])
                and not _GIVEN.search(draft.low[max(0, span[0] - 40) : span[0]])
            ):
                yield _caution(draft, span)
    for found in _ADDRESS.finditer(draft.low):
        if not _ours(draft, found.span()) and not _OURS.search(draft.said(draft.around(found.start()))):
            yield _caution(draft, found.span())
    for found in _FACTS.finditer(draft.low):
        yield _caution(draft, found.span())


def _mails(draft: Draft) -> Iterator[Caution]:
    for found in _MAIL.finditer(draft.text):
        desk = _DESK.match(found.group().split("@")[0]) is not None
        free = _FREE_MAIL.match(found.group(1)) is not None
        before = draft.low[max(0, found.start() - 80) : found.start()]
        invited = _TO_US.search(before) is not None and not free and not _THEIRS.search(before)
        if not (desk and not free or invited or _ours(draft, found.span())):
            yield _caution(draft, found.span())


def _phones(draft: Draft) -> Iterator[Caution]:
    for found in _PHONE.finditer(draft.low):
        digits = re.sub(r"\D", "", found.group())
        if not 9 <= len(digits) <= 15 or _FREE_PHONE.match(digits) or _ours(draft, found.span()):
            continue
        before = draft.low[max(0, found.start() - 80) : found.start()]
        if _THEIRS.search(before):
            yield _caution(draft, found.span())
        elif not _TO_US.search(before):
            yield _caution(draft, found.span(), sure=False)


def _ours(draft: Draft, span: tuple[int, int]) -> bool:
    """Listed by us, letter for letter or digit for digit."""
    words = draft.text[slice(*span)].casefold()
    digits = re.sub(r"\D", "", words)
    return any(
        words in own.casefold() or len(digits) > 6 and digits in re.sub(r"\D", "", own)
        for own in draft.reading.own_contacts
    )


def _caution(draft: Draft, span: tuple[int, int], *, sure: bool = True) -> Caution:
    words = draft.said(span)
    known = len(words) > 3 and words in draft.reading.mention.lower()
    level = Level.STOP if sure and not known else Level.NOTE
    return Caution(code="pii_leak", level=level, span=span, because=_KNOWN if known else _BECAUSE, instead=_INSTEAD)
