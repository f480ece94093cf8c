"""What the fields of an article are called in other languages, as the columns of tables have them.

Only names that mean one thing are here, in all of the languages together. Accents may be left out where people do so.
"""

from __future__ import annotations

from typing import Final

__all__ = ["TRANSLATED_NAMES"]

# Field → names; a line for each language or group of them: de nl, es pt it fr ro, sv da no, fi, cs pl, hu, ru uk bg, el, tr,
# ar, he, hi, id vi, th, zh ja ko.
TRANSLATED_NAMES: Final = {
    "title": "titel überschrift ueberschrift schlagzeile kop "
    "titulo título titular titolo titre titlu manchete "
    "overskrift tittel otsikko "
    "titulek nadpis tytuł tytul nagłówek cím főcím "
    "заголовок назва название заглавие τίτλος başlık baslik "
    "العنوان عنوان כותרת शीर्षक judul tiêuđề หัวข้อ พาดหัว หัวข้อข่าว 标题 標題 题目 題目 タイトル 見出し 제목",
    "body": "artikeltext volltext fließtext haupttext tekst "
    "texto cuerpo contenido conteúdo conteudo testo contenuto texte contenu corps "
    "brödtext brødtekst teksti leipäteksti "
    "obsah treść tresc szöveg "
    "текст содержание зміст κείμενο metin içerik icerik "
    "النص المحتوى نص תוכן טקסט पाठ isi konten nộidung เนื้อหา เนื้อข่าว 正文 内容 內容 全文 本文 내용 본문",
    "summary": "zusammenfassung vorspann samenvatting "
    "resumen sumario resumo riassunto sommario occhiello résumé chapô chapeau "
    "sammanfattning ingress sammendrag tiivistelmä "
    "shrnutí perex streszczenie zajawka összefoglaló "
    "аннотация анонс лид резюме анотація περίληψη özet ozet "
    "الملخص ملخص תקציר सारांश ringkasan tómtắt สรุป 摘要 概要 要約 요약",
    "published": "datum erscheinungsdatum veröffentlicht veröffentlichungsdatum veroeffentlichungsdatum publicatiedatum "
    "fecha fechapublicación fechadepublicación fechapublicacion fechadepublicacion datapublicação datadepublicação "
    "datapubblicazione datadipubblicazione datepublication datedepublication datedeparution parution "
    "publiceringsdatum publicerad dato publiceringsdato publiseringsdato udgivelsesdato päivämäärä julkaistu julkaisupäivä "
    "datumvydání datumpublikace datapublikacji datawydania dátum megjelenés "
    "дата датапубликации опубликовано датапублікації ημερομηνία tarih yayıntarihi "
    "التاريخ تاريخالنشر תאריך तारीख दिनांक tanggal tanggalterbit ngày ngàyđăng วันที่ วันที่เผยแพร่ "
    "日期 发布日期 發布日期 发布时间 發布時間 时间 時間 発行日 掲載日 公開日 日付 날짜 게시일 작성일 입력일",
    "updated": "aktualisiert geändert actualizado fechaactualización atualizado aggiornato misàjour uppdaterad opdateret "
    "oppdatert päivitetty aktualizováno zaktualizowano обновлено güncelleme diperbarui 更新时间 更新時間 更新日 수정일",
    "authors": "autor autoren verfasser auteur autore autora autores autori auteurs skribent forfatter kirjoittaja toimittaja "
    "autoři autorzy szerző "
    "автор авторы автори συγγραφέας yazar الكاتب المؤلف מחבר כתב लेखक penulis tácgiả ผู้เขียน "
    "作者 记者 記者 撰稿 著者 筆者 執筆者 기자 저자 작성자",
    "section": "rubriek sección seccion seção secao editoria sezione rubrique sektion avdelning seksjon osasto rubryka "
    "dział kategorie kategori kategoria categoría categoria catégorie rovat рубрика раздел категорія категория "
    "κατηγορία bölüm القسم chuyênmục หมวด หมวดหมู่ 栏目 版面 分类 欄目 分類 カテゴリ カテゴリー 분야 섹션",
    "publisher": "quelle zeitung bron krant fuente periódico periodico diario fonte jornal veículo giornale testata "
    "journal källa tidning kilde lähde lehti zdroj noviny źródło zrodlo gazeta forrás újság "
    "источник издание джерело видання πηγή kaynak gazete المصدر الصحيفة מקור स्रोत sumber nguồn แหล่งที่มา แหล่งข่าว "
    "来源 來源 媒体 媒體 报纸 報紙 出典 新聞社 媒体名 출처 언론사 신문사",
    "place": "ort erscheinungsort lugar ciudad luogo lieu plats paikka místo miejsce место місце yer المكان tempat 地点 地點 場所",
    "tags": "schlagwörter schlagworte stichwörter stichworte trefwoorden palabrasclave etiquetas palavraschave parolechiave "
    "motsclés motscles nyckelord taggar emneord avainsanat klíčováslova słowakluczowe kulcsszavak "
    "ключевыеслова теги ключовіслова λέξειςκλειδιά anahtarkelimeler etiketler الكلماتالمفتاحية katakunci từkhóa "
    "关键词 關鍵詞 关键字 關鍵字 キーワード 키워드",
    "url": "enlace lien länk lenke odkaz odnośnik ссылка посилання bağlantı الرابط קישור tautan liênkết ลิงก์ "
    "链接 鏈接 連結 网址 網址 リンク 링크 주소",
    "language": "sprache taal idioma lingua langue språk sprog kieli jazyk język nyelv язык мова γλώσσα dil اللغة שפה भाषा bahasa "
    "ngônngữ ภาษา 语言 語言 言語 언어",
}  # fmt: skip
