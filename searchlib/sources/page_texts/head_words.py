"""What news sites print beside dates and around the text, in the languages that news comes in: a table, no rules.

Each row is the alternatives of one language, to be used in a pattern without regard to case. What heads other articles
or asks to subscribe is in `furniture`; names of months and days are in `article.date_names`.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "AGO",
    "CAPTION_WORDS",
    "CLOSING",
    "CLOSING_INSIDE",
    "COMMENTS",
    "LISTEN",
    "MENU",
    "MINUTES",
    "PUBLISHED",
    "READING_TIME",
    "RELATED",
    "SECTIONS",
    "SOURCE_LABELS",
    "TAG_HEADINGS",
    "UPDATED",
    "one_of",
]

#: What stands before the date of publication.
PUBLISHED: Final = {
    "en": r"(?:first |originally )?(?:published|posted|created|issued|filed|uploaded|added|date)(?: (?:online|date|time))?",
    "de": r"(?:erstmals )?veröffentlicht|erstellt|erschienen|publiziert",
    "fr": r"publiée?|mise? en ligne|postée?|parue?|date de publication",
    "es": r"publicad[oa]|fecha de publicación|creado",
    "pt": r"postad[oa]|data de publicação|criado em",
    "it": r"pubblicat[oa]|data pubblicazione",
    "nl": r"gepubliceerd|geplaatst",
    "sv": r"publicerad|publicerat|publicerades",
    "da": r"udgivet|offentliggjort|publiceret",
    "nb": r"publisert",
    "fi": r"julkaistu",
    "pl": r"opublikowan[oaey]|data publikacji|publikacja|dodano|utworzono",
    "cs": r"publikováno|vydáno|vloženo|zveřejněno|publikované|zverejnené",
    "hu": r"megjelent|közzétéve|publikálva|létrehozva",
    "ro": r"publicat|data publicării",
    "bg": r"публикувана?|публикувано|објављено|objavljeno",
    "ru": r"опубликован[оаы]?|дата публикации|размещено|создано",
    "uk": r"опубліковано|дата публікації",
    "tr": r"yayınlanma(?: tarihi)?|yayınlandı|oluşturulma(?: tarihi)?|giriş(?: tarihi)?|eklenme(?: tarihi)?",
    "el": r"δημοσιεύτηκε|δημοσιεύθηκε|δημοσίευση",
    "ar": r"ن[ُ]?شر(?:ت)?(?: في| بتاريخ)?|تاريخ النشر|تم النشر",
    "he": r"פורסם(?: ב)?",
    "fa": r"تاریخ انتشار|منتشر شده|تاریخ اشاعت|شائع شدہ",
    "hi": r"प्रकाशित|पब्लिश्ड|प्रकाशन तिथि",
    "bn": r"প্রকাশিত|প্রকাশ|আপলোড",
    "zh": r"发布时间|发布于|发布|發布時間|發布|发表于|发表时间|发表|發表|时间|時間|日期",
    "ja": r"公開日時|公開日|公開|掲載日|掲載|配信|投稿日",
    "ko": r"입력|송고시간|송고일시|송고|등록|작성|승인|발행일?|게시",
    "id": r"diterbitkan|dipublikasikan|terbit|tayang|disiarkan",
    "vi": r"đăng lúc|xuất bản|ngày đăng",
    "th": r"เผยแพร่|โพสต์",
    "sw": r"imechapishwa",
}
#: What stands before the date of the last change.
UPDATED: Final = {
    "en": r"(?:last |latest )?(?:updated?|modified|revised|edited)(?: (?:on|date|time))?|last update",
    "de": r"(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)|stand|aktualisierung",
    "fr": r"mise? à jour|modifiée?|actualisée?|màj|maj|dernière mise à jour",
    "es": r"(?:última )?actualizaci[óo]n|actualizad[oa]|modificad[oa]",
    "pt": r"(?:última )?atualização|atualizad[oa]",
    "it": r"(?:ultimo )?aggiornamento|aggiornat[oa]|(?:ultima )?modifica",
    "nl": r"bijgewerkt|gewijzigd|aangepast|laatste update",
    "sv": r"(?:senast )?(?:uppdaterad|uppdaterat|ändrad)",
    "da": r"(?:sidst |senest )?(?:opdateret|ændret)",
    "nb": r"(?:sist )?(?:oppdatert|endret)",
    "fi": r"päivitetty|muokattu",
    "pl": r"(?:ostatnia )?aktualizacja|zaktualizowan[oaey]|zmieniono",
    "cs": r"aktualizováno|upraveno|aktualizované",
    "hu": r"frissítve|frissült|módosítva|utolsó frissítés",
    "ro": r"actualizat|ultima actualizare",
    "bg": r"обновена?|ажурирано|ažurirano",
    "ru": r"обновлен[оаы]?|обновлён|изменено|дата обновления",
    "uk": r"оновлен[оа]?|змінено",
    "tr": r"(?:son )?güncelleme(?: tarihi)?|güncellendi",
    "el": r"(?:τελευταία )?ενημέρωση|ενημερώθηκε",
    "ar": r"آخر تحديث|تحديث|حُدّ?ث(?: في)?",
    "he": r"עודכן(?: ב)?",
    "fa": r"آخرین (?:به‌روزرسانی|بروزرسانی)|به‌روزرسانی|اپ ڈیٹ",
    "hi": r"अपडेटेड|अपडेट|अद्यतन|संशोधित",
    "bn": r"আপডেট|হালনাগাদ",
    "zh": r"更新时间|更新時間|更新于|最后更新|最後更新|更新",
    "ja": r"更新日時|更新日|最終更新日?",
    "ko": r"최종수정|수정|업데이트",
    "id": r"diperbarui|pembaruan|diupdate",
    "vi": r"cập nhật(?: lúc)?",
    "th": r"อัปเดต|ปรับปรุงล่าสุด",
}
_COUNT: Final = r"(?:\d+\+?|an?|one|ein(?:e[rmn]?)?|une?|una|um|uma|ett|en|et)"
#: A time that is counted back from when the page was looked at.
AGO: Final = {
    "en": rf"{_COUNT}\s?(?:s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ou)?rs?|h|d(?:ays?)?|w(?:ee)?ks?|months?|years?) ago|yesterday|today|just now",
    "de": rf"vor {_COUNT} (?:sekunden?|min(?:uten?|\.)?|stunden?|std\.?|tag(?:en)?|wochen?)|gestern|heute",
    "fr": rf"il y a {_COUNT}\s?(?:secondes?|min(?:utes?)?|heures?|h|jours?|semaines?)|hier|aujourd['’]hui",
    "es": rf"hace {_COUNT} (?:segundos?|min(?:utos?)?|horas?|días?|semanas?)|ayer|hoy",
    "pt": rf"há {_COUNT} (?:segundos?|min(?:utos?)?|horas?|dias?|semanas?)|ontem|hoje",
    "it": rf"{_COUNT} (?:secondi|minut[oi]|or[ae]|giorn[oi]|settiman[ae]) fa|ieri|oggi",
    "nl": rf"{_COUNT} (?:seconden?|min(?:uten|uut)?|uur|dag(?:en)?|weken?) geleden|gisteren|vandaag",
    "sv": rf"för {_COUNT} (?:sekunder|minut(?:er)?|timm(?:e|ar)|dag(?:ar)?) sedan|i ?går|i ?dag",
    "da": rf"for {_COUNT} (?:sekunder|minut(?:ter)?|timer?|dag(?:e|er)?) sid(?:en|an)",
    "fi": r"\d+ (?:minuuttia|tuntia|päivää) sitten|eilen|tänään",
    "pl": r"\d+ (?:minut[ęy]?|godzin[ęy]?|dni|dzień) temu|wczoraj|dzisiaj|dziś",
    "cs": r"před \d+ (?:minutami|hodinami|dny)|včera|dnes",
    "hu": r"\d+ (?:perce|órája|napja)|tegnap|ma",
    "ro": r"acum \d+ (?:minute|ore|zile)|ieri|astăzi|azi",
    "ru": r"\d+ (?:секунд[уы]?|минут[уы]?|час(?:а|ов)?|д(?:ень|ня|ней)) назад|вчера|сегодня",
    "uk": r"\d+ (?:хвилин[уи]?|годин[уи]?|д(?:ень|ні|нів)) тому|вчора|сьогодні",
    "tr": r"\d+ (?:saniye|dakika|saat|gün) önce|dün|bugün",
    "el": r"πριν (?:από )?\d+ (?:λεπτά|ώρες|ημέρες)|χθες|σήμερα",
    "ar": r"(?:منذ|قبل) (?:\d+ )?(?:دقائق|دقيقة|ساعات|ساعة|ساعتين|أيام|يوم|يومين)",
    "he": r"לפני (?:\d+ )?(?:דקות|שעות|שעה|ימים)",
    "hi": r"\d+ (?:मिनट|घंटे|घंटा|दिन) (?:पहले|ago)",
    "zh": r"\d+\s?(?:秒|分钟|分鐘|小时|小時|天)之?前|昨天|今天|昨日|今日",
    "ja": r"\d+\s?(?:分|時間|日)前",
    "ko": r"\d+\s?(?:분|시간|일) ?전",
    "id": r"\d+ (?:menit|jam|hari) (?:yang )?lalu|kemarin",
    "vi": r"\d+ (?:phút|giờ|ngày) trước|hôm qua|hôm nay",
    "th": r"\d+ (?:นาที|ชั่วโมง|วัน)(?:ที่แล้ว|ก่อน)",
}
#: A minute, as reading times have it.
MINUTES: Final = r"min(?:\.|s|ut\w*)?|мин(?:\.|ут\w*)?|хв(?:\.|илин\w*)?|dk|dakika|دقائق|دقيقة|דקות|मिनट|分钟|分鐘|分|분|phút|menit|perc|λεπτ\w*"
#: What says that a number of minutes is how long it takes to read, or to listen.
READING_TIME: Final = {
    "en": r"read(?:ing)?(?: time)?|listen",
    "de": r"lesezeit|lesedauer|zum lesen|min\. lesen",
    "fr": r"(?:temps )?de lecture|lecture",
    "es": r"(?:tiempo )?de lectura|lectura",
    "pt": r"(?:tempo )?de leitura|leitura",
    "it": r"(?:tempo )?di lettura|lettura",
    "nl": r"leestijd|lezen",
    "sv": r"lästid|läsning|læsetid|lesetid|lukuaika",
    "pl": r"przeczytasz|czytania|czytanie",
    "cs": r"čtení|doba čtení",
    "ru": r"чтения|на чтение|читать|читання",
    "tr": r"okuma(?: süresi)?",
    "el": r"ανάγνωση\w*",
    "ar": r"قراءة|للقراءة",
    "hi": r"पढ़ने",
    "zh": r"阅读|閱讀|読了|読む|読み",
    "ko": r"읽는|소요",
    "vi": r"đọc|membaca|baca",
}
#: The button that has the article read out.
LISTEN: Final = {
    "en": r"listen(?: to (?:this |the )?(?:article|story))?|play audio|audio",
    "de": r"artikel (?:zum )?(?:hören|anhören)|(?:artikel )?anhören|vorlesen(?: lassen)?",
    "fr": r"écouter(?: (?:cet |l['’])article)?",
    "es": r"escuchar?(?: (?:nota|este artículo|la noticia|artículo))?|escucha",
    "pt": r"ouvir(?: (?:notícia|este artigo|artigo))?|ouça(?: este (?:conteúdo|artigo))?",
    "it": r"ascolta(?: l['’]articolo)?",
    "nl": r"luister(?: naar (?:dit )?artikel)?",
    "sv": r"lyssna(?: på (?:artikeln|artikel))?|lyt(?: til (?:artiklen|artikel))?|lytt(?: til saken)?|kuuntele",
    "pl": r"posłuchaj(?: artykułu)?|odsłuchaj(?: artykuł)?",
    "ru": r"(?:послушать|слушать|прослушать)(?: (?:статью|новость))?|слухати",
    "tr": r"(?:haberi )?dinle",
    "ar": r"استمع(?: (?:للمقال|إلى المقال|للخبر))?",
    "hi": r"सुनें|खबर सुनें",
    "zh": r"听新闻|聽新聞|朗读|語音播報",
    "ja": r"(?:記事を)?聞く|読み上げ",
    "ko": r"(?:기사 )?(?:듣기|읽어주기)|본문 듣기",
    "vi": r"nghe(?: (?:đọc báo|bài viết))?",
}
#: What begins the line of a picture, or credits it, before a colon, a bar or a stroke.
CAPTION_WORDS: Final = (
    r"photos?|pictures?|pics?|images?|photographs?|credits?|file|illustrations?|captions?|image caption|image source|gallery|video|graphic"
    r"|fotos?|bild(?:er)?|foto(?:grafie)?|quelle|grafik|photographie|crédits?|légende|imagen|crédito|fuente|imagem|reprodução|immagine"
    r"|fotó|kuva|kép|zdjęcie|fot\.|обложка|фото|изображение|иллюстрация|fotoğraf|φωτο(?:γραφία)?|الصورة|صورة|تصوير|फोटो|तस्वीर|图片?|圖片?|写真|画像|사진|ảnh"
)
#: What heads the words that an article is filed under: with a colon and the words, or alone, the words below.
TAG_HEADINGS: Final = {
    "en": r"tags?|tagged|(?:related |more )?topics?|keywords?|filed under|explore more on these topics|more on(?: this topic)?",
    "de": r"themen|schlagw(?:o|ö)rter|stichw(?:o|ö)rter",
    "fr": r"mots-clés|sujets|thèmes|sur le même thème|thématiques",
    "es": r"etiquetas|temas(?: relacionados)?|archivado en|más sobre",
    "pt": r"tópicos|assuntos|palavras-chave|marcadores",
    "it": r"argomenti|tag|temi",
    "nl": r"onderwerpen|trefwoorden",
    "sv": r"ämnen|taggar|emner|emneord|nøgleord|avainsanat|aiheet",
    "pl": r"tematy|tagi|słowa kluczowe",
    "cs": r"témata|štítky|klíčová slova|címkék|etichete",
    "ru": r"теги|тэги|метки|темы|ключевые слова",
    "uk": r"теми|мітки",
    "tr": r"etiketler|anahtar kelimeler",
    "el": r"ετικέτες|θέματα",
    "ar": r"الكلمات المفتاحية|وسوم|الوسوم|كلمات دلالية|موضوعات",
    "hi": r"टैग्स?|विषय",
    "zh": r"标签|標籤|关键词|關鍵詞|关键字|關鍵字",
    "ja": r"タグ|キーワード|トピックス",
    "ko": r"태그|키워드|관련 ?태그",
    "vi": r"từ khóa|chủ đề|topik|tag terkait",
}
#: Names of sections. In a breadcrumb, or alone above a headline, one says where the article stands.
SECTIONS: Final = {
    "en": (
        r"world|international|global|asia|europe|africa|(?:the )?americas|middle east|us|u\.s\.|uk|u\.k\.|eu|china|india"
        r"|singapore|australia|russia|national|nation|local|regional|metro|city|country|region|politics|government"
        r"|elections?(?: \d{4})?|policy|law|courts|crime|defence|defense|security|business|economy|economics|markets|finance"
        r"|money|companies|industry|jobs|property|real estate|energy|transport|aviation|motoring|cars|technology"
        r"|tech|science|space|health|medicine|environment|climate|weather|education|society|religion|agriculture"
        r"|food|travel|lifestyle|life|culture|arts|art|entertainment|music|film|movies|tv|television|books|media"
        r"|style|fashion|celebrity|sports?|football|soccer|cricket|tennis|opinions?|comment|commentary"
        r"|editorials?|analysis|letters|features|obituaries|people|magazine|weekend|sustainability|investigations?"
    ),
    "de": (
        r"welt|ausland|inland|politik|wirtschaft|panorama|gesellschaft|kultur|wissen|wissenschaft|gesundheit|reise|finanzen"
        r"|meinung|technik|digital|netzwelt|feuilleton|lokales|unternehmen|vermischtes|medien|karriere|umwelt|deutschland"
    ),
    "fr": (
        r"monde|france|politique|économie|société|sciences|santé|planète|idées|débats|faits[- ]divers|environnement|médias"
        r"|éducation|justice|régions?|high-tech|cinéma|livres|voyage|emploi|immobilier"
    ),
    "es": (
        r"mundo|internacional|españa|política|economía|deportes|cultura|sociedad|ciencia|tecnología|salud|opinión|sucesos"
        r"|medio ambiente|espectáculos|negocios|educación|gente|argentina|méxico|colombia"
    ),
    "pt": r"brasil|economia|esportes?|ciência|saúde|política|sociedade|tecnologia|opinião|cotidiano|ambiente|desporto|negócios",
    "it": r"mondo|esteri|cronac[ahe]+|politica|scienza|salute|spettacoli|sport|motori|ambiente|interni|tecnologia|società",
    "nl": r"buitenland|binnenland|economie|wetenschap|gezondheid|cultuur|politiek|samenleving|regio|opinie|tech",
    "sv": r"inrikes|utrikes|sverige|världen|ekonomi|nöje|kultur|politik|lokalt|debatt|ledare|hälsa|vetenskap",
    "da": r"indland|udland|politik|økonomi|penge|viden|kultur|samfund|debat|innenriks|utenriks|norge|verden",
    "fi": r"kotimaa|ulkomaat|politiikka|talous|urheilu|kulttuuri|tiede|terveys",
    "pl": r"kraj|świat|polityka|gospodarka|biznes|nauka|zdrowie|kultura|społeczeństwo|opinie|polska|technologie",
    "cs": r"domácí|zahraničí|zahraniční|ekonomika|kultura|věda|slovensko|krimi|belföld|külföld|gazdaság|kultúra",
    "ru": (
        r"россия|(?:в )?мире?|политика|экономика|общество|происшествия|спорт|культура|наука|технологии|бизнес|здоровье"
        r"|бывший ссср|силовые структуры|регионы|финансы|интернет и сми|мнения"
    ),
    "uk": r"україна|світ|політика|економіка|суспільство|події|культура|наука|здоров['’]я|війна",
    "tr": r"(?:gündem|dünya|türkiye|ekonomi|siyaset|spor|kültür(?:-sanat)?|sağlık|teknoloji|yaşam|magazin|eğitim)(?: haberleri)?",
    "el": r"πολιτική|οικονομία|κόσμος|ελλάδα|αθλητισμός|πολιτισμός|κοινωνία|υγεία",
    "ar": r"سياسة|اقتصاد|رياضة|ثقافة|علوم|تكنولوجيا|صحة|بيئة|العالم|العالم العربي|الشرق الأوسط|مجتمع|منوعات|عربي|دولي",
    "he": r"חדשות|פוליטיקה|כלכלה|ספורט|תרבות|בעולם|בארץ",
    "fa": r"سیاسی|اقتصادی|ورزشی|جهان|پاکستان|دنیا|کھیل",
    "hi": r"राष्ट्रीय|देश|दुनिया|विदेश|भारत|राजनीति|राज्य|बिजनेस|खेल|मनोरंजन|शिक्षा|विज्ञान|क्राइम|अंतरराष्ट्रीय",
    "zh": (
        r"时政|時政|国内|國內|国际|國際|社会|社會|财经|財經|经济|經濟|科技|体育|體育|文化|娱乐|娛樂|军事|軍事|教育|健康|公司|产业|地方|港澳台|两岸|評論|评论"
    ),
    "ja": r"政治|経済|国際|スポーツ|地域|科学|文化|芸能|暮らし|医療|生活|気象・災害|国内|海外|事件|ビジネス|テクノロジー",
    "ko": r"정치|경제|사회|국제|세계|문화|스포츠|연예|산업|전국|지역|북한|생활|과학|오피니언|건강|증권|부동산",
    "id": r"nasional|internasional|ekonomi|olahraga|hukum|politik|dunia|bisnis|budaya",
    "vi": r"thời sự|thế giới|kinh doanh|kinh tế|thể thao|giải trí|pháp luật|giáo dục|sức khỏe|khoa học|đời sống|xã hội",
    "th": r"การเมือง|เศรษฐกิจ|ต่างประเทศ|กีฬา|สังคม|อาชญากรรม",
}

#: What heads other articles where `furniture` knows no word for it.
RELATED: Final = {
    "en": r"more on this story|top stories|read next|most viewed|explore more|what we['’]re reading|more from .{1,40}|in other news",
    "de": r"mehr zum thema|lesen sie mehr zum thema|auch interessant|weitere themen|zur .{1,40}startseite",
    "fr": r"à voir (?:également|aussi).{0,80}|dans la même rubrique|nos articles",
    "es": r"más información|más en .{1,30}|últimas noticias|te recomendamos|lo más (?:visto|leído)",
    "pt": r"veja também|leia também|mais lidas|saiba mais",
    "it": r"da non perdere|leggi anche|potrebbe interessarti|ultime notizie|i più letti",
    "nl": r"lees ook|meer over|meest gelezen",
    "sv": r"läs (?:mer|också|även)|mest läst|mer om|læs (?:også|mere)|mest læste|les også|mest lest|lue (?:myös|lisää)|luetuimmat",
    "pl": r"czytaj (?:także|też|również|więcej)|zobacz (?:także|też)|polecamy|najczęściej czytane",
    "cs": r"čtěte také|související(?: články)?|mohlo by vás zajímat|súvisiace|kapcsolódó|citește și",
    "ru": r"материалы по теме|читайте также|рекомендуем|последние новости|что думаешь\? оцени!?|похожие новости|обсудить",
    "uk": r"читайте також|також читайте|вас може зацікавити|останні новини",
    "tr": r"bakmadan geçme!?|ilgili haberler|haberle ilgili daha fazlası|öne çıkanlar|çok okunanlar",
    "el": r"διαβάστε (?:επίσης|ακόμη)|σχετικά άρθρα",
    "ar": r"مواضيع ذات صلة|حول هذه القصة|اقرأ أيضا.{0,3}|أخبار ذات صلة|الأكثر قراءة|المزيد من .{1,40}",
    "he": r"כתבות נוספות|קראו גם|עוד בנושא",
    "hi": r"(?:यह|ये) भी पढ़ें|संबंधित खबरें|ताजा खबरें",
    "zh": r"相关新闻|相關新聞|阅读下一篇|延伸阅读|延伸閱讀|热门推荐|推荐阅读|更多新闻",
    "ja": r"関連ニュース|関連記事|あわせて読みたい|おすすめ記事|アクセスランキング",
    "ko": r"관련 ?기사|많이 본 (?:뉴스|기사)|추천 ?기사|주요 ?뉴스|이 시각 (?:주요뉴스|헤드라인)",
    "id": r"baca juga|artikel terkait|berita terkait",
    "vi": r"tin liên quan|xem thêm|đọc thêm|trở lại .{1,30}|tin cùng chuyên mục",
}
#: What heads the comments of readers, which are none of the article.
COMMENTS: Final = {
    "en": r"\d+ (?:thoughts?|responses?|replies) (?:on|to)\b.{0,250}|join the (?:conversation|discussion)|leave a (?:reply|comment)",
    "de": r"diskutieren sie (?:mit|über diesen artikel)|leserkommentare|kommentare \(\d+\)|feedback",
    "fr": r"vos commentaires|commentaires|voir les (?:commentaires|contributions)|réagir|contribuer",
    "es": r"comentarios|deja (?:un|tu) comentario|normas\W*",
    "pt": r"comentários|deixe (?:um|seu) comentário",
    "it": r"commenti|leggi e commenta|lascia un commento",
    "nl": r"reacties|reageer|kommentarer|debattera|deltag i debatten",
    "pl": r"komentarze|skomentuj|dołącz do dyskusji",
    "ru": r"комментарии|комментировать|коментарі",
    "tr": r"yorumlar|yorum yap",
    "ar": r"التعليقات|أضف تعليقا?",
    "zh": r"评论|評論|网友评论|コメント|댓글|100자평",
}
#: What menus have beside the names of sections.
MENU: Final = {
    "en": (
        r"menu|more|search(?: .{1,40})?|sections?|sign (?:in|up)|log ?(?:in|out)|register|subscribe(?: .{1,20})?|my account|your account|account|live(?: tv)?"
        r"|watch|listen|videos?|audio|podcasts?|newsletters?|skip (?:to .{1,30}|links|navigation)|show navigation menu|close|open menu|more menu|accessibility help|games|crossword|e-?paper"
    ),
    "de": r"menü(?: öffnen)?|suche|anmelden|login|abo(?: .{1,20})?|abonnieren|zum inhalt(?: springen)?|merkliste|mein konto",
    "fr": r"se connecter|s['’]abonner|abonnez-vous|rechercher|recherche|aller au contenu|accéder au contenu.{0,20}|(?:en )?direct(?: (?:tv|radio))?|vidéos",
    "es": r"ir al contenido|iniciar sesión|suscr[ií]b(?:ete|ase|ite|irse)|buscar|en vivo|menú|selecciona|últimas noticias",
    "pt": r"assine|entrar|buscar|pular para o conteúdo|ao vivo",
    "it": r"cerca|accedi|abbonati|vai al contenuto|temi caldi|video",
    "nl": r"naar (?:hoofd)?inhoud|zoeken|inloggen|abonneer|live",
    "sv": r"till innehållet|meny|sök|logga in|prenumerera|spring til indhold|søg|log ind|køb abonnement|hopp til innhold|logg inn|valikko|haku",
    "pl": r"przejdź do treści|szukaj|zaloguj(?: się)?|prenumerata|přejít k obsahu|hledat|přihlásit|menü|keresés|belépés",
    "ru": r"поиск|войти|вход|подписаться|меню|главное|регистрация|пошук|увійти|підтримати",
    "tr": r"ara|giriş yap|abone ol|menü|canlı",
    "ar": r"القائمة|البث الحي|بحث|تسجيل الدخول|اشترك|تجاوز إلى المحتوى.{0,20}",
    "hi": r"लाइव टीवी|ई-पेपर|खोजें|लॉग इन|मेन्यू",
    "zh": r"登录|注册|搜索|登入|註冊|搜尋|菜单|更多",
    "ja": r"ログイン|検索|メニュー|会員登録|朝刊|夕刊|紙面ビューアー",
    "ko": r"로그인|검색|메뉴|회원가입|구독|본문 바로가기.{0,20}",
    "vi": r"tìm kiếm|đăng nhập|đăng ký|masuk|cari",
}
#: What names where a story is from, before a colon.
SOURCE_LABELS: Final = (
    r"sources?|quellen?|fuentes?|fontes?|bron|källa|kilder?|lähde|źródło|zdroj|forrás|sursa|источники?|джерел[оа]|kaynak|πηγή|المصدر|מקור|स्रोत|来源|來源"
    r"|出典|출처|sumber|nguồn|copyright|©|\(c\)"
)
#: Whole lines by which a house ends its text, or breaks it up.
CLOSING: Final = {
    "en": (
        r"(?:additional |with )?reporting by\b.{1,300}|(?:writing|editing|compiled) by\b.{1,200}"
        r"|this (?:story|article) (?:has been|was) (?:updated|corrected|first published|originally published|amended).{0,250}|a version of this (?:article|story) (?:appears?|appeared) in .{1,250}"
        r"|our standards:.{1,80}|(?:acquire|purchase) licensing rights.{0,40}|explore more on these topics|reuse this content|order reprints.{0,80}|share or comment on this article.{0,250}"
        r"|share this:|like this:|like loading\W*|click to (?:share|print|email).{1,80}|story continues\W*|article continues.{0,60}|advertisement\s*[·|:-].{0,40}"
        r"|follow .{1,60} on (?:facebook|x|twitter|instagram|whatsapp|threads|youtube)\b.{0,160}|share full article|give this article|gift this article|terms and privacy.{0,40}"
        r"|save articles to read later.{0,80}"
    ),
    "de": r"über dieses thema berichtete.{1,200}|rechte am artikel.{1,80}|sendungsbild|bild vergrößern|zur merkliste.{0,40}",
    "fr": r"réutiliser ce contenu|lire plus tard|ajouter à vos sélections|la suite après cette publicité",
    "es": r"sigue toda la información.{1,200}|apúntate.{1,200}|suscríbete.{0,160}|archivado en",
    "pt": r"siga .{1,80}(?:whatsapp|instagram|google).{0,80}|receba .{1,120}(?:notícias|newsletter|e-mail).{0,60}|continua (?:após|depois) (?:d?a )publicidade",
    "it": r"(?:©\s*)?riproduzione riservata.{0,60}|continua a leggere.{0,60}",
    "pl": r"dalszy ciąg materiału.{1,60}|dziękujemy, że .{1,80}|masz ciekawy temat\?.{0,160}",
    "ru": r"читать в .{1,30}|подписывайтесь .{1,120}|подпишитесь .{1,120}|нашли опечатку.{0,100}|все права защищены.{0,60}",
    "uk": r"підписуйтесь .{1,120}|приєднуйтесь .{1,120}",
    "tr": r"haberin devamı\W*|abone ol",
    "ar": r"تابعونا .{1,100}|اشترك .{1,100}",
    "zh": r"[【\[(（]?(?:纠错|責任編輯|责任编辑|编辑|編輯|校对|审核)[】:：].{0,60}|免责声明.{1,300}|版权(?:所有|声明).{0,160}|本文(?:仅代表|来源|转自).{1,120}|原标题[：:].{1,200}",
    "ja": r"この記事は(?:有料|会員)記事です.{0,60}|残り\d+文字.{0,40}|無断転載.{0,60}",
    "ko": r"제보는.{1,80}|\S+@\S+|[\d/:. -]+ 송고",
    "id": r"simak berita.{1,160}|ikuti .{1,120}",
    "vi": r"copy link thành công|chia sẻ",
}

#: What makes a line such a one wherever it stands in it.
CLOSING_INSIDE: Final = {
    "en": r" contributed (?:reporting|to this (?:report|story|article))",
    "fr": r"\(.{1,60}envoyée? spéciale?\)$",
    "tr": r"['’]da paylaş$",
    "ko": r"저작권자|무단 ?전재",
}


def one_of(table: dict[str, str]) -> str:
    """The pattern of any row of a table, without groups that capture."""
    return "|".join(table.values())
