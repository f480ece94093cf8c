"""Tables: shortened words, words that begin sentences, and words of saying, of languages in Latin letters.

Each language has some of the kinds that ``kernels/sentences/rules.h`` describes:

    never       a full stop after it ends no sentence: titles, "e.g."
    seldom      it ends one only before a word that begins sentences: "Inc.", "approx."
    number      it ends none before a figure: "No. 10", "Jan. 5"
    measure     it ends one before a capital if a figure stands before it: "5 p.m.", "1990 r."
    often       it ends one before a capital: "etc."
    late        so too, but not soon after the sentence's beginning: "In 480 p.n.e."
    endings     three letters that shorten every word that ends with them: "Hauptstr."
    starters    words that begin sentences, and hardly ever names, titles or nouns
    sayings     said, asked

A word with a capital is shortened only with a capital ("Sun." is a day, "sun." is the end of a sentence).
"""

from __future__ import annotations

from typing import Final

__all__ = ["LATIN_WORDS"]

#: Language → kind → words, parted by spaces.
LATIN_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "never": "mr mrs ms mx dr drs prof profs gen gens sen sens rep reps gov govs lt col sgt cpl capt cmdr maj adm "
        "brig hon pres supt insp det pfc messrs mme mlle mgr amb atty rev fr e.g i.e viz cf vs v ste hrh asst dep",
        "seldom": "st mt ft jr sr inc corp co ltd llc plc bros dept est assn univ intl natl govt approx al ed eds ave "
        "blvd rd hwy pvt esq a.m p.m ph.d m.d b.a m.a u.s u.k u.n e.u d.c ca dist gp mfg tech hosp cos vols viz Mon Tue Tues "
        "Wed Thu Thur Thurs Fri Sat Sun Calif Mass Conn Ariz Colo Fla Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb "
        "Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ala Ark Del Ga Ont Que Alta",
        "number": "no nos nr num p pp pg vol art fig figs sec ch chap par ver op jan feb mar apr jun jul aug sep sept "
        "oct nov dec ext tel flt rte vers",
        "measure": "b.c a.d b.c.e c.e mph kg km cm mm mi lb lbs oz hr hrs min sq cu gal deg",
        "often": "etc",
        "starters": "the a an he she it they we i you this that these those his her its their our my in on at to for "
        "from by with as of and but or so yet if when while after before since although though because however "
        "meanwhile there here what who why how where now then also not some many most several both all each one two "
        "three another such under over during according despite earlier later once until unless instead still only "
        "even every any more first finally nobody everyone everybody anyone someone nothing everything something none "
        "neither either today yesterday among between through about around let thus therefore moreover nevertheless "
        "perhaps without within",
        "sayings": "said says say asked asks replied added wrote shouted cried told answered recalled exclaimed "
        "demanded yelled joked explained wondered",
    },
    "de": {
        "never": "dr dres prof hr hrn fa fr frl dipl ing st hl sankt bzw z.b d.h u.a i.d.r o.g s.o s.u vgl sog ggf "
        "evtl inkl exkl bes insb insbes ca zzgl abzgl gem allg ehem geb gest verh röm kath ev pd a.d n.v a.m i.v kgl "
        "kaiserl österr dt frz engl ital span amerik bspw freiherr frhr abt z.t z.zt z.hd u.u bzgl entspr ges jew kfm "
        "tel hrsg hg red übers ebd dgl zit vs mr mrs sen Mag",
        "seldom": "str pl jr sr inc corp co ltd gmbh u.s e.v kap abs bd jh jhd jg aufl std min sek tsd mio mrd mill "
        "km kg qm ha a.d.r univ abk anm bearb ders dies eigtl erg etw hd jmd mdl milit mod naut niederl nördl südl "
        "westl östl österr orig phil poln regelm russ theol urspr versch wiss zw usf",
        "number": "nr nrn s bd kap abs art jan feb mär apr jun jul aug sep sept okt nov dez abb tab ziff fig vol par",
        "measure": "uhr v.chr n.chr a.d std min sek",
        "endings": "str",
        "often": "usw etc u.ä o.ä u.v.m u.a.m",
        "starters": "der die das den dem des ein eine einer einem einen er sie es wir ich ihr man in im am an auf bei "
        "mit nach von vom zu zum zur aus für um über unter vor durch gegen ohne seit und aber oder doch denn sondern "
        "wenn als ob dass weil obwohl während nachdem bevor da so auch noch nur schon jedoch dann dort hier heute "
        "gestern was wer wie wo warum dies diese dieser dieses jene sein seine ihre unser viele einige alle beide "
        "mehr keine kein nicht nun damit dabei dafür dagegen danach darauf daher deshalb trotz laut zudem außerdem "
        "allerdings inzwischen später zuvor insgesamt bis zwischen neben nachts",
        "sayings": "sagte fragte rief meinte erklärte schrieb antwortete",
    },
    "fr": {
        "never": "m mm mme mmes mlle mlles dr prof me mgr st ste cf env p.ex av apr ps ing gal cdt cne col sgt lt pr "
        "bd boul fg hab vve vs mr mrs bx n.d",
        "seldom": "jr sr inc corp co ltd cie éd al u.s tél réf ex chap vol dép suiv",
        "number": "no n nos art p pp vol chap fig t janv févr avr juil sept oct nov déc al tél",
        "measure": "h min km kg cm",
        "often": "etc",
        "starters": "le la les l un une des du de d il elle ils elles on nous vous je j ce c cet cette ces ça cela "
        "ceci son sa ses leur leurs notre votre mon ma mais et ou donc or car si s qu que qui quand lorsque comme "
        "dans en au aux à par pour sur sous avec sans selon après avant depuis pendant chez entre vers dès malgré "
        "plus plusieurs certains tous toutes tout chaque deux trois puis ensuite enfin ainsi alors aussi cependant "
        "pourtant toutefois néanmoins où pourquoi comment aujourd hier ne n y quelques aucun outre lors grâce",
        "sayings": "dit demande répond",
    },
    "es": {
        "never": "EE RR FF JJ CC sr sra srta sres dr dra dres prof profa d dña da ud uds vd vds lic ing arq gral cnel "
        "cap tte sto sta mons excmo excma ilmo p.ej v.gr av avda c fco ma ntra fr hno hna pdte cf vs mr mrs",
        "seldom": "jr sr inc corp co ltd cía s.a s.l ee.uu uu ee.uu.aa eeuu rr.hh ff.aa jj.oo aprox ed eds al dpto "
        "pág a.c d.c u.s esq izda dcha",
        "number": "núm nº no n art arts pág págs p pp vol cap fig t tomo ene feb abr jun jul ago sept oct nov dic tel "
        "ext apdo",
        "measure": "a.m p.m h min km kg cm hab",
        "often": "etc",
        "late": "a.c d.c",
        "starters": "el la los las un una unos unas lo él ella ellos ellas yo nosotros usted ustedes se su sus mi mis "
        "nuestro este esta estos estas ese esa eso esto aquel en de del a al con por para sin sobre entre desde hasta "
        "hacia según durante tras ante bajo contra y e o u pero sino si cuando como mientras aunque porque que quien "
        "donde cual qué cómo quién cuándo dónde además también no ni ya así entonces luego después antes ahora hoy "
        "ayer muchos algunos todos otros cada dos tres hay es son fue era más tanto finalmente asimismo",
        "sayings": "dijo preguntó respondió",
    },
    "pt": {
        "never": "sr sra srs sras srta dr dra drs prof profa d eng arq gen cel cap ten sgt maj alm sto sta st av r pe "
        "fr p.ex v.g exmo exma ilmo mons pres dep sen vs cf mr mrs",
        "seldom": "jr inc corp co ltd ltda cia s.a e.u.a eua aprox ed eds al dept depto pág a.c d.c u.s min univ",
        "number": "n nº no núm art arts pág págs p pp vol cap fig t jan fev mar abr mai jun jul ago set out nov dez "
        "tel ext",
        "measure": "a.m p.m h min km kg cm hab",
        "often": "etc",
        "late": "a.c d.c",
        "starters": "o a os as um uma uns umas ele ela eles elas eu nós você vocês se seu sua seus suas meu minha "
        "nosso este esta estes estas esse essa isso isto aquele aquela em no na nos nas de do da dos das ao à aos às "
        "com por pelo pela para sem sobre entre desde até segundo durante após antes sob contra e ou mas quando como "
        "enquanto embora porque que quem onde qual além também não nem já assim então depois agora hoje ontem muitos "
        "alguns todos outros cada dois três há é são foi era mais apesar porém contudo finalmente",
        "sayings": "disse perguntou respondeu",
    },
    "it": {
        "never": "sig sigg dott dr prof prof.ssa avv ing arch rag geom on sen gen col cap ten mons don s ss p.es "
        "ad.es es cfr v vs spett egr gent preg mr mrs st lt",
        "seldom": "jr sr inc corp co ltd s.p.a s.r.l ca ecc.mo ed edd al a.c d.c u.s u.s.a tel pag cit trad",
        "number": "n nn nr num art artt pag pagg p pp vol cap fig t gen feb mar apr mag giu lug ago set sett ott nov "
        "dic tel",
        "measure": "h min km kg cm",
        "often": "ecc etc",
        "late": "a.c d.c",
        "starters": "il lo la i gli le l un uno una egli ella esso essa lui lei loro noi voi io si ci questo questa "
        "questi queste quello quella quelli suo sua suoi sue nostro in nel nella nei nelle nell di del della dei "
        "delle dell a al alla ai alle all da dal dalla dai dalle dall con per su sul sulla senza tra fra secondo "
        "durante dopo prima contro e ed o ma se quando come mentre anche perché che chi dove quale cosa cosi così "
        "inoltre non né già allora poi ora oggi ieri molti alcuni tutti altri ogni due tre è sono era più tuttavia "
        "infine nonostante",
        "sayings": "disse chiese rispose",
    },
    "nl": {
        "never": "dhr mevr mw mej dr drs prof ir ing mr st bijv bv o.a d.w.z m.n i.p.v i.v.m t.a.v t.o.v m.b.t resp "
        "evt incl excl vgl zgn jl ev jhr ds gen kol kap lt z.g w.o a.h.w vs",
        "seldom": "jr sr inc corp co ltd n.v b.v u.s ca v.chr n.chr ned eng fr dld tel red hfst afb mld mln",
        "number": "nr nrs blz p pp art jan feb mrt apr jun jul aug sep sept okt nov dec vol hfst afb tel nl",
        "measure": "v.chr n.chr u km kg",
        "often": "enz etc e.d e.a",
        "late": "v.chr n.chr",
        "starters": "de het een hij zij ze wij we ik jij je u dit dat deze die zijn haar hun ons onze mijn in op aan "
        "bij met naar van voor uit over onder tussen tegen zonder sinds tijdens volgens na om door te ten ter en maar "
        "of want dus toen als wanneer terwijl omdat hoewel nadat voordat daar hier er nu dan ook nog al niet geen "
        "veel sommige alle beide twee drie wat wie waarom hoe waar daarom daarna toch echter verder later vandaag",
        "sayings": "zei vroeg riep antwoordde",
    },
    "sv": {
        "never": "dr prof hr fr herr s.k t.ex bl.a d.v.s dvs tex bla fr.o.m t.o.m f.d p.g.a e.g i.e ev jfr resp st "
        "kungl ca c:a dåv doc vs mr mrs",
        "seldom": "jr sr inc corp co ltd u.s f.kr e.kr kl nr uppl red övers m.a.o alt inkl exkl max avd tel sthlm gbg",
        "number": "nr s sid kap kl jan feb mar apr jun jul aug sep sept okt nov dec tab fig vol st",
        "measure": "f.kr e.kr f.v.t e.v.t km kg kr",
        "often": "etc osv o.s.v m.m m.fl m fl o.d dyl o.dyl",
        "late": "f.kr e.kr kr",
        "starters": "den det de en ett han hon vi jag ni man du denna detta dessa hans hennes deras sin vår min i på "
        "av vid med till från för om under över efter före mellan utan mot genom hos enligt sedan och men eller så "
        "när medan eftersom trots där här nu då också inte ingen många några alla båda två tre vad vem varför hur var "
        "dock dessutom däremot senare idag igår bland att som har är ska",
        "sayings": "sa sade frågade skrev svarade",
    },
    "da": {
        "never": "dr prof hr fr frk bl.a f.eks fx dvs d.v.s pga p.g.a ca evt inkl ekskl jf jfr vedr iflg kgl sct skt "
        "st s.k m.h.t mht ifm tidl nuv adv dir kap lt vs mr mrs",
        "seldom": "jr sr inc corp co ltd u.s f.kr e.kr tlf red udg overs maks min mio mia a.m.b.a p.t str alm",
        "number": "nr s kl kap jan feb mar apr jun jul aug sep sept okt nov dec fig vol tlf par stk",
        "measure": "f.kr e.kr km kg kr",
        "often": "etc osv o.s.v m.m mm m.fl mfl m.v mv o.l ol",
        "late": "f.kr e.kr kr",
        "starters": "den det de en et han hun vi jeg man du i denne dette disse hans hendes deres sin vores min på af "
        "ved med til fra for om under over efter før mellem uden mod gennem hos ifølge siden og men eller så når mens "
        "fordi selvom der her nu da også ikke ingen mange nogle alle begge to tre hvad hvem hvorfor hvordan hvor dog "
        "desuden derimod senere at har er var skal blandt",
        "sayings": "sagde spurgte svarede skrev",
    },
    "no": {
        "never": "dr prof hr fr frk bl.a f.eks dvs d.v.s pga p.g.a ca ev evt inkl ekskl jf jfr vedr iflg kgl st s.k "
        "mht ifm tidl lt adv dir vs mr mrs",
        "seldom": "jr sr inc corp co ltd u.s f.kr e.kr tlf red utg overs maks min mill mrd str alm",
        "number": "nr s kl kap jan feb mar apr jun jul aug sep sept okt nov des fig bd tlf par",
        "measure": "f.kr e.kr fvt evt km kg kr",
        "often": "etc osv o.s.v m.m mm m.fl mfl m.v mv o.l ol",
        "late": "f.kr e.kr kr",
        "starters": "den det de en et ei han hun ho vi jeg eg man du denne dette disse hans hennes deres sin vår min "
        "i på av ved med til fra frå for om under over etter før mellom uten mot gjennom hos ifølge siden og men "
        "eller så når mens fordi selv der her nå no da også ikke ikkje ingen mange noen alle begge to tre hva hvem "
        "hvorfor hvordan hvor dog dessuten derimot senere at har er var skal blant dei eit",
        "sayings": "sa sier spurte svarte skrev",
    },
    "is": {
        "never": "dr hr fr próf sr t.d þ.e þ.e.a.s m.a sbr u.þ.b fv sk st",
        "seldom": "jr inc corp co ltd u.s f.kr e.kr útg ritstj",
        "number": "nr bls kl jan feb mar apr jún júl ágú sept okt nóv des",
        "measure": "f.kr e.kr km kg kr",
        "often": "o.s.frv osfrv o.fl etc",
        "late": "f.kr e.kr kr",
        "starters": "hann hún það þeir þær þau við ég þú þessi þetta í á af með til frá fyrir um undir yfir eftir og "
        "en eða þegar þar hér nú þá ekki margir allir tveir hvað hver að sem hans hennar",
        "sayings": "sagði",
    },
    "fi": {
        "never": "tri dr prof hra rva nti mm ns esim ent os vs vrt po p.o lis dos maist mr mrs st",
        "seldom": "jr sr inc corp co ltd oy oyj u.s n noin puh toim suom s milj mrd tuh eaa jaa eKr",
        "number": "nro n s ss klo sivu tammi helmi",
        "measure": "eKr jKr ekr jkr e.kr j.kr eaa jaa km kg",
        "often": "ym jne yms tms",
        "late": "eKr jKr eaa jaa",
        "starters": "hän se he ne me minä sinä te tämä tuo nämä nuo ja mutta tai vaan sekä kun jos koska vaikka että "
        "myös vain jo nyt sitten siellä täällä ei en eivät on oli ovat olivat hänen sen niiden heidän tämän kaikki "
        "moni monet jotkut kaksi kolme mitä mikä kuka miksi miten missä kuitenkin lisäksi toisaalta siksi silti ensin "
        "lopulta vuonna vuoden jälkeen ennen aikana mukaan noin",
        "sayings": "sanoi kysyi vastasi",
    },
    "et": {
        "never": "dr prof hr pr prl nn nt s.t s.o st mh vt vrd sh u ca",
        "seldom": "jr inc corp co ltd as oü u.s e.kr m.a.j toim tlk mln mld lk",
        "number": "nr lk lhk kl jaan veebr apr juul aug sept okt nov dets",
        "measure": "e.kr p.kr e.m.a m.a.j pKr eKr km kg a",
        "often": "jne jt jms jm vms",
        "late": "eKr pKr e.kr p.kr m.a.j",
        "starters": "ta tema see nad need me mina sina te ja aga kuid või ning kui sest kuigi et ka ainult juba nüüd "
        "siis seal siin ei on oli selle nende kõik mitu mõned kaks kolm mida mis kes miks kuidas kus siiski lisaks "
        "seega pärast enne ajal",
        "sayings": "ütles küsis vastas",
    },
    "lv": {
        "never": "dr prof kdze sk piem t.i t.s s.c st",
        "seldom": "jr inc corp co ltd u.s p.m.ē m.ē red izd tūkst milj mljrd",
        "number": "nr lpp janv febr apr jūn jūl aug sept okt nov dec plkst g",
        "measure": "g gs gadsimts p.m.ē m.ē km kg",
        "often": "utt u.c u.tml u.t.t",
        "late": "p.m.ē m.ē",
        "starters": "viņš viņa viņi viņas tas tā tie tās mēs es tu jūs šis šī šie un bet vai jo ja kad lai arī tikai "
        "jau tagad tad tur šeit ne nav ir bija visi daudzi divi trīs kas kāpēc kā kur tomēr turklāt pēc pirms no ar "
        "par uz",
        "sayings": "teica jautāja",
    },
    "lt": {
        "never": "dr prof p gerb vad pvz t.y žr šv kun doc habil inž gen plk",
        "seldom": "jr inc corp co ltd u.s pr.kr red leid tūkst mln mlrd t.p vyr jaun lot angl rus lenk",
        "number": "nr psl p d val saus vas kov bal geg birž liep rugp rugs spal lapkr gruod tel",
        "measure": "a pr.kr po.kr km kg d val min",
        "often": "kt pan t.t",
        "late": "pr.kr po.kr",
        "starters": "jis ji jie jos tai tas ta tie mes aš tu jūs šis ši šie ir bet ar arba kai jei nes nors kad taip "
        "tik jau dabar tada ten čia ne nėra yra buvo visi daug du trys kas kodėl kaip kur tačiau be po prieš iš su "
        "apie į",
        "sayings": "sakė klausė",
    },
    "pl": {
        "never": "p pp dr dra prof mgr inż doc hab ks św bł płk gen kpt por ppor mjr sierż red bp abp kard al ul pl "
        "os tzw tzn np m.in zob wg ok ww jw im woj pow gm nt ds ps l.mn vs tj tłum ang fr niem łac gr ros mec marsz "
        "pos hr st mł",
        "seldom": "jr sr inc corp co ltd sp z.o.o s.a u.s tys mln mld pn płn płd wsch zach p.n.e n.e wyd oprac",
        "number": "nr nry s str art ust pkt poz rozdz tab rys t tom godz tel par lit",
        "measure": "r rr w ww n.e p.n.e zł gr godz km kg min cm proc",
        "often": "itd itp etc",
        "late": "n.e p.n.e zł gr",
        "starters": "on ona ono oni one to ten ta te ja my wy w we na do z ze od po przed przez dla o u za nad pod "
        "przy między bez według i a ale lub albo oraz czy gdy kiedy jeśli jeżeli ponieważ choć chociaż że żeby jednak "
        "także również tylko już teraz wtedy potem tam tu nie nikt wielu kilka wszyscy wszystkie oba dwa trzy co kto "
        "dlaczego jak gdzie jego jej ich jest był była było podczas następnie ponadto obecnie dziś wczoraj",
        "sayings": "powiedział powiedziała zapytał zapytała odpowiedział",
    },
    "cs": {
        "never": "dr mudr judr phdr rndr paeddr thdr ing mgr bc prof doc p pí sl sv gen plk mjr kpt por npor tzv např "
        "tj tzn mj resp popř ev event vč cca ul nám tř vs srov viz zvl kol lat angl něm fr řec čj",
        "seldom": "jr sr inc corp co ltd a.s s.r.o u.s tis mil mld ml st př.n.l n.l okr obv vyd red hl",
        "number": "č čís str s odst písm čl kap obr tab roč sv tel hod led úno",
        "measure": "r př.n.l n.l kč hod min km kg cm st stol",
        "often": "atd apod aj atp etc",
        "late": "n.l př.n.l kč",
        "starters": "on ona ono oni to ten ta ti já my vy v ve na do z ze od po před přes pro o u za nad pod při mezi "
        "bez podle i a ale nebo anebo či když pokud jestliže protože ačkoli že aby však také rovněž jen pouze již už "
        "nyní teď tehdy potom pak tam zde tady ne není nikdo mnoho několik všichni všechny oba dva tři co kdo proč "
        "jak kde jeho její jejich je jsou byl byla bylo byli během tento tato toto tyto dále navíc dnes včera s k se "
        "si",
        "sayings": "řekl řekla zeptal odpověděl",
    },
    "sk": {
        "never": "dr mudr judr phdr rndr ing mgr bc prof doc p pí sl sv gen plk mjr kpt por tzv napr tj tzn resp príp "
        "vrát cca ul nám tr vs porov hl angl lat nem čj",
        "seldom": "jr sr inc corp co ltd a.s s.r.o u.s tis mil mld st pred.n.l n.l okr vyd red",
        "number": "č čís str s ods písm čl kap obr tab roč tel hod",
        "measure": "r pr.n.l n.l hod min km kg cm st stor",
        "often": "atď apod a i etc",
        "late": "n.l pr.n.l",
        "starters": "on ona ono oni to ten tá tí ja my vy v vo na do z zo od po pred cez pre o u za nad pod pri medzi "
        "bez podľa i a ale alebo či keď ak pretože hoci že aby však tiež aj len iba už teraz vtedy potom tam tu nie "
        "je sú bol bola bolo boli nikto mnoho niekoľko všetci oba dva tri čo kto prečo ako kde jeho jej ich počas "
        "tento táto toto tieto dnes včera s k sa si",
        "sayings": "povedal povedala spýtal",
    },
    "sl": {
        "never": "dr mag prof doc inž dipl g gdč sv ul npr tj t.i oz t.j prim cca red gl angl lat nem vs",
        "seldom": "jr inc corp co ltd d.o.o d.d u.s pr.n.št n.št mio mrd tis št zv",
        "number": "št str čl odst sv pogl sl tab tel",
        "measure": "l pr.n.št n.št km kg min",
        "often": "itd ipd itn idr",
        "late": "n.št",
        "starters": "on ona ono oni to ta ti jaz mi vi v na do z s iz od po pred skozi za o u nad pod pri med brez in "
        "a ampak ali ko če ker čeprav da vendar tudi le že zdaj tedaj potem tam tu ne ni je so bil bila bilo nihče "
        "veliko nekaj vsi dva tri kaj kdo zakaj kako kje njegov njen danes včeraj",
        "sayings": "rekel rekla vprašal",
    },
    "hr": {
        "never": "dr mr prof doc ing dipl g gđa gđica gosp sv fra don ul npr tj tzv odn ur prim cca akad vs",
        "seldom": "jr inc corp co ltd d.o.o d.d u.s pr.kr po.kr st mil mlrd tis sl",
        "number": "br str čl st sv sl tab tel",
        "measure": "god g pr.kr n.e p.n.e km kg st",
        "often": "itd i.sl isl",
        "late": "n.e p.n.e pr.kr po.kr",
        "starters": "on ona ono oni one to taj ta ti ja mi vi u na do iz od po pred kroz za o nad pod pri između bez "
        "prema i a ali ili kad kada ako jer iako da no međutim također samo već sada tada potom zatim tamo ovdje ne "
        "nije je su bio bila bilo nitko mnogo nekoliko svi oba dva tri što tko zašto kako gdje njegov njezin tijekom "
        "ovaj ova ovo danas jučer",
        "sayings": "rekao rekla upitao kazao",
    },
    "ro": {
        "never": "dl dna dr prof ing ec av col mr lt cpt sf str bd bul ex d.ex p.ex cf vs acad conf pr univ",
        "seldom": "jr inc corp co ltd s.a s.r.l u.s î.hr d.hr aprox ed mil mld",
        "number": "nr art alin lit pag p pp vol cap fig ian feb mar apr iun iul aug sept oct nov dec tel",
        "measure": "î.hr d.hr î.e.n a.m p.m km kg min",
        "often": "etc ş.a ș.a ș.a.m.d",
        "late": "î.hr d.hr î.e.n",
        "starters": "el ea ei ele acesta aceasta acestea acest această eu noi voi în la de din pe cu prin pentru fără "
        "sub peste după înainte între către spre și dar sau iar însă dacă când deoarece deși că să asemenea doar deja "
        "acum atunci acolo aici nu nici mulți unii toți doi trei ce cine cum unde este sunt era au a o un",
        "sayings": "spus întrebat",
    },
    "hu": {
        "never": "dr prof ifj id özv gr br st szt ún pl ill kb vö ld lásd gen ezr őrn szds mr mrs vs",
        "seldom": "jr inc corp co ltd kft rt zrt nyrt bt u.s i.e i.sz kr.e kr.u szerk ford főig ker u krt pf tel max "
        "min",
        "number": "sz sz. o old p fej köt jan feb febr márc ápr máj jún júl aug szept okt nov dec tel",
        "measure": "i.e i.sz kr.e kr.u km kg ft",
        "often": "stb etc s.í.t",
        "starters": "a az ő ők ez azok ezek én mi ti te egy és de vagy ha mert bár hogy is csak már most akkor ott "
        "itt nem van volt voltak sok néhány minden két három ki miért hogyan hol azonban továbbá ezért szerint után "
        "előtt között alatt majd még így",
        "sayings": "mondta kérdezte",
    },
    "tr": {
        "never": "dr doç prof yrd öğr gör op uzm sn hz st mah cad apt bkz örn alm yun osm krş tuğg korg org alb yzb "
        "mim müh mr mrs Av",
        "seldom": "jr inc corp co ltd şti a.ş t.c u.s m.ö m.s i.ö i.s yy çev haz yay bşk gen",
        "number": "no s sf say cilt c md böl tel",
        "measure": "km kg cm",
        "often": "vb vs vd v.b v.s",
        "starters": "bu şu o bir biz ben siz sen onlar ve ama fakat ancak veya çünkü eğer ayrıca sadece şimdi sonra "
        "önce orada burada değil var çok bazı bütün tüm iki üç ne kim neden nasıl nerede onun bunun böylece daha her "
        "hem ise için göre",
        "sayings": "dedi sordu",
    },
    "id": {
        "never": "dr drs dra prof ir h hj kh tn ny sdr sdri bpk yth jl gg mr mrs jend kol let kapt st vs mgr a.n",
        "seldom": "jr sr inc corp co ltd tbk pt cv u.s s.h s.e m.si m.m ph.d kab kec",
        "number": "no hal hlm vol bab pasal jan feb mar apr jun jul agt agu sep sept okt nov des tel telp",
        "measure": "km kg cm",
        "often": "dll dsb dst dkk etc",
        "starters": "ia dia mereka kami kita saya aku anda ini itu di ke dari pada dengan untuk oleh dalam antara "
        "tanpa menurut setelah sebelum sejak selama dan tetapi tapi atau namun jika bila ketika saat karena walaupun "
        "meskipun bahwa juga hanya sudah telah sekarang kemudian lalu tidak bukan ada adalah banyak beberapa semua "
        "dua tiga apa siapa mengapa bagaimana sebuah seorang para",
        "sayings": "kata tanya ujar",
    },
    "ca": {
        "never": "sr sra srs sres srta dr dra prof excm av c pl p.ex cf vs st sta gral mr mrs",
        "seldom": "jr inc corp co ltd s.a s.l ee.uu a.c d.c aprox ed u.s",
        "number": "núm n art pàg pàgs p pp vol cap fig gen febr abr jul set oct nov des tel",
        "measure": "h min km kg cm",
        "often": "etc",
        "late": "a.c d.c",
        "starters": "el la els les l un una uns unes ell ella ells elles jo nosaltres es s aquest aquesta aquests "
        "això aquell en a al de del d amb per sense sobre entre des fins segons durant després abans i o però sinó si "
        "quan com mentre encara perquè que qui on què també no ni ja així llavors ara avui molts alguns tots altres "
        "cada dos tres hi ha és són va era més",
        "sayings": "va digué",
    },
    "eu": {
        "never": "dr jn and prof adib ad esate",
        "seldom": "jr inc corp co ltd s.a k.a k.o u.s",
        "number": "zk or orr art urt ots mar api mai eka uzt abu ira urr aza abe",
        "measure": "k.a k.o km kg",
        "often": "etab abar",
        "starters": "eta baina edo hau hori hura hauek haiek ni gu zu bere ez bai gero orain hemen han ere izan da "
        "zen bi hiru zer nor nola non hala",
        "sayings": "esan galdetu",
    },
    "ga": {
        "never": "dr prof uas i.e e.g st",
        "seldom": "jr inc corp co ltd teo r.c i.c u.s",
        "number": "uimh lch lgh uimhir ean feabh már aib meith iúil lún meán samh noll",
        "measure": "i.n km kg",
        "often": "srl etc",
        "late": "r.c i.c",
        "starters": "tá bhí is níl ní an na sé sí siad muid mé tú seo sin agus ach nó má nuair mar ar i sa le ag do "
        "de ó faoi roimh tar cad cé conas cá",
        "sayings": "arsa dúirt",
    },
}
