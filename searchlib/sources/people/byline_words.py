"""The words that stand around names in bylines: a table for each language, and the patterns that are made of them.

To teach the reader a language, add a row to each table that has something for it. Words are in lower case, as printed.
A word that is part of names, too ("van", "Page"), is none of these. Nothing here is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = [
    "BY",
    "BY_IS_CHINESE",
    "CERTAIN_JOINERS",
    "CONTRIBUTED",
    "DATE_WORDS",
    "FOR",
    "HOUSE_WORDS",
    "IN",
    "JOINER",
    "NOBODY",
    "NO_NAMES",
    "NO_NAME_WORDS",
    "OTHER_CREDIT",
    "PROFESSION_BEFORE",
    "PROFESSION_BEHIND",
    "ROLE",
    "ROLE_ALONE",
    "ROLE_AT_END",
    "ROLE_BEFORE",
]


def _split(words: str) -> list[str]:
    return words.split()


# Before a name, and nothing else than "by": a colon may follow.
_BY: Final = {
    "en": ("by", "by our", "from our", "words by", "posted by", "published by", "author", "authors", "text by", "words", "words and pictures by", "words and photos by", "story and photos by", "as told to"),
    "de": ("ein beitrag von", "von unserem", "von unserer", "von unseren", "text von", "ein kommentar von", "eine analyse von", "ein gastbeitrag von", "text und fotos von", "aufgezeichnet von"),
    "fr": ("par notre", "écrit par", "rédigé par", "publié par", "propos recueillis par", "recueilli par", "un article de", "un texte de"),
    "es": ("escrito por", "publicado por", "texto de", "redactado por"),
    "pt": ("escrito por", "publicado por", "texto de", "redigido por", "reportagem de"),
    "it": ("a cura di", "scritto da", "testo di", "pubblicato da", "articolo di"),
    "nl": ("door onze", "geschreven door", "tekst door"),
    "da": ("skrevet af", "tekst af"),
    "no": ("skrevet av",),
    "sv": ("skriven av", "text av"),
    "fi": ("kirjoittanut",),
    "pl": ("oprac.", "opr.", "napisał", "napisała", "opracował", "opracowała"),
    "cs": ("napsal", "napsala"),
    "hr": ("piše", "napisao", "napisala"),
    "hu": ("írta",),
    "ro": ("scris de", "publicat de"),
    "el": ("γράφει ο", "γράφει η", "γράφουν οι", "της γράφει"),
    "tr": ("yazan",),
    "id": ("ditulis oleh", "laporan wartawan"),

    "vi": ("bởi",),
    "ar": ("بقلم", "كتب", "كتبت"),
    "fa": ("به قلم",),
    "he": ("מאת",),
    "th": ("โดย",),
    "hi": ("द्वारा",),
}  # fmt: skip
# Before a name, where a colon (or a bar: "文/") follows.
_BY_WITH_COLON: Final = {
    "en": ("text", "story", "story by", "report", "written", "reporter", "writer", "contributor", "interview", "byline", "reporting"),
    "de": ("text", "autor", "autorin", "autoren", "von", "text und foto", "text und fotos", "foto und text", "fotos und text", "text & fotos", "verfasser", "bericht", "interview"),
    "fr": ("texte", "auteur", "auteure", "autrice", "auteurs", "par", "texte et photos", "rédaction", "journaliste"),
    "es": ("texto", "autor", "autora", "autores", "por", "texto y fotos", "periodista", "redactor"),
    "pt": ("texto", "autor", "autora", "autores", "por", "texto e fotos", "jornalista", "repórter"),
    "it": ("testo", "autore", "autrice", "autori", "di", "testo e foto"),
    "nl": ("tekst", "auteur", "door", "tekst en foto's"),
    "da": ("tekst", "af", "tekst og foto", "forfatter"),
    "no": ("tekst", "av", "tekst og foto", "skribent"),
    "sv": ("text", "av", "text och foto", "text & foto", "skribent"),
    "fi": ("teksti", "teksti ja kuvat", "kirjoittaja", "toimittaja"),
    "pl": ("autor", "autorka", "autorzy", "tekst", "oprac.", "opr.", "oprac"),
    "cs": ("autor", "autorka", "autoři", "text", "text a foto"),
    "hr": ("autor", "autorica", "piše", "tekst", "aутор", "аутор", "пише"),
    "hu": ("szerző", "írta", "szöveg"),
    "ro": ("autor", "text", "de"),
    "ru": ("автор", "авторы", "текст", "автор текста", "беседовал", "беседовала", "подготовил", "подготовила", "корреспондент", "журналист"),
    "uk": ("автор", "автори", "авторка", "текст", "журналіст"),
    "bg": ("автор", "текст", "репортер"),
    "el": ("κείμενο", "συντάκτης", "συντάκτρια", "του", "της", "γράφει"),
    "tr": ("yazar", "haber", "yazan", "muhabir"),
    "id": ("penulis", "oleh", "reporter", "pewarta", "wartawan"),
    "vi": ("tác giả", "bài", "phóng viên"),
    "ar": ("بقلم", "كتب", "كتبت", "إعداد", "الكاتب", "المصدر", "تقرير"),
    "fa": ("نویسنده", "خبرنگار", "گزارش"),
    "ur": ("تحریر",),
    "he": ("מאת", "כותב", "כתב"),
    "hi": ("लेखक", "रिपोर्ट", "रिपोर्टर"),
    "bn": ("লেখক", "প্রতিবেদক"),
    "th": ("ผู้เขียน", "เรื่อง", "โดย"),
    "ja": ("文", "取材・文", "文・写真", "取材", "執筆", "著者", "筆者", "ライター", "記者", "構成・文"),
    "zh": ("文", "作者", "记者", "記者", "撰文", "文字", "采写", "本报记者", "新华社记者", "文图", "撰稿", "特约记者"),
    "ko": ("글", "글·사진", "글/사진", "취재", "기자", "작성자"),
}  # fmt: skip
# Names, too, or words of any sentence: two words with a capital have to follow.
_BY_OR_NAME: Final = (
    "von", "par", "por", "di", "door", "av", "af", "de", "do", "da", "od", "autor", "autora", "tekst", "text", "texte", "texto", "testo", "oleh", "na", "του", "της",
)  # fmt: skip
# Before Chinese and Japanese names without any sign between.
_PROFESSION_BEFORE: Final = (
    "本报记者", "本報記者", "新华社记者", "新華社記者", "特约记者", "特派记者", "通讯员", "记者", "記者", "칼럼니스트", "소설가", "논설위원",
    "корреспондент", "журналист", "обозреватель", "редактор", "кореспондент", "журналіст",
)  # fmt: skip
_PROFESSION_BEHIND: Final = (
    "선임기자", "전문기자", "인턴기자", "수습기자", "객원기자", "기자", "특파원", "칼럼니스트", "논설위원", "앵커", "편집위원", "记者", "記者", "特派员", "特派員", "論説委員", "編集委員", "ライター",
)  # fmt: skip

# Between two names. Those of the first table are never a name's own.
_JOINERS: Final = {
    "en": "and", "de": "und", "fr": "et", "da no": "og", "sv": "och", "fi": "ja sekä", "ru": "и", "uk": "та й", "el": "και",
    "tr": "ve", "id": "dan", "hu": "és", "ro": "și şi si", "vi": "và", "hy": "և", "ka": "და", "ar fa ur": "و", "hi": "और व", "bn": "ও এবং",
    "th": "และ", "lt": "ir", "lv": "un", "sq": "dhe", "ms": "serta", "sw": "na",
    "en with": "with", "de mit": "mit", "fr avec": "avec",
}  # fmt: skip
_JOINERS_OR_NAMES: Final = {"es": "y", "pt it": "e", "nl af": "en", "pl hr ca": "i", "cs sk": "a", "uk": "і"}

# Behind a name, before the place where its bearer is.
_IN: Final = ("in", "à", "en", "aus", "em", "w", "we", "fra", "från", "din", "в", "из", "із")
_FOR: Final = ("for", "via", "für", "pour", "para", "per", "voor", "til", "till", "dla", "для")

# Who is named behind these did not write.
_OTHER_CREDITS: Final = (
    r"edit(?:ing|ed)\s+by", r"(?:\w+\s)?photo\w*(?:\s+and\s+\w+)?\s+by", r"pictures?\s+by", r"illustrat\w+\s+by", r"videos?\s+by", r"graphics?\s+by", r"compiled\s+by",
    r"translat(?:ed|ion)\s+by", r"produced\s+by", r"research(?:ed)?\s+by", r"(?:medically\s+|fact\W?)?(?:reviewed|checked)\s+by", r"additional\s+\w+\s+by", r"with\s+(?:additional\s+)?report(?:ing|s)?\s+(?:by|from)",
    r"with\s+(?:contributions?|files|inputs?|material)\s+(?:by|from)", r"additional\s+\w+:",
    r"(?:unter\s+)?mitarbeit(?:\s+von)?:?\s", r"übersetzt\s+von", r"übersetzung:", r"redaktion:", r"protokoll:",
    r"avec\s+la\s+(?:contribution|collaboration)\s+de", r"traduit\s+par", r"traduction:", r"édité\s+par", r"photos?\s+de",
    r"con\s+(?:información|reportes|la\s+colaboración)\s+de", r"traducido\s+por", r"edición:", r"editado\s+por", r"com\s+(?:informações|colaboração)\s+de", r"edição:", r"tradução:",
    r"con\s+la\s+collaborazione\s+di", r"met\s+medewerking\s+van", r"redigerad\s+av", r"редактор:", r"перевод:", r"переклад:", r"التحرير:", r"editor:", r"edited:", r"penyunting:", r"editör:",
    r"(?:责任)?[编編][辑輯]\s*[:/]", r"責任編輯\s*[:/]", r"編集\s*[:/]",
)  # fmt: skip
_PICTURES: Final = (
    "photo", "photos", "photograph", "photographs", "photography", "picture", "pictures", "image", "images", "image credit", "photo credit", "illustration", "illustrations", "graphic", "graphics",
    "video", "credit", "credits", "courtesy", "foto", "fotos", "foto's", "bild", "bilder", "grafik", "fotografie", "fotografía", "fotografia", "crédit photo", "crédits", "imagen", "imagem", "immagine",
    "beeld", "kuva", "kuvat", "fotó", "zdjęcie", "zdjęcia", "fot.", "fotoğraf", "фото", "фотографии", "иллюстрация", "φωτογραφία", "φωτο", "صورة", "تصوير", "عکس", "תמונה", "צילום", "फोटो", "ภาพ",
    "写真", "撮影", "イラスト", "图", "圖", "摄影", "攝影", "图片", "사진", "영상",
)  # fmt: skip
_CONTRIBUTED: Final = (
    r"\bcontributed\s+(?:to|report|from)\b", r"\bcontributed\.?$", r"\bassisted\s+with\b", r"\ba\s+contribué\b", r"\bcontribuy(?:ó|eron)\b", r"\bhaben?\s+mitgearbeitet\b", r"\bcontribu(?:iu|íram)\b",
)  # fmt: skip

_ROLE_NOUN: Final = (
    r"(?:analysts?|bureau|chief|columnists?|contributors?|correspondents?|critics?|desk|editors?(?:-at-large|-in-chief)?|editorial|freelance(?:r|rs)?"
    r"|photographers?|producers?|reporters?|staff|team|writers?|agenc(?:y|ies)|newsroom|wire|reports|bloggers?|intern|publisher|founder|host|anchor|professor|journalists?|director"
    r"|redaktion|korrespondent\w*|redakteur\w*|journalist\w*|correspondan\w+|corresponsal|redacción|redação|redazione|inviat[oa]"
    r"|rédact\w+|chroniqueu\w+|envoyée?\sspéciale?|grand\sreporter|periodista|redactora?|columnista|enviad[oa](?:\sespecial)?|editora?|jornalista|repórter|colunista|colaborador\w*"
    r"|giornalist\w+|collaborat\w+|redacteur|verslaggever|columnist|freelancejournalist|buitenlandredacteur|redaktør|korrespondent|reporteri|toimittaja|päätoimittaja|kirjeenvaihtaja|redaktör|krönikör|skribent"
    r"|dziennikar\w+|redaktor\w*|publicyst\w+|novinář\w*|redakt\w+|novinar\w*|újságíró|szerkesztő|tudósító|ziarist\w*|muhabir\w*|muhabiri|yazar\w*|editör\w*|wartawan|jurnalis|pewarta|phóng\sviên"
    r"|корреспондент\w*|журналист\w*|обозревател\w*|редактор\w*|колумнист\w*|спецкор|собкор|кореспондент\w*|журналіст\w*|оглядач|репортер\w*"
    r"|δημοσιογράφος|συντάκτ\w+|ανταποκριτ\w+|مراسل\w*|صحفي\w*|محرر\w*|خبرنگار|נתב|כתב\w*|संवाददाता|पत्रकार|ผู้สื่อข่าว)"
)
_ROLE_WORD: Final = (
    r"(?:our|from|the|own|senior|special|staff|foreign|political|national|international|local|security|defen[cs]e|business|economics?"
    r"|financial|sports?|science|health|technology|tech|legal|world|city|night|managing|deputy|assistant|associate|news|web|online|service|at|to|contributing|guest|executive|digital|diplomatic"
    r"|entertainment|culture|education|environment|religion|travel|opinion|video|audio|data|investigative|chief|general|assignment|lead|junior|content|social|media|multimedia|crime|court|courts|state"
    r"|northern|southern|eastern|western|africa|asia|europe|china|india|russia|us|u\.s\.|uk|middle|east|white|house|auto|politics|food|style|features?|page|front|art|music|film|tv|books?|energy|market|markets"
    r"|copy|photo|freelance|former|und|de|la|el|in|en|for|of|and|&)"
)
# What stands where an author is missing.
_NOBODY: Final = (
    "admin", "administrator", "administrador", "admin user", "editor", "editors", "staff", "user", "guest", "guest author", "guest writer", "newsroom", "news desk", "newsdesk", "web desk", "online desk", "the editors", "editorial",
    "editorial board", "the editorial board", "editorial team", "anonymous", "unknown", "unknown author", "n/a", "none", "null", "nan", "author", "default", "root", "webmaster", "redaktion", "redaktionen", "redaksjonen",
    "redacción", "redacao", "redação", "redazione", "la redazione", "la rédaction", "rédaction", "de redactie", "redactie", "redakcja", "redakce", "redakcia", "redakcija", "szerkesztőség", "redacția", "toimitus", "редакция",
    "редакція", "админ", "администратор", "гость", "anonym", "anonyme", "anónimo", "anônimo", "haber merkezi", "redaksi", "tim redaksi", "admin redaksi", "ban biên tập", "편집국", "관리자", "온라인뉴스팀", "編集部", "编辑部", "編輯部", "小编",
    "admin1", "wpadmin", "siteadmin", "super user", "superuser", "contributor", "contributors", "press release", "news service", "wire service", "wire services", "wire reports", "news agencies", "news agency", "news services", "news desk", "the news desk", "wires", "news wires", "agencies", "agency", "agenturen", "agences", "agencias",
    "agências", "agenzie", "mit agenturmaterial", "from wire services", "our reporter", "by our correspondent", "correspondent", "reporter", "writer", "التحرير", "هيئة التحرير", "मार्गदर्शक", "web team", "team",
)  # fmt: skip
_HOUSE_WORDS: Final = _split(
    "news press media business times tribune herald journal gazette insider magazine radio television tv service international online network group inc ltd llc"
    " guardian telegraph mirror daily weekly chronicle observer examiner independent sun-times broadcasting corporation corp company co sons partners associates brothers"
    " daughters family friends ministry department university institute council office agency bank foundation commission committee association society union center centre club college"
    " church museum government police parliament court party federation league alliance organisation organization project initiative program programme"
    " zeitung nachrichten verlag rundfunk ministerium universität gmbh ag presse journal quotidien ministère université société diario periódico universidad ministerio jornal universidade ministério"
    " giornale università ministero krant universiteit avis avisen tidning tidningen aftonbladet gazeta wyborcza noviny újság ziarul gazetesi ajansı газета новости университет министерство агентство"
    " studio studios digital entertainment sport sports today"
)  # fmt: skip
# No word of a person's name, and words that stand beside bylines on pages.
_NO_NAME_WORDS: Final = _split(
    "the a an of to with from this that about view all follow us share subscribe newsletter sign login log register comments comment reply email mail tweet facebook twitter linkedin instagram youtube whatsapp"
    " telegram reddit pinterest advertisement sponsored posts post posted published updated articles article stories story author authors archive archives bio profile next previous menu search contact"
    " latest popular related recommended trending video videos photo photos gallery watch listen podcast min mins minute minutes hour hours days ago today yesterday getty images shutterstock via courtesy credit source"
    " staff team desk newsroom bureau editors editorial wire reports services newsletters edition rights reserved policy privacy terms conditions supported continue reading breaking exclusive opinion analysis explainer world politics"
    " category tags topic topics filed under in on at were have your our my we i it its for"
    " mehr artikel teilen folgen kommentare anmelden abonnieren drucken autoren nachrichten aktuell über alle zum zur der die das im ist"
    " partager suivre commentaires abonnez s'abonner articles lire aussi une des dans est sur tous"
    " compartir seguir comentarios suscríbete leer ver noticias mais compartilhar comentários notícias leia"
    " altro condividi commenti leggi tutti gli meer delen volgen reacties lees kommentarer läs mer dela også udgivet dzień udostępnij komentarze czytaj więcej"
    " поделиться комментарии читать ещё подписаться новости все daha paylaş haberler takip juga berita komentar bagikan"
)  # fmt: skip
# Parts of pages that have the shape of a name.
_NO_NAMES: Final = (
    "read more", "more from", "see more", "learn more", "show more", "show less", "view more", "read next", "read full", "full story", "full bio", "all posts", "see all", "view all", "log in", "sign in", "sign up", "log out",
    "les også", "läs mer", "lees meer", "lees ook", "daha fazla", "baca juga", "leia mais", "leer más", "ver más", "saiba mais", "en savoir plus", "lire la suite", "mehr lesen", "zur startseite", "czytaj więcej", "home page", "follow us",
    "contact us", "about us", "getty images", "all rights",
)  # fmt: skip
_DATE_WORDS: Final = (
    "updated", "published", "posted", "modified", "last updated", "last modified", "first published", "created", "aktualisiert", "veröffentlicht", "stand", "publié", "mis à jour", "modifié", "publicado", "actualizado", "atualizado",
    "pubblicato", "aggiornato", "gepubliceerd", "bijgewerkt", "laatst bijgewerkt", "udgivet", "opdateret", "publisert", "oppdatert", "publicerad", "uppdaterad", "julkaistu", "päivitetty", "opublikowano", "aktualizacja", "publikováno",
    "aktualizováno", "megjelent", "frissítve", "publicat", "actualizat", "опубликовано", "обновлено", "опубліковано", "оновлено", "δημοσιεύθηκε", "yayınlanma", "güncelleme", "diterbitkan", "diperbarui", "dipublikasikan", "đăng", "入力", "수정",
    "입력", "등록", "发布时间", "發布時間", "更新", "公開",
)  # fmt: skip


def _one_of(words: Iterable[str]) -> str:
    unique = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in unique)


def _all(table: dict[str, tuple[str, ...]]) -> list[str]:
    return [word for words in table.values() for word in words]


_CAPITAL: Final = r"(?-i:[^\W\d_a-zß-öø-ÿа-яёіїєґα-ώ])"
#: "By", "Von", "Автор:", "文/" at the beginning of a byline, with what stands between it and the name.
BY: Final = re.compile(
    r"(?:(?:written|reported|reporting|story|text|article|analysis|opinion|review|report|interview|commentary|comment|essay|column|perspective|exclusive)\s)?by[:\s]\s*(?=\S)"
    rf"|(?:{_one_of(_all(_BY_WITH_COLON))})\s*[:：/／｜|=]\s*(?=\S)"
    rf"|(?:{_one_of(_all(_BY))})(?:\s*:|(?<=[\w.])\s|(?<=[\u0900-\u0dff\u0e00-\u0e7f])\s*)\s*(?=\S)"
    rf"|(?:{_one_of(_BY_OR_NAME)})\s+(?={_CAPITAL}[^\s,]*\s+\S)"
    # A second line of the same byline.
    rf"|(?:and|und|et|og|och|en)\s+(?={_CAPITAL})",
    re.IGNORECASE,
)
#: Whether what `BY` found is Chinese: there names follow each other with nothing but a space between.
BY_IS_CHINESE: Final = re.compile(r"^(?:文|作者|[记記]者|撰文|文字|采写|本[报報][记記]者|新[华華]社[记記]者|撰稿)")
PROFESSION_BEFORE: Final = re.compile(rf"(?:{_one_of(_PROFESSION_BEFORE)})\s*(?=\S)", re.IGNORECASE)
PROFESSION_BEHIND: Final = re.compile(rf"(?<=\S)\s*(?:{_one_of(_PROFESSION_BEHIND)})$", re.IGNORECASE)
CERTAIN_JOINERS: Final = frozenset(" ".join(_JOINERS.values()).split())
JOINER: Final = re.compile(
    rf",?\s+(?P<word>{_one_of([*CERTAIN_JOINERS, *' '.join(_JOINERS_OR_NAMES.values()).split()])})\s+|\s*(?P<sign>&|(?<![:/])/(?!/))\s*",
    re.IGNORECASE,
)
IN: Final = re.compile(rf"\s+(?:{_one_of(_IN)})\s+(?={_CAPITAL})")
# Of words in small letters only; in a line of capitals it is one of them.
FOR: Final = re.compile(rf"\s+(?:{_one_of(_FOR)})\s+|(?<=[^\W\d_][^\W\d_a-z])\s+FOR\s+(?=[A-Z]{{2}})")
OTHER_CREDIT: Final = re.compile(
    rf"(?:(?<!\w)|(?<=\w(?=[\u3000-\u9fff])))(?:{'|'.join(_OTHER_CREDITS)}|(?:{_one_of(_PICTURES)})\s*(?:[:：=｜/]|(?<=[\u3000-\u9fff])\s)).*",
    re.IGNORECASE,
)
CONTRIBUTED: Final = re.compile("|".join(_CONTRIBUTED), re.IGNORECASE)
ROLE: Final = re.compile(rf"\b{_ROLE_NOUN}(?!\w)", re.IGNORECASE)
ROLE_ALONE: Final = re.compile(
    rf"(?:(?:{_ROLE_WORD}|{_ROLE_NOUN})\s+)*(?:{_ROLE_NOUN}|news service|news)", re.IGNORECASE
)
#: "Political correspondent Jane Doe". A chief, a host and a team have names of their own.
ROLE_BEFORE: Final = re.compile(
    rf"(?:(?:{_ROLE_WORD}|{_ROLE_NOUN})\s+)*(?!chief|host|team|desk|wire|bureau|staff|agency){_ROLE_NOUN}\s+(?=\S)",
    re.IGNORECASE,
)
# Of one person: "Jane Doe Staff Writer". "Harbour Post Staff" is a house.
ROLE_AT_END: Final = re.compile(
    rf"(?:\s+(?:{_ROLE_WORD}|{_ROLE_NOUN}))*\s+(?:analyst|columnist|contributor|correspondent|critic|editor|photographer|reporter|writer|journalist|корреспондент|журналист|muhabiri)$",
    re.IGNORECASE,
)
NOBODY: Final = frozenset(_NOBODY)
HOUSE_WORDS: Final = frozenset(_HOUSE_WORDS)
NO_NAME_WORDS: Final = frozenset(_NO_NAME_WORDS)
NO_NAMES: Final = re.compile(rf"(?<!\w)(?:{_one_of(_NO_NAMES)})(?!\w)", re.IGNORECASE)
DATE_WORDS: Final = re.compile(rf"(?<!\w)(?:{_one_of(_DATE_WORDS)})(?!\w)", re.IGNORECASE)
