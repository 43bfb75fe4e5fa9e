"""`urgency`'s rules for Spanish, French, German, Portuguese and Italian: fewer and plainer than the English ones."""

from bot.listening.urgent_words import ACCOUNT, CRIME, HURT, LAWYER, LEAK, OFFICE, POLICE, PRESS, STOLEN, UNFAIR, Rule
from bot.nouns.flag import Severity

_C, _H = Severity.CRITICAL, Severity.HIGH

ABROAD: tuple[Rule, ...] = (
    Rule("safety", _C, HURT, "ince fuego ardi expl quem prend brul brûl bran feuer brenn burn verb pegou fogo incê "
         "fiam brucia espl",
         r"se (?:incendió|prendió fuego|quemó|está quemando)|(?:prendió|agarró) fuego|(?:explotó|explotado|estalló)|"
         r"(?:a pris|prend|en) feu\b|a explosé|brûlé (?:la|le|ma|mon|au)|"
         r"(?:in brand|feuer gefangen|brennt|explodiert|verbrannt)\b|pegou fogo|explodiu|queimou (?:a|o|minha|meu)|"
         r"(?:ha preso|andato a|in) (?:fuoco|fiamme)|è esploso|esplosa?\b|bruciat[oa] (?:la|il|mia|mio)"),
    Rule("safety", _C, HURT, "into hosp hôpi kran inte verg gift vene avve urge osped inox aler alér alle hopi lebe "
         "peri dang gefä peli",
         r"intoxica\w+|intoxication alimentaire|empoisonn\w+|lebensmittelvergift\w*|vergiftet|avvelenat\w*|"
         r"intossica\w*|(?:al|en el|à l'|a l'|ins|im|no|para o|al|in) ?(?:hospital|hôpital|krankenhaus|ospedale)\b|"
         r"reacción alérgica|réaction allergique|allergische reaktion|reação alérgica|reazione allergica|"
         r"lebensgefähr\w+|peligro de muerte|danger de mort|perigo de vida|pericolo di vita"),
    Rule("safety", _H, HURT, "peli dang gefä peri",
         r"(?:es|muy|est|très|ist|sehr|é|muito|è|molto) (?:peligros[oa]|dangereu(?:x|se)|gefährlich|perigos[oa]|"
         r"pericolos[oa])\b"),
    Rule("safety", _C, HURT, "vidr verr glas glass vidri scherb cris vetr",
         r"(?:trozos?|pedazos?) de (?:vidrio|cristal|metal)|morceaux? de (?:verre|métal)|(?:glassplitter|"
         r"glasscherben?|scherben? im)|pedaços? de (?:vidro|metal)|pezz[oi] di (?:vetro|metallo)"),
    Rule("assault", _C, CRIME, "agre agred agredi viol vergew viole angeg gesch mole stup aggr acos belä assé harc",
         r"(?:me|nos|le|la|lo|m'a|nous a|mi ha|ci ha|me) (?:ha |han |a |ont |hanno )?(?:agredi\w*|agress\w+|"
         r"aggredit\w+|golpe\w+|frapp\w+|picchiat\w+|bateu)|agresión|agression|aggressione|agressão|violó|violad[ao]|"
         r"violée?\b|vergewaltigt|"
         r"angegriffen|geschlagen worden|stuprat\w*|estupr\w*|(?:acoso|harcèlement|assédio) sexual?\w*|"
         r"sexuell belästigt|molestat[ao]"),
    Rule("discrimination", _H, UNFAIR, "disc disk raci rass homo sexi",
         r"discrimina\w+|diskriminier\w*|discriminé\w*|(?:trato|empleado|personal|employé|personnel|mitarbeiter|"
         r"funcionári[oa]|atendente|dipendente|personale|comportamento|comportement|"
         r"verhalten)\b.{0,40}\b(?:racist\w*|raciste|rassistisch\w*|homófob\w*|homophobe|"
         r"sexist\w*|razzist\w*)|(?:racist\w*|raciste|rassistisch\w*|razzist\w*)\b.{0,40}\b(?:empleado|personal|"
         r"employé|personnel|mitarbeiter|funcionári[oa]|dipendente|personale)"),
    Rule("legal", _H, LAWYER, "abog avoc anwa recht advo avvo demand juic proc trib klag gerich justi quer denu",
         r"(?:mi|un|una|al|con|mon|un|mein|einen|meinen|zum|meu|um|mio|il|dal|d') ?(?:abogad[oa]|avocat|anwalt|"
         r"rechtsanwalt|advogad[oa]|avvocato)\b|(?:los|les|voy a|vous|je vais|euch|sie) (?:demandar|verklag\w*|"
         r"voy a demandar)|demanda (?:judicial|contra)|"
         r"en justice|(?:vor|beim|zum) gericht|verklagen|processar (?:vocês|a empresa)|vou processar|(?:in|per vie|"
         r"vie) (?:tribunale|legali)|acciones legales|poursuites"),
    Rule("legal", _H, POLICE, "poli denu anze plai dépo pole quei carab quer",
         r"(?:(?:llam|appel|prév|contact|ruf|hol|meld|verständig|cham|chiam|denunci|avis)\w* (?:\w+ ){0,2}|a la |"
         r"à la |zur |bei der |na |à |alla |dai )(?:policía|policia|police|polizei|polícia|polizia|carabinieri)\b|"
         r"(?:poner|puesto|puse|presentar|presentado) (?:una |la )?denuncia|porter plainte|porté plainte|"
         r"dépos\w+ plainte|"
         r"anzeige (?:erstatt\w*|gegen)|strafanzeige|boletim de ocorrência|(?:sporto|sporgere|fatto|fare|"
         r"faccio) (?:\w+ )?(?:denuncia|querela)"),
    Rule("legal", _H, OFFICE, "cons dgcc verb proc fact ocu repr agcm sign asso bnet bund",
         r"\b(?:facua|la ocu|dgccrf|60 millions|verbraucherzentrale|verbraucherschutz|bundesnetzagentur|procon|"
         r"reclame aqui|altroconsumo|agcm|codacons|associazione consumatori|consumo\.gob|oficina del consumidor|"
         r"signal ?conso|répression des fraudes)\b"),
    Rule("security", _H, ACCOUNT, "hack pira geha jack roub viol suplan cont cuen komp iden",
         r"(?:me|nos|m'a|m'ont|mi hanno|mi) (?:han |a |ont |hanno )?(?:hackead\w*|pirat\w+|hack\w+|violat\w+)|"
         r"(?:cuenta|compte|konto|conta|account|profil\w*)\b.{0,40}\b(?:hacke\w*|pirat\w+|gehackt|hacké|violat[ao]|"
         r"invadida|robad[ao]|roubad[ao]|geknackt)|wurde gehackt|"
         r"suplanta\w+|usurp\w+ d'identité|identitätsdiebstahl|furto d'identità"),
    Rule("security", _C, LEAK, "filt fuit date leck vaza dati dato donn fuga",
         r"(?:filtración|fuga) de datos|fuite de données|datenleck|datenpanne|vazamento de dados|(?:fuga|"
         r"furto) di dati|(?:datos|données|daten|dados|dati) (?:de otr\w+|d'autres|d'un autre|anderer|fremder|"
         r"de outr\w+|di altr\w+)"),
    Rule("theft", _H, STOLEN, "robó roba robado volé vole gest gekl roub ruba",
         r"(?:empleado|repartidor|mensajero|personal|livreur|employé|bagagiste|mitarbeiter|bote|fahrer|zusteller|"
         r"entregador|funcionário|corriere|dipendente|personale)\b.{0,50}\b(?:robó|robado|robaron|volé|gestohlen|"
         r"geklaut|stiehlt|roubou|roubaram|rubato)"),
    Rule("press", _H, PRESS, "peri jour pres zeit jorn gior stam medi repo",
         r"\b(?:soy|je suis|ich bin|sou|sono) (?:un |une |ein |eine |um |uma |una )?(?:periodista|journaliste|"
         r"journalist(?:in)?|reporter(?:in)?|jornalista|giornalista)|(?:a la|à la|an die|à|alla|ai) (?:prensa|presse|"
         r"imprensa|stampa|giornali|medios|médias)\b"),
)  # fmt: skip
"""Every rule of the other five languages; an English text wakes hardly any of them."""
