"""What stands on a page and belongs to no article: share bars, teasers, pleas to subscribe.

Only whole lines are judged. A sentence that mentions sharing, Twitter or a newsletter is
the article's own and is never touched.
"""

from __future__ import annotations

import re
from typing import Final

from searchlib.sources.web_pages.furniture_lines import is_heading_of_others, is_known_line

__all__ = ["TEASER_HEADING", "is_furniture", "is_share_bar", "is_teaser_heading", "share_words_at"]

# Actions of buttons. A line that is one of these is a share bar.
_ACTIONS: Final = (
    r"bookmark(?:ed)?|share(?: (?:this|on|via|to|with|now|options|article|story|page|post))*"
    r"|tweet(?: this)?|e-?mail (?:this|article|link|story)(?: (?:article|page|story))?|copy(?: the)? (?:link|url)|link copied!?"
    r"|print(?: this)?(?: (?:article|page|story))?|add to favou?rites|save (?:article|story|for later)|read later"
    r"|gift(?: this)? article|listen to (?:this )?article|text size|font size|resize|(?:leave a |post a |\d+ )comments?|view comments"
    r"|teilen|twittern|drucken|merken|per e-?mail (?:teilen|senden)|artikel (?:teilen|drucken|merken)|link kopieren"
    r"|partager|imprimer|copier le lien|compartir|imprimir|copiar (?:enlace|link)|compartilh(?:ar|e)|condividi|stampa|delen|afdrukken|kopieer link"
)
# Targets of sharing. One alone may be a heading; two, or one with an action, are a share bar.
_TARGETS: Final = (
    r"whatsapp|telegram|facebook|twitter|e-?mail|linked ?in|reddit|pinterest|messenger|wechat|weibo|weixin|viber|flipboard"
    r"|mastodon|bluesky|tumblr|instagram|youtube|tiktok|vkontakte|odnoklassniki|xing|hacker ?news|google news"
)
# Words that stand among the others and say nothing on their own.
_FILLERS: Final = (
    r"x|line|save|like|follow|threads|pocket|listen|sms|comments?|link|message|a[+-]|\+|more|\d+(?: shares?)?|on|via|to|with"
    r"|guardar|enviar|envoyer"
)
_SHARE_WORD: Final = re.compile(
    rf"(?:(?P<action>{_ACTIONS})|(?P<target>{_TARGETS})|(?:{_FILLERS}))(?![\w’'-])[\s:|/·•,.&-]*", re.IGNORECASE
)

#: A line that heads a list of other articles: what follows it, up to the next prose, is not this article's.
TEASER_HEADING: Final = re.compile(
    r"\W*(?:"
    r"(?:more )?related(?: (?:articles?|stor(?:y|ies)|news|content|topics?|coverage|reading|posts?|links?|videos?))?"
    r"|more (?:stories|news|articles|headlines|coverage|from|on|in|like this)\b[^.]{0,60}|other (?:stories|news|articles)\b[^.]{0,40}"
    r"|(?:most|top) (?:read|popular|viewed|shared|stories|news|commented|watched)\b[^.]{0,40}|latest (?:news|stories|headlines)\b[^.]{0,30}"
    r"|trending(?: now| stories)?|recommended(?: for you| stories| reading)?|popular (?:now|stories|articles)|editor['’]?s['’]? (?:picks?|choice)"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)(?: these)?(?: stories)?|also read|read (?:also|next)|up next|don['’]t miss|in case you missed it"
    r"|what to read next|from our partners|around the web|sponsored (?:links|content)"
    r"|(?:das könnte sie auch interessieren|mehr zum thema|lesen sie auch|meistgelesen|weitere (?:artikel|meldungen))"
    r"|(?:à lire aussi|lire aussi|sur le même sujet|articles liés|les plus lus)|(?:noticias relacionadas|lee también|te puede interesar|más (?:noticias|leídas))"
    r"|(?:leia (?:também|mais)|notícias relacionadas|veja também)|(?:leggi anche|articoli correlati)|(?:lees (?:ook|meer)|gerelateerd(?:e artikelen)?)"
    r")\s*(?:[:…>»]+|\.{3})?\s*",
    re.IGNORECASE,
)

_FOOTER_LINKS: Final = (
    r"terms(?: of (?:use|service)| and conditions| & conditions)|privacy (?:policy|notice|statement)|cookie (?:policy|settings|preferences)"
    r"|contact us|about us|advertise with us|site ?map|impressum|datenschutz(?:erklärung)?|mentions légales|aviso legal|back to top"
    r"|do not sell my (?:personal )?information"
)
# Alone, each of these may be a heading inside an article.
_MENU_WORDS: Final = r"contact|about|privacy|cookies|advertise|accessibility|imprint|agb|kontakt|help|faq|careers|jobs|home|top|search|menu"

_FURNITURE: Final = re.compile(
    r"\W*(?:"
    # Pointers to other articles: "Read more: …", "SEE ALSO | …".
    r"(?:read|see|watch|listen|find out|learn|discover) (?:more|also|next)\s*(?:[:|>»–—-].{0,200}|\.{3}|…|here\.?|about .{1,80}[^.!?])?"
    r"|(?:also read|related(?: (?:article|story|news|coverage|video))?|more on this|read|watch|in pictures|in pics)\s*[:|>].{1,200}"
    r"|(?:lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|à lire(?: aussi)?|lee también|lea también|leia (?:também|mais)|leggi anche|lees ook)\s*[:|>–-].{1,200}"
    r"|(?:click|tap) here (?:to|for)\b.{0,150}|(?:continue|keep) reading(?: below)?\W*|(?:story|article) continues (?:below|after)\b.{0,60}"
    # Advertisements and pleas.
    r"|advertisement|advertising|ads?|sponsored(?: content)?|promoted(?: content)?|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie"
    r"|(?:scroll down to continue|skip advertisement|ad feedback|this advertisement has not loaded).{0,80}"
    r"|(?:please )?(?:sign up|subscribe|register|log ?in)(?: now| today| here| free)?(?: (?:to|for|with) .{0,100}"
    r"\b(?:newsletters?|e-?mails?|alerts|updates|briefing|inbox|account|access|subscription|channel|podcast)\b.{0,80})?"
    r"|(?:get|receive) (?:the|our|all the|today['’]s|more)\b.{0,100}\b(?:newsletter|inbox|alerts|straight to your (?:phone|inbox))\b.{0,80}"
    r"|(?:our |the |daily |free |weekly )*newsletter(?: sign-?up)?s?|thank(?:s| you) for (?:signing up|subscribing)\b.{0,40}"
    r"|(?:follow|like|find|join) us (?:on|at)\b.{0,120}|(?:download|get) (?:the|our) .{0,40}\bapp\b.{0,60}"
    r"|(?:newsletter abonnieren|jetzt abonnieren|abonnez-vous|s['’]abonner|inscrivez-vous|suscr[ií]b(?:ete|ase)|assine|iscriviti|abonneer)\b.{0,120}"
    r"|support (?:our|independent|quality) journalism\b.{0,120}|(?:have|got) a (?:tip|story|news tip)\?.{0,160}|we use cookies.{0,200}"
    # Rights, terms and the like.
    r"|(?:copyright\s+(?=©|\(c\)|\d{4}|by\b)|©|\(c\)\s*\d{4}).{0,200}|all rights reserved\b.{0,120}|alle rechte vorbehalten.{0,60}|tous droits réservés.{0,60}|todos los derechos reservados.{0,60}"
    r"|this (?:material|article|story) may not be (?:published|reproduced)\b.{0,160}"
    rf"|(?:{_FOOTER_LINKS})|(?:(?:{_FOOTER_LINKS}|{_MENU_WORDS})[\s|/·•,]+){{1,12}}(?:{_FOOTER_LINKS}|{_MENU_WORDS})"
    # Parts of the page.
    r"|comments?(?: \(\d+\))?|(?:sign|log) in to (?:comment|read|view|save)\b.{0,40}|(?:show|view|read|load|leave|post|add)(?: all| a| your)? comments?(?: \(\d+\))?|comments are closed\.?|loading\W*|image|video|photo|gallery"
    r"|show more|load more|read (?:full|the full) (?:story|article)|view (?:gallery|all|more)|menu|search|skip to (?:main )?content"
    r"|(?:\d+[ -])?min(?:ute)?s?(?: of)? read(?:ing)?(?: time)?"
    r")\W*",
    re.IGNORECASE,
)
_MAX_CHARS: Final = 300


def share_words_at(line: str, start: int) -> int:
    """Where the run of share-bar words that begins at this character ends; `start` where there is none."""
    while match := _SHARE_WORD.match(line, start):
        start = match.end()
    return start


def is_share_bar(line: str, *, beside_another: bool = False) -> bool:
    """Whether the line holds the words of a share bar and nothing else ("Share Facebook X Copy link").

    A lone "Facebook" or "Threads" may be a heading of the article; `beside_another` share bar it is one too.
    """
    line = line.strip()
    if not line or len(line) > _MAX_CHARS:
        return False
    start = words = actions = targets = 0
    while match := _SHARE_WORD.match(line, start):
        start = match.end()
        words += 1
        actions += bool(match["action"])
        targets += bool(match["target"])
    return start == len(line) and bool(actions or (targets and words > 1) or beside_another)


def is_furniture(line: str) -> bool:
    """Whether the whole line belongs to the page: a share bar, a teaser, an advertisement, a footer."""
    line = line.strip()
    if not line or len(line) > _MAX_CHARS:
        return False
    if _FURNITURE.fullmatch(line) or TEASER_HEADING.fullmatch(line):
        return True
    return is_known_line(line) or is_share_bar(line)


def is_teaser_heading(line: str) -> bool:
    """Whether the whole line heads a list of other articles, in any of the languages that are known."""
    line = line.strip()
    return len(line) <= _MAX_CHARS and (bool(TEASER_HEADING.fullmatch(line)) or is_heading_of_others(line))
