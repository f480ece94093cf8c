"""The words of printed dates in the languages that news comes in: months, days of the week, halves of the day.

The names are those of the Unicode Common Locale Data Repository (CLDR 47, by way of Babel; Unicode License v3), in
full and short, in the forms that stand in a date and alone, and behind them what newspapers print besides. They are
kept as `plain_word` makes them. A name stands for one month in all these languages. Croatian is not among them: its
"listopad" is October, where Polish, Czech and Ukrainian have November. Months and days that are numbered (Chinese,
Japanese, Korean, Vietnamese) are read in `printed_date`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

__all__ = ["half_of_day", "is_filler", "month_named", "plain_word", "weekday_named"]

# By language: January to December, a bar between them.
_MONTHS: Final = {
    "en": (
        "january, jan | february, feb | march, mar | april, apr | may | june, jun | july, jul | august, aug | "
        "september, sep, sept | october, oct | november, nov | december, dec"
    ),
    "fr": (
        "janvier, janv | fevrier, fevr, fev | mars | avril, avr | mai | juin | juillet, juil, jul, juill | aout | "
        "septembre, sept | octobre, oct | novembre, nov | decembre, dec"
    ),
    "de": (
        "januar, jan, janner, jann | februar, feb, feber | marz, mar, maerz, mrz | april, apr | mai | juni, jun | "
        "juli, jul | august, aug | september, sept, sep | oktober, okt | november, nov | dezember, dez"
    ),
    "es": (
        "enero, ene | febrero, feb | marzo, mar | abril, abr | mayo, may | junio, jun | julio, jul | agosto, ago "
        "| septiembre, sept, set, setiembre | octubre, oct | noviembre, nov | diciembre, dic"
    ),
    "pt": (
        "janeiro, jan | fevereiro, fev | marco, mar | abril, abr | maio, mai | junho, jun | julho, jul | agosto, "
        "ago | setembro, set | outubro, out | novembro, nov | dezembro, dez"
    ),
    "it": (
        "gennaio, gen | febbraio, feb | marzo, mar | aprile, apr | maggio, mag | giugno, giu | luglio, lug | "
        "agosto, ago | settembre, set, sett | ottobre, ott | novembre, nov | dicembre, dic"
    ),
    "nl": (
        "januari, jan | februari, feb | maart, mrt, maa | april, apr | mei | juni, jun | juli, jul | augustus, "
        "aug | september, sep | oktober, okt | november, nov | december, dec"
    ),
    "ru": (
        "января, янв, январь | февраля, февр, февраль, фев | марта, мар, март | апреля, апр, апрель | мая, маи | "
        "июня, июн, июнь | июля, июл, июль | августа, авг, август | сентября, сент, сентябрь, сен | октября, окт, "
        "октябрь | ноября, нояб, ноябрь, ноя | декабря, дек, декабрь"
    ),
    "uk": (
        "січня, січ, січень | лютого, лют, лютии | березня, бер, березень | квітня, квіт, квітень, кві | травня, "
        "трав, травень, тра | червня, черв, червень, чер | липня, лип, липень | серпня, серп, серпень | вересня, "
        "вер, вересень | жовтня, жовт, жовтень, жов | листопада, лист, листопад, лис | грудня, груд, грудень, гру"
    ),
    "ar": (
        "يناير, كانون الثاني, جانفي | فبراير, شباط, فيفري | مارس, آذار, اذار | أبريل, نيسان, ابريل, أفريل | "
        "مايو, أيار, ايار, ماي | يونيو, حزيران, جوان | يوليو, تموز, يوليوز, جويلية | أغسطس, آب, اب, اغسطس, "
        "غشت, أوت | سبتمبر, أيلول, ايلول, شتنبر | أكتوبر, تشرين الأول, تشرين الاول, اكتوبر | نوفمبر, تشرين "
        "الثاني, نونبر | ديسمبر, كانون الأول, كانون الاول, دجنبر"
    ),
    "zh": "一月 | 二月 | 三月 | 四月 | 五月 | 六月 | 七月 | 八月 | 九月 | 十月 | 十一月 | 十二月",
    "pl": (
        "stycznia, sty, styczen | lutego, lut, luty | marca, mar, marzec | kwietnia, kwi, kwiecien | maja, maj | "
        "czerwca, cze, czerwiec | lipca, lip, lipiec | sierpnia, sie, sierpien | wrzesnia, wrz, wrzesien | "
        "pazdziernika, paz, pazdziernik | listopada, lis, listopad | grudnia, gru, grudzien"
    ),
    "tr": (
        "ocak, oca | subat, sub | mart, mar | nisan, nis | mayis, may | haziran, haz | temmuz, tem | agustos, agu "
        "| eylul, eyl | ekim, eki | kasim, kas | aralik, ara"
    ),
    "sv": (
        "januari, jan | februari, feb | mars | april, apr | maj | juni | juli | augusti, aug | september, sep | "
        "oktober, okt | november, nov | december, dec"
    ),
    "da": (
        "januar, jan | februar, feb | marts, mar | april, apr | maj | juni, jun | juli, jul | august, aug | "
        "september, sep | oktober, okt | november, nov | december, dec"
    ),
    "nb": (
        "januar, jan | februar, feb | mars, mar | april, apr | mai | juni, jun | juli, jul | august, aug | "
        "september, sep | oktober, okt | november, nov | desember, des"
    ),
    "fi": (
        "tammikuuta, tammi, tammikuu | helmikuuta, helmi, helmikuu | maaliskuuta, maalis, maaliskuu | huhtikuuta, "
        "huhti, huhtikuu | toukokuuta, touko, toukokuu | kesakuuta, kesa, kesakuu | heinakuuta, heina, heinakuu | "
        "elokuuta, elo, elokuu | syyskuuta, syys, syyskuu | lokakuuta, loka, lokakuu | marraskuuta, marras, "
        "marraskuu | joulukuuta, joulu, joulukuu"
    ),
    "cs": (
        "ledna, led, leden | unora, uno, unor | brezna, bre, brezen | dubna, dub, duben | kvetna, kve, kveten | "
        "cervna, cvn, cerven | cervence, cvc, cervenec | srpna, srp, srpen | zari, zar | rijna, rij, rijen | "
        "listopadu, lis, listopad | prosince, pro, prosinec"
    ),
    "el": (
        "ιανουαριου, ιαν, ιανουαριοσ | φεβρουαριου, φεβ, φεβρουαριοσ | μαρτιου, μαρ, μαρτιοσ | απριλιου, απρ, "
        "απριλιοσ | μαιου, μαι, μαιοσ | ιουνιου, ιουν, ιουνιοσ | ιουλιου, ιουλ, ιουλιοσ | αυγουστου, αυγ, "
        "αυγουστοσ | σεπτεμβριου, σεπ, σεπτεμβριοσ | οκτωβριου, οκτ, οκτωβριοσ | νοεμβριου, νοε, νοεμβριοσ | "
        "δεκεμβριου, δεκ, δεκεμβριοσ"
    ),
    "hu": (
        "januar, jan | februar, febr | marcius, marc | aprilis, apr | majus, maj | junius, jun | julius, jul | "
        "augusztus, aug | szeptember, szept | oktober, okt | november, nov | december, dec"
    ),
    "ro": (
        "ianuarie, ian | februarie, feb | martie, mar | aprilie, apr | mai | iunie, iun | iulie, iul | august, "
        "aug | septembrie, sept | octombrie, oct | noiembrie, nov | decembrie, dec"
    ),
    "id": (
        "januari, jan | februari, feb, pebruari | maret, mar | april, apr | mei | juni, jun | juli, jul | "
        "agustus, agu, ags, agt | september, sep | oktober, okt | november, nov, nop, nopember | desember, des"
    ),
    "hi": (
        "जनवरी, जन | फ़रवरी, फ़र, फरवरी | मार्च | अप्रैल | मई | जून | जुलाई, जुल | अगस्त, अग | सितंबर, सित, "
        "सितम्बर | अक्टूबर, अक्टू, अक्तूबर | नवंबर, नव, नवम्बर | दिसंबर, दिस, दिसम्बर"
    ),
    "ca": (
        "gener, gen | febrer, febr | marc | abril, abr | maig | juny | juliol, jul | agost, ag | setembre, set | "
        "octubre, oct | novembre, nov | desembre, des"
    ),
    "bg": (
        "януари, яну | февруари, фев | март | април, апр | маи | юни | юли | август, авг | септември, сеп | "
        "октомври, окт | ноември, ное | декември, дек"
    ),
    "sk": (
        "januara, jan, januar | februara, feb, februar | marca, mar, marec | aprila, apr, april | maja, maj | "
        "juna, jun | jula, jul | augusta, aug, august | septembra, sep, september | oktobra, okt, oktober | "
        "novembra, nov, november | decembra, dec, december"
    ),
    "sl": (
        "januar, jan | februar, feb | marec, mar | april, apr | maj | junij, jun | julij, jul | avgust, avg | "
        "september, sep | oktober, okt | november, nov | december, dec"
    ),
    "lt": (
        "sausio, saus, sausis | vasario, vas, vasaris | kovo, kov, kovas | balandzio, bal, balandis | geguzes, "
        "geg, geguze | birzelio, birz, birzelis | liepos, liep, liepa | rugpjucio, rugp, rugpjutis | rugsejo, "
        "rugs, rugsejis | spalio, spal, spalis | lapkricio, lapkr, lapkritis | gruodzio, gruod, gruodis"
    ),
    "lv": (
        "janvaris, janv | februaris, febr | marts | aprilis, apr | maijs | junijs, jun | julijs, jul | augusts, "
        "aug | septembris, sept | oktobris, okt | novembris, nov | decembris, dec"
    ),
    "et": (
        "jaanuar, jaan | veebruar, veebr | marts | aprill, apr | mai | juuni | juuli | august, aug | september, "
        "sept | oktoober, okt | november, nov | detsember, dets"
    ),
    "he": (
        "ינואר, בינואר, ינו, בינו | פברואר, בפברואר, פבר, בפבר | מרץ, במרץ | אפריל, באפריל, אפר, באפר | מאי, במאי "
        "| יוני, ביוני | יולי, ביולי | אוגוסט, באוגוסט, אוג, באוג | ספטמבר, בספטמבר, ספט, בספט | אוקטובר, "
        "באוקטובר, אוק, באוק | נובמבר, בנובמבר, נוב, בנוב | דצמבר, בדצמבר, דצמ, בדצמ"
    ),
    "th": (
        "มกราคม, มค | กุมภาพันธ์, กพ | มีนาคม, มีค | เมษายน, เมย | พฤษภาคม, พค | มิถุนายน, มิย | กรกฎาคม, กค | "
        "สิงหาคม, สค | กันยายน, กย | ตุลาคม, ตค | พฤศจิกายน, พย | ธันวาคม, ธค"
    ),
    "bn": (
        "জানুয়ারি, জানু | ফেব্রুয়ারি, ফেব | মার্চ | এপ্রিল, এপ্রি | মে | জুন | জুলাই, জুল | আগস্ট, আগ | "
        "সেপ্টেম্বর, সেপ, সেপ্ট | অক্টোবর, অক্টো | নভেম্বর, নভে | ডিসেম্বর, ডিসে"
    ),
    "sw": (
        "januari, jan | februari, feb | machi, mac | aprili, apr | mei | juni, jun | julai, jul | agosti, ago | "
        "septemba, sep | oktoba, okt | novemba, nov | desemba, des"
    ),
    "is": (
        "januar, jan | februar, feb | mars, mar | april, apr | mai | juni, jun | juli, jul | agust, agu | "
        "september, sep | oktober, okt | november, nov | desember, des"
    ),
    "gl": (
        "xaneiro, xan | febreiro, feb | marzo, mar | abril, abr | maio | xuno | xullo, xul | agosto, ago | "
        "setembro, set | outubro, out | novembro, nov | decembro, dec"
    ),
    "eu": (
        "urtarrila, urt | otsaila, ots | martxoa, mar | apirila, api | maiatza, mai | ekaina, eka | uztaila, uzt "
        "| abuztua, abu | iraila, ira | urria, urr | azaroa, aza | abendua, abe"
    ),
    "sr": (
        "јануар, јан | фебруар, феб | март, мар | април, апр | мај | јун | јул | август, авг | септембар, сеп | "
        "октобар, окт | новембар, нов | децембар, дец"
    ),
    "mk": (
        "јануари, јан | февруари, фев | март, мар | април, апр | мај | јуни, јун | јули, јул | август, авг | "
        "септември, сеп | октомври, окт | ноември, ное | декември, дек"
    ),
    "ur": "جنوری | فروری | مارچ | اپریل | مئی | جون | جولائی | اگست | ستمبر | اکتوبر | نومبر | دسمبر",
    "sq": (
        "janar, jan | shkurt, shk | mars, mar | prill, pri | maj | qershor, qer | korrik, korr | gusht, gush | "
        "shtator, sht | tetor, tet | nentor, nen | dhjetor, dhj"
    ),
    "ms": (
        "januari, jan | februari, feb | mac | april, apr | mei | jun | julai, jul | ogos, ogo | september, sep | "
        "oktober, okt | november, nov | disember, dis"
    ),
}  # fmt: skip

# By language: Monday to Sunday.
_WEEKDAYS: Final = {
    "en": (
        "monday, mon | tuesday, tue, tues | wednesday, wed, weds | thursday, thu, thur, thurs | friday, fri | "
        "saturday, sat | sunday, sun"
    ),
    "fr": "lundi, lun | mardi, mar | mercredi, mer | jeudi, jeu | vendredi, ven | samedi, sam | dimanche, dim",
    "de": (
        "montag, mo | dienstag, di | mittwoch, mi | donnerstag, do | freitag, fr | samstag, sa, sonnabend | "
        "sonntag, so"
    ),
    "es": "lunes, lun | martes, mar | miercoles, mie | jueves, jue | viernes, vie | sabado, sab | domingo, dom",
    "pt": (
        "segunda-feira, seg, segunda | terca-feira, ter, terca | quarta-feira, qua, quarta | quinta-feira, qui, "
        "quinta | sexta-feira, sex, sexta | sabado, sab | domingo, dom"
    ),
    "it": "lunedi, lun | martedi, mar | mercoledi, mer | giovedi, gio | venerdi, ven | sabato, sab | domenica, dom",
    "nl": "maandag, ma | dinsdag, di | woensdag, wo | donderdag, do | vrijdag, vr | zaterdag, za | zondag, zo",
    "ru": "понедельник, пн | вторник, вт | среда, ср | четверг, чт | пятница, пт | суббота, сб | воскресенье, вс",
    "uk": (
        "понеділок, пн | вівторок, вт | середа, ср | четвер, чт | п'ятниця, пт, п'ятниця, п'ятниця, птн | субота, "
        "сб | неділя, нд"
    ),
    "ar": "الاثنين, الإثنين | الثلاثاء | الأربعاء, الاربعاء | الخميس | الجمعة | السبت | الأحد",
    "zh": "星期一, 周一 | 星期二, 周二 | 星期三, 周三 | 星期四, 周四 | 星期五, 周五 | 星期六, 周六 | 星期日, 周日",
    "pl": "poniedziałek, pon | wtorek, wt | sroda, sr | czwartek, czw | piatek, pt | sobota, sob | niedziela, niedz",
    "tr": "pazartesi, pzt | sali, sal | carsamba, car | persembe, per | cuma, cum | cumartesi, cmt | pazar, paz",
    "sv": "mandag, man | tisdag, tis | onsdag, ons | torsdag, tors | fredag, fre | lordag, lor | sondag, son",
    "da": "mandag, man | tirsdag, tirs | onsdag, ons | torsdag, tors | fredag, fre | lørdag, lør | søndag, søn",
    "nb": "mandag, man | tirsdag, tir | onsdag, ons | torsdag, tor | fredag, fre | lørdag, lør | søndag, søn",
    "fi": (
        "maanantaina, ma, maanantai | tiistaina, ti, tiistai | keskiviikkona, ke, keskiviikko | torstaina, to, "
        "torstai | perjantaina, pe, perjantai | lauantaina, la, lauantai | sunnuntaina, su, sunnuntai"
    ),
    "cs": "pondeli, po | utery, ut | streda | ctvrtek, ct | patek, pa | sobota | nedele, ne",
    "el": "δευτερα, δευ | τριτη, τρι | τεταρτη, τετ | πεμπτη, πεμ | παρασκευη, παρ | σαββατο, σαβ | κυριακη, κυρ",
    "hu": "hetfo | kedd | szerda, sze | csutortok, cs | pentek | szombat, szo | vasarnap",
    "ro": "luni, lun | marti, mar | miercuri, mie | joi | vineri, vin | sambata, sam | duminica, dum",
    "id": "senin, sen | selasa, sel | rabu, rab | kamis, kam | jumat, jum, jum'at | sabtu, sab | minggu, min",
    "hi": "सोमवार, सोम | मंगलवार, मंगल | बुधवार, बुध | गुरुवार, गुरु | शुक्रवार, शुक्र | शनिवार, शनि | रविवार, रवि",
    "ca": "dilluns, dl | dimarts, dt | dimecres, dc | dijous, dj | divendres, dv | dissabte, ds | diumenge, dg",
    "bg": "понеделник, пн | вторник, вт | сряда, ср | четвъртък, чт | петък, пт | събота, сб | неделя, нд",
    "sk": "pondelok, po | utorok, ut | streda | stvrtok | piatok, pi | sobota | nedela, ne",
    "sl": "ponedeljek, pon | torek | sreda, sre | cetrtek, cet | petek, pet | sobota, sob | nedelja, ned",
    "lt": (
        "pirmadienis, pr | antradienis | treciadienis | ketvirtadienis, kt | penktadienis | sestadienis | "
        "sekmadienis"
    ),
    "lv": (
        "pirmdiena, pirmd | otrdiena, otrd | tresdiena, tresd | ceturtdiena, ceturtd | piektdiena, piektd | "
        "sestdiena, sestd | svetdiena, svetd"
    ),
    "et": "esmaspaev | teisipaev | kolmapaev | neljapaev | reede | laupaev | puhapaev",
    "he": (
        "שני, ב׳ | שלישי, ג׳ | רביעי, ד׳ | חמישי, ה׳ | שישי, ו׳ | "
        "שבת, שבת | ראשון, א׳"
    ),
    "th": (
        "วันจันทร์, จันทร์ | วันอังคาร, อังคาร | วันพุธ, พุธ | วันพฤหัสบดี, พฤหัส | วันศุกร์, ศุกร์ | วันเสาร์, "
        "เสาร์ | วันอาทิตย์, อาทิตย์"
    ),
    "bn": (
        "সোমবার, সোম | মঙ্গলবার, মঙ্গল | বুধবার, বুধ | বৃহস্পতিবার, বৃহস্পতি | শুক্রবার, শুক্র | শনিবার, শনি | "
        "রবিবার, রবি"
    ),
    "sw": "jumatatu | jumanne | jumatano | alhamisi | ijumaa | jumamosi | jumapili",
    "is": (
        "manudagur, man | þriðjudagur, þri | miðvikudagur, mið | fimmtudagur, fim | fostudagur, fos | "
        "laugardagur, lau | sunnudagur, sun"
    ),
    "gl": "luns | martes, mar | mercores, mer | xoves, xov | venres, ven | sabado, sab | domingo, dom",
    "eu": (
        "astelehena, al | asteartea, ar | asteazkena, az | osteguna, og | ostirala, or | larunbata, lr | igandea, "
        "ig"
    ),
    "sr": "понедељак, пон | уторак, уто | среда, сре | четвртак, чет | петак, пет | субота, суб | недеља, нед",
    "mk": "понеделник, пон | вторник, вто | среда, сре | четврток, чет | петок, пет | сабота, саб | недела, нед",
    "ur": "پیر | منگل | بدھ | جمعرات | جمعہ | ہفتہ | اتوار",
    "ms": "isnin, isn | selasa, sel | rabu, rab | khamis, kha | jumaat, jum | sabtu, sab | ahad, ahd",
    "ko": "월요일, 월 | 화요일, 화 | 수요일, 수 | 목요일, 목 | 금요일, 금 | 토요일, 토 | 일요일, 일",
    "ja": "月曜日, 月 | 火曜日, 火 | 水曜日, 水 | 木曜日, 木 | 金曜日, 金 | 土曜日, 土 | 日曜日, 日",
}  # fmt: skip

_FORENOON: Final = "am 오전 上午 午前 凌晨 早上 ص πμ öö дп dop पूर्वाह्न sa"
_AFTERNOON: Final = "pm 오후 下午 午後 晚上 م μμ ös пп odp अपराह्न ch"
# Words that stand in a date and say nothing: "on", "of", "at", "o'clock", "the year", "local time".
_FILLERS: Final = (
    "a ad alle an án as at ce oclock daylight standard summer d da dag dagen de del della den der di dia dien dnia do e el em en én feira g gada h heures hod horas "
    "hours hrs i il in jam kell kl klo klockan klokka klokken kloka l la las le local los lo m na no o of om on ore p pe pukul r rok roku "
    "saat st the time u uhr um uur v ve w à às г год года году р року рік ч час часов в у о об ο η στις στο του τις ώρα "
    "في يوم الساعة عام سنة م को बजे के बजकर יום בשעה ב ngày ngay năm nam lúc luc giờ gio t"
)

_NOT_PLAIN: Final = re.compile("[\u0300-\u036f.\u0970\u05f3'’ʼ\u200e\u200f]")


def plain_word(word: str) -> str:
    """The word without case, dots and apostrophes, and without the accents of European scripts."""
    if word.isascii():
        return word.lower().replace(".", "").replace("'", "")
    return _NOT_PLAIN.sub("", unicodedata.normalize("NFKD", word.casefold())).replace("ı", "i")


def month_named(word: str) -> int:
    """The number of the month of this name, from 1; 0 where it is none."""
    return _months().get(plain_word(word), 0)


def weekday_named(word: str) -> int:
    """The number of the day of the week of this name, from 1 for Monday; 0 where it is none."""
    return _weekdays().get(plain_word(word), 0)


def half_of_day(word: str) -> str:
    """Which half of the day a word says it is: "am", "pm" or, for any other word, ""."""
    return _halves().get(plain_word(word), "")


def is_filler(word: str) -> bool:
    """Whether the word says nothing where it stands in a date."""
    return plain_word(word) in _fillers()


@cache
def _months() -> Mapping[str, int]:
    return _numbered(_MONTHS)


@cache
def _weekdays() -> Mapping[str, int]:
    return _numbered(_WEEKDAYS)


@cache
def _halves() -> Mapping[str, str]:
    halves = {plain_word(word): "am" for word in _FORENOON.split()}
    return halves | {plain_word(word): "pm" for word in _AFTERNOON.split()}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(map(plain_word, _FILLERS.split()))


def _numbered(languages: Mapping[str, str]) -> Mapping[str, int]:
    # The tables are read when the first date with a word in it is: most have none.
    return {
        plain_word(name): number
        for row in languages.values()
        for number, names in enumerate(row.split("|"), 1)
        for name in names.strip().split(", ")
    }
