from __future__ import annotations

from importlib.resources import files

import pytest

from searchlib.sources.web_pages.furniture import is_furniture, is_teaser_heading

LISTS = files("searchlib.sources.web_pages.page_words").joinpath("lines")

FURNITURE = {
    "en": ["Read more: Why flour ran out", "Subscribe to continue", "Already a subscriber? Log in", "AI summary"],
    "de": [
        "Lesen Sie auch: Warum das Mehl ausging",
        "Auch interessant",
        "Externer Inhalt nicht verfügbar",
        "Foto: dpa",
    ],
    "fr": [
        "À lire aussi : Pourquoi la farine manque",
        "Article réservé aux abonnés",
        "Les plus lus",
        "Crédit photo : AFP",
    ],
    "es": [
        "Lee también: Por qué falta harina",
        "Solo para suscriptores",
        "Lo más leído",
        "Suscríbete a nuestra newsletter",
    ],
    "pt": [
        "Leia também: Por que falta farinha",
        "Você pode gostar...",
        "Continua após a publicidade",
        "Foto: Divulgação",
    ],
    "it": ["Leggi anche: Perché manca la farina", "I più letti", "Riproduzione riservata", "Sei già abbonato? Accedi"],
    "nl": [
        "Lees ook: Waarom het meel op is",
        "Meest gelezen",
        "Alleen voor abonnees",
        "Tekst gaat verder onder de foto",
    ],
    "sv": ["Läs även: Därför tog mjölet slut", "Mest läst", "Artikeln fortsätter under annonsen", "Foto: TT"],
    "no": ["Les også: Derfor tok melet slutt", "LES MER", "Artikkelen fortsetter under annonsen", "Foto: NTB"],
    "da": ["Læs også: Derfor slap melet op", "Mest læste", "Allerede abonnent? Log ind", "Foto: Ritzau"],
    "fi": ["Lue myös: Miksi jauhot loppuivat", "Luetuimmat", "Juttu jatkuu mainoksen jälkeen", "Kuva: Lehtikuva"],
    "pl": [
        "Czytaj więcej: Dlaczego zabrakło mąki",
        "Czytaj więcej",
        "Masz już konto? Zaloguj się",
        "Fot. PAP".replace(".", ":"),
    ],
    "cs": ["Čtěte také: Proč došla mouka", "Nejčtenější", "Článek pokračuje pod reklamou", "Foto: ČTK"],
    "hu": ["Olvasd el ezt is: Miért fogyott el a liszt", "Legolvasottabb", "Hirdetés", "Fotó: MTI"],
    "ro": ["Citește și: De ce lipsește făina", "Cele mai citite", "Ești deja abonat?", "Foto: Agerpres"],
    "ru": ["Читайте также: Почему нет муки", "Материалы по теме", "Подпишитесь на наш канал", "Фото: ТАСС"],
    "uk": ["Читайте також: Чому немає борошна", "Популярні новини", "Підписуйтесь на наш канал", "Фото: УНІАН"],
    "bg": ["Прочетете още: Защо няма брашно", "Най-четени", "Реклама", "Снимка: БТА"],
    "el": ["Διαβάστε επίσης: Γιατί λείπει το αλεύρι", "Σχετικά άρθρα", "Διαφήμιση", "Φωτογραφία: ΑΠΕ"],
    "tr": ["İlgili haber: Un neden bitti", "En çok okunanlar", "Zaten abone misiniz?", "Fotoğraf: AA"],
    "ar": ["اقرأ أيضا: لماذا نفد الدقيق", "الأكثر قراءة", "إعلان", "الصورة: رويترز"],
    "he": ["קראו גם: למה נגמר הקמח", "הנקראות ביותר", "פרסומת", "צילום: רויטרס"],
    "fa": ["بیشتر بخوانید: چرا آرد تمام شد", "مطالب مرتبط", "تبلیغات", "عکس: ایرنا"],
    "hi": ["यह भी पढ़ें: आटा क्यों खत्म हुआ", "संबंधित खबरें", "विज्ञापन", "फोटो: पीटीआई"],
    "bn": ["আরও পড়ুন: আটা কেন ফুরাল", "সর্বাধিক পঠিত", "বিজ্ঞাপন", "ছবি: রয়টার্স"],
    "id": [
        "Baca juga: Mengapa tepung habis",
        "Berita Terkait",
        "Gulir ke bawah untuk melanjutkan membaca",
        "Foto: Antara",
    ],
    "vi": ["Xem thêm: Vì sao hết bột mì", "Tin liên quan", "Quảng cáo", "Ảnh: TTXVN"],
    "th": ["อ่านเพิ่มเติม: ทำไมแป้งหมด", "ข่าวที่เกี่ยวข้อง", "โฆษณา", "ภาพ: รอยเตอร์"],
    "zh": ["相关阅读：面粉为何售罄", "延伸閱讀", "会员专享", "图片来源：新华社"],
    "ja": ["関連記事：小麦粉はなぜ消えたか", "この記事は会員限定です。", "あわせて読みたい", "写真：共同"],
    "ko": ["관련기사: 밀가루는 왜 떨어졌나", "많이 본 뉴스", "무단전재 및 재배포 금지", "사진: 연합뉴스"],
    "sq": ["Lexo edhe: Pse mungon mielli", "Lexoni edhe"],
    "az": ["Həmçinin oxuyun: Un niyə bitdi"],
    "kk": ["Сондай-ақ оқыңыз: Ұн неге бітті"],
    "uz": ["Shuningdek oʻqing: Un nega tugadi"],
    "be": ["Чытайце таксама: Чаму няма мукі"],
    "mk": ["Прочитајте и: Зошто нема брашно"],
    "cy": ["Darllenwch hefyd: Pam nad oes blawd"],
    "ga": ["Léigh freisin: Cén fáth nach bhfuil plúr ann"],
    "gl": ["Ler tamén: Por que falta fariña"],
    "eu": ["Irakurri ere: Zergatik falta den irina"],
    "mr": ["हेही वाचा: पीठ का संपले"],
    "gu": ["આ પણ વાંચો: લોટ કેમ ખૂટ્યો"],
    "pa": ["ਇਹ ਵੀ ਪੜ੍ਹੋ: ਆਟਾ ਕਿਉਂ ਮੁੱਕਿਆ"],
    "te": ["ఇది కూడా చదవండి: పిండి ఎందుకు అయిపోయింది"],
    "ml": ["ഇതും വായിക്കുക: മാവ് തീർന്നത് എന്തുകൊണ്ട്"],
    "kn": ["ಇದನ್ನೂ ಓದಿ: ಹಿಟ್ಟು ಏಕೆ ಮುಗಿಯಿತು"],
    "ne": ["यो पनि पढ्नुहोस्: पिठो किन सकियो"],
    "si": ["තවත් කියවන්න: පිටි අවසන් වූයේ ඇයි"],
    "my": ["ဆက်လက်ဖတ်ရှုရန်: ဂျုံမှုန့် ဘာကြောင့်ကုန်"],
    "km": ["អានបន្ថែម៖ ហេតុអ្វីម្សៅអស់"],
    "lo": ["ອ່ານເພີ່ມເຕີມ: ເປັນຫຍັງແປ້ງໝົດ"],
    "tl": ["Basahin din: Bakit naubos ang harina"],
    "so": ["Sidoo kale akhri: Sababta burku u dhammaaday"],
    "ha": ["Karanta kuma: Me ya sa gari ya kare"],
    "mn": ["Мөн уншаарай: Гурил яагаад дууссан бэ"],
}

SENTENCES = {
    "en": [
        "Read more books, the minister told the pupils.",
        "“We need your support,” she said.",
        "Subscribe to nothing you cannot read, the court told consumers on Tuesday.",
        "Image: that is what the party has lost most of all.",
        "The advertisement ran for nine months.",
        "More than 200 people were on the boat.",
    ],
    "de": [
        "Lesen Sie den Vertrag, riet die Verbraucherzentrale.",
        "Sie wollen die Fähre behalten, koste es, was es wolle.",
        "Melden Sie sich bei der Polizei in Norhaven, bat ein Sprecher.",
        "Das Foto: Es zeigt eine leere Fähre.",
    ],
    "fr": [
        "Pour accéder à l'île, il faut un bateau.",
        "Il vous reste trois jours pour voter.",
        "La photo : un quai vide.",
    ],
    "es": [
        "Sigue a la espera de un barco.",
        "Lee un libro al día, dice la alcaldesa.",
        "Además: el barco sale a las seis.",
    ],
    "it": ["Abbonati a quota ventimila per la squadra dell'isola.", "Registrati per la prima volta 30 gradi."],
    "no": ["Les også det med liten skrift, sier rådgiveren.", "Del av ferja ble reddet."],
    "pl": ["Czytaj umowę, radzi prawnik.", "Reklama dźwignią handlu, mówi stare powiedzenie."],
    "ru": ["Ранее паром ходил каждый день.", "Читайте договор, советует юрист."],
    "ar": ["اشترك في الحوار مئتا شخص.", "قال الوزير إن السفينة أبحرت."],
    "hi": ["पढ़ें और समझें, मंत्री ने कहा।", "नौका फिर चली।"],
    "ja": ["残り5分で同点に追いついた。", "写真は三年前に撮られた。"],
    "zh": ["未经授权的船只不得入港。", "广告持续了九个月。"],
    "ko": ["카카오톡 장애가 두 시간 이어졌다.", "사진은 3년 전에 찍혔다."],
}


@pytest.mark.parametrize(("language", "line"), [(code, line) for code, lines in FURNITURE.items() for line in lines])
def test_lines_of_pages_are_known_in_many_languages(language: str, line: str) -> None:
    assert is_furniture(line), language


@pytest.mark.parametrize(("language", "line"), [(code, line) for code, lines in SENTENCES.items() for line in lines])
def test_sentences_of_articles_stay(language: str, line: str) -> None:
    assert not is_furniture(line), language


def test_a_line_is_known_in_any_case_and_between_signs() -> None:
    assert all(map(is_furniture, ["LES OGSÅ →", "» Les også «", "les også", "• Les  også:"]))


def test_a_pointer_names_a_headline_and_a_sentence_behind_the_same_words_stays() -> None:
    assert is_furniture("Czytaj także: Prom znów pływa")
    assert not is_furniture("Czytaj także: prom wypłynął we wtorek, a na wyspach tańczono do północy.")


def test_a_long_line_is_never_furniture() -> None:
    assert not is_furniture("Les også: " + "fergen går igjen " * 30)


@pytest.mark.parametrize("heading", ["Mest lest", "Les plus lus", "関連記事", "Related articles", "Самое читаемое"])
def test_headings_of_lists_of_other_articles_are_known(heading: str) -> None:
    assert is_teaser_heading(heading)


def test_every_list_has_sections_that_are_known_and_entries_of_a_few_words() -> None:
    lists = [path for path in LISTS.iterdir() if path.name.endswith(".txt")]
    sections = {"teaser", "heading", "line", "start", "credit", "consent", "error", "login", "search"}

    assert len(lists) >= 40
    for path in lists:
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        assert {line.strip("[]") for line in lines if line.startswith("[")} <= sections, path.name
        assert all(len(line) <= 120 and line == line.strip() for line in lines), path.name
        assert any(character.isalpha() for line in lines for character in line), path.name
