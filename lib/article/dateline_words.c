/* dateline_words - tables for datelines. Latin entries stand folded, as
 * kh_fold_phrase() writes them; entries of other scripts as papers print them. */
#include "dateline_words.h"

#include "base/buf.h"
#include "text/fold.h"

#define NAME_MAX_BYTES 198 /* longer ones are in no list */

/* Names stand between two bars, in a list by their first letter; those that do not
 * begin with one of a to z in the last. */
#define LIST_OF(letter) ((letter) - 'a')
#define OTHER_LIST      26
#define LISTS           27

static const char *const agencies[LISTS] = {
    [LIST_OF('a')] =
        "|ap|afp|ani|ansa|agi|adnkronos|app|anadolu|aa|ats|apa|anp|agerpres|"
        "ana mpa|ana|amna|antara|aap|associated press|"
        "associated press of pakistan|agencia brasil|aps|agency|agencies|agence|"
        "agences|agentur|agenturen|agencia|agencias|agenzie|agencies inputs|"
        "azertac|armenpress|",
    [LIST_OF('b')] =
        "|bloomberg|bbc|belga|bta|bernama|bss|business wire|businesswire|belta|",
    [LIST_OF('c')] = "|cnn|ctk|cp|canadian press|correspondent|",
    [LIST_OF('d')] = "|dpa|dha|dawn|",
    [LIST_OF('e')] =
        "|epd|efe|europa press|estadao conteudo|ena|et|express news service|ens|"
        "ein presswire|",
    [LIST_OF('f')] = "|folhapress|fars|",
    [LIST_OF('g')] = "|gna|globe newswire|globenewswire|",
    [LIST_OF('h')] = "|hina|ht|",
    [LIST_OF('i')] = "|ians|itar tass|interfax|iha|irna|isna|ist|",
    [LIST_OF('j')] = "|jiji|",
    [LIST_OF('k')] = "|kna|kyodo|kuna|keystone|kazinform|",
    [LIST_OF('l')] = "|lusa|",
    [LIST_OF('m')] = "|mena|mti|mediafax|map|mehr|",
    [LIST_OF('n')] = "|newsis|ntb|nnn|nzpa|notimex|nan|nna|news agency|news agencies|"
                     "news desk|ndtv|news18|npr|",
    [LIST_OF('o')] = "|our correspondent|our special correspondent|online desk|",
    [LIST_OF('p')] = "|pti|petra|pap|pr newswire|prnewswire|ptv|",
    [LIST_OF('q')] = "|qna|",
    [LIST_OF('r')] = "|reuters|ria|ria novosti|ritzau|rss|",
    [LIST_OF('s')] =
        "|sid|spa|stt|sapa|sana|staff|staff reporter|special correspondent|",
    [LIST_OF('t')] =
        "|tass|tt|tanjug|ttxvn|tna|the canadian press|the associated press|telam|"
        "tap|toi|tns|tnn|trend|thomson reuters|",
    [LIST_OF('u')] = "|uni|upi|unb|ukrinform|unian|un news|",
    [LIST_OF('v')] = "|vna|",
    [LIST_OF('w')] = "|wam|web desk|who|",
    [LIST_OF('x')] = "|xinhua|",
    [LIST_OF('y')] = "|yonhap|",
    [OTHER_LIST] =
        "|ТАСС|РИА Новости|РИА|Интерфакс|ИТАР-ТАСС|УНІАН|Укрінформ|БТА|БЕЛТА|"
        "ΑΠΕ-ΜΠΕ|ΑΠΕ|رويترز|أ ف ب|أ.ف.ب|ا ف ب|د ب أ|د.ب.أ|وكالات|واس|وام|سانا|"
        "قنا|كونا|بترا|أ ش أ|الأناضول|ایرنا|ایسنا|مهر|فارس|اے پی پی|ایجنسیاں|"
        "ایجنسی|نمائندہ خصوصی|ویب ڈیسک|اسٹاف رپورٹر|نمائندہ جنگ|भाषा|वार्ता|एजेंसी|"
        "एजेंसियां|एजेंसियाँ|रायटर|रॉयटर्स|आईएएनएस|एएनआई|पीटीआई|एपी|एएफपी|ब्यूरो|संवाददाता|"
        "รอยเตอร์|รอยเตอร์ส|เอเอฟพี|เอพี|ซินหัว|"
        "রয়টার্স|এএফপি|বাসস|ইউএনবি|পিটিআই|রাসস|பிடிஐ|ராய்ட்டர்ஸ்|ఏజెన్సీలు|",
};

static const char east_asian_agencies[] =
    "|新华社|新華社|中新社|中新网|中新網|中央社|本报讯|本报|本報|人民网|央视网|法新社|"
    "路透社|美联社|共同社|共同|時事|ロイター|AFP時事|"
    "タス通信|新華社通信|ＡＦＰ|ＡＰ|AFP|AP|聯合ニュース|韓国聯合ニュース|新華網|"
    "연합뉴스|뉴시스|뉴스1|로이터|CNA|";

static const char *const places[LISTS] = {
    [LIST_OF('a')] =
        "|abidjan|abu dhabi|abuja|accra|addis ababa|aden|agartala|agra|ahmedabad|"
        "aizawl|ajmer|aleppo|alger|algiers|aligarh|almaty|amman|amritsar|"
        "amsterdam|anantnag|ankara|antananarivo|ashgabat|asmara|astana|asuncion|"
        "athens|athen|athenes|atenas|atlanta|auckland|austin|",
    [LIST_OF('b')] =
        "|baghdad|bagdad|baku|balasore|baltimore|bamako|bangalore|bengaluru|"
        "bangkok|bangui|banjul|barcelona|baramulla|basel|beijing|beirut|belfast|"
        "belgrad|belgrade|bergen|berhampur|berlin|bern|berne|bhopal|bhubaneswar|"
        "bhubaneshwar|birmingham|bishkek|bissau|bogota|bologna|bonn|bordeaux|"
        "boston|brasilia|bratislava|brazzaville|bremen|brisbane|bruessel|brussel|"
        "brussels|bruxelles|bruselas|bucharest|bucuresti|budapest|buenos aires|"
        "bujumbura|",
    [LIST_OF('c')] =
        "|cairo|calcutta|calgary|cali|canberra|cannes|cape town|caracas|cardiff|"
        "casablanca|chandigarh|chennai|chicago|chisinau|chittagong|cluj|"
        "coimbatore|cologne|colombo|conakry|copenhagen|cuttack|ciudad de mexico|",
    [LIST_OF('d')] =
        "|dakar|dallas|damascus|damas|dar es salaam|darmstadt|davos|dehradun|"
        "delhi|denver|detroit|dhaka|dharamsala|dharamshala|djibouti|doha|donetsk|"
        "dortmund|dresden|dubai|dublin|durban|dusseldorf|dushanbe|den haag|",
    [LIST_OF('e')] = "|el cairo|edinburgh|entebbe|erbil|essen|",
    [LIST_OF('f')] = "|faisalabad|florence|frankfurt|freetown|",
    [LIST_OF('g')] =
        "|gandhinagar|gangtok|gaza|gaza city|gdansk|geneva|geneve|genf|ginebra|"
        "ginevra|genoa|genova|georgetown|glasgow|goma|gorakhpur|gothenburg|graz|"
        "guadalajara|guatemala city|guayaquil|gurgaon|gurugram|guwahati|gwadar|"
        "gwalior|",
    [LIST_OF('h')] =
        "|haarlem|hamburg|hannover|hanoi|ha noi|harare|haridwar|havana|helsinki|"
        "hiroshima|ho chi minh city|hong kong|honolulu|houston|hyderabad|",
    [LIST_OF('i')] = "|ibadan|imphal|indore|islamabad|istanbul|itanagar|izmir|",
    [LIST_OF('j')] =
        "|jabalpur|jaffna|jaipur|jakarta|jalandhar|jammu|jamshedpur|jeddah|jenin|"
        "jerusalem|jodhpur|johannesburg|juba|",
    [LIST_OF('k')] =
        "|kairo|kobenhavn|kabul|kampala|kano|kanpur|karachi|kargil|karlsruhe|"
        "kathmandu|khartoum|kharkiv|kherson|kiel|kyiv|kiev|kiew|kigali|kingston|"
        "kinshasa|kochi|kohima|koln|kolkata|kota|kozhikode|krakow|kuala lumpur|"
        "kuwait city|kupwara|kyoto|",
    [LIST_OF('l')] =
        "|le caire|la habana|la paz|lagos|lahore|larkana|las vegas|lausanne|"
        "leeds|leh|leicester|leipzig|libreville|lille|lilongwe|lima|lisboa|"
        "lisbon|lissabon|liverpool|ljubljana|lome|london|londres|londra|"
        "los angeles|luanda|lucknow|ludhiana|lusaka|luxembourg|lviv|lyon|la haye|",
    [LIST_OF('m')] =
        "|madrid|madurai|malappuram|malaga|male|mallorca|malmo|managua|manama|"
        "manchester|mandalay|mangalore|mangaluru|manila|maputo|mariupol|"
        "marseille|mascate|mecca|medan|meerut|melbourne|memphis|mexico city|"
        "miami|milan|milano|mainz|minneapolis|minsk|mirpur|mogadishu|mombasa|"
        "monrovia|monterrey|montevideo|montreal|moscow|moskau|moscou|moscu|mosul|"
        "multan|mumbai|munich|munchen|muscat|muzaffarabad|mysuru|",
    [LIST_OF('n')] =
        "|nagasaki|nagpur|nairobi|nantes|naples|napoli|nashik|nashville|nassau|"
        "naypyidaw|n djamena|ndjamena|new delhi|new york|niamey|nicosia|nice|"
        "noida|nouakchott|novosibirsk|nuremberg|nurnberg|",
    [LIST_OF('o')] = "|odessa|osaka|oslo|ottawa|ouagadougou|",
    [LIST_OF('p')] =
        "|pahalgam|palermo|panaji|paris|parigi|patna|peking|pekin|perth|peshawar|"
        "philadelphia|phnom penh|phoenix|pittsburgh|podgorica|poonch|"
        "port au prince|port louis|port moresby|portland|porto|porto alegre|"
        "potsdam|prag|prague|praha|praia|pretoria|pristina|puducherry|pune|puri|"
        "pyongyang|",
    [LIST_OF('q')] = "|quebec|quetta|quito|",
    [LIST_OF('r')] =
        "|rabat|raipur|rajkot|rajouri|ramallah|ranchi|rangoon|rawalpindi|recife|"
        "reykjavik|riga|rio de janeiro|riyadh|riad|roma|rome|rom|rostock|"
        "rotterdam|rourkela|",
    [LIST_OF('s')] =
        "|sacramento|salt lake city|salzburg|sambalpur|san diego|san francisco|"
        "san jose|san juan|san salvador|sanaa|santiago|santiago de chile|"
        "santo domingo|sao paulo|sarajevo|seattle|seoul|sevilla|seville|shanghai|"
        "sharjah|shenzhen|shillong|shimla|sialkot|siliguri|singapore|skopje|"
        "sofia|srinagar|st petersburg|st louis|stockholm|strasbourg|strassburg|"
        "stuttgart|surabaya|surat|sydney|",
    [LIST_OF('t')] =
        "|taipei|tallinn|tampa|tashkent|tbilisi|tegucigalpa|tehran|teheran|"
        "tel aviv|the hague|thimphu|thiruvananthapuram|thrissur|tirana|tokyo|"
        "tokio|toronto|toulouse|tripoli|tucson|tunis|turin|torino|turku|",
    [LIST_OF('u')] = "|udaipur|ulaanbaatar|ulan bator|united nations|utrecht|",
    [LIST_OF('v')] =
        "|vadodara|valencia|valletta|vancouver|varanasi|varsovie|varsovia|"
        "vatican city|venice|venezia|vienna|vienne|viena|vientiane|vijayawada|"
        "vilnius|visakhapatnam|",
    [LIST_OF('w')] =
        "|wien|warangal|warsaw|warschau|warszawa|washington|washington d c|"
        "washington dc|wellington|wiesbaden|windhoek|winnipeg|wuhan|",
    [LIST_OF('y')] = "|yangon|yaounde|yerevan|",
    [LIST_OF('z')] = "|zagreb|zaporizhzhia|zurich|",
    [OTHER_LIST] =
        "|МОСКВА|Москва|Киев|КИЕВ|Київ|КИЇВ|Минск|МИНСК|Санкт-Петербург|"
        "САНКТ-ПЕТЕРБУРГ|София|СОФИЯ|Белград|Донецк|Астана|Алматы|Ташкент|Баку|"
        "Лондон|Вашингтон|ВАШИНГТОН|ПЕКИН|Пекин|Αθήνα|ΑΘΗΝΑ|Λευκωσία|Θεσσαλονίκη|"
        "القاهرة|بيروت|دمشق|بغداد|عمان|عمّان|الرياض|جدة|دبي|أبوظبي|الدوحة|الكويت|"
        "المنامة|مسقط|صنعاء|عدن|الخرطوم|طرابلس|تونس|الجزائر|الرباط|القدس|غزة|"
        "رام الله|لندن|باريس|واشنطن|نيويورك|موسكو|طهران|أنقرة|إسطنبول|إسلام آباد|"
        "نيودلهي|تهران|مشهد|اصفهان|تبریز|کابل|اسلام "
        "آباد|اسلام‌آباد|اسلام "
        "اباد|"
        "لاہور|کراچی|پشاور|کوئٹہ|راولپنڈی|ملتان|فیصل آباد|مظفرآباد|نئی دہلی|"
        "سری نگر|دہلی|ممبئی|حیدرآباد|واشنگٹن|ماسکو|بیجنگ|नई दिल्ली|नयी दिल्ली|"
        "दिल्ली|मुंबई|मुम्बई|लखनऊ|पटना|भोपाल|जयपुर|कोलकाता|चेन्नई|बेंगलुरु|हैदराबाद|अहमदाबाद|"
        "श्रीनगर|जम्मू|चंडीगढ़|देहरादून|रांची|रायपुर|भुवनेश्वर|गुवाहाटी|शिमला|वाराणसी|कानपुर|"
        "इंदौर|नागपुर|पुणे|नोएडा|इस्लामाबाद|काठमांडू|काठमाडौं|वाशिंगटन|वॉशिंगटन|लंदन|बीजिंग|"
        "मॉस्को|ঢাকা|কলকাতা|চট্টগ্রাম|নয়াদিল্লি|সিলেট|খুলনা|রাজশাহী|ইসলামাবাদ|சென்னை|"
        "புதுடெல்லி|புதுதில்லி|கொழும்பு|மதுரை|கோவை|డిల్లీ|న్యూఢిల్లీ|హైదరాబాద్|กรุงเทพฯ|กรุงเทพ|"
        "北京|上海|台北|香港|東京|ソウル|서울|",
};

/* Beyond those of places. */
static const char east_asian_places[] =
    "|大阪|札幌|仙台|横浜|名古屋|京都|神戸|広島|福岡|那覇|台北|平壌|ワシントン|"
    "ニューヨーク|ロサンゼルス|サンフランシスコ|ロンドン|パリ|ベルリン|ローマ|"
    "マドリード|ジュネーブ|ブリュッセル|ウィーン|モスクワ|キーウ|カイロ|エルサレム|"
    "テヘラン|ドバイ|ニューデリー|バンコク|シンガポール|マニラ|ジャカルタ|ハノイ|"
    "シドニー|广州|廣州|深圳|天津|重庆|重慶|南京|杭州|武汉|武漢|成都|西安|沈阳|瀋陽|"
    "高雄|澳门|澳門|东京|首尔|首爾|华盛顿|華盛頓|纽约|紐約|伦敦|倫敦|巴黎|柏林|莫斯科|"
    "日内瓦|日內瓦|布鲁塞尔|布魯塞爾|新德里|曼谷|新加坡|";

static const char double_names[] =
    "|bosnia and herzegovina|trinidad and tobago|antigua and barbuda|"
    "saint kitts and nevis|st kitts and nevis|saint vincent and the grenadines|"
    "st vincent and the grenadines|sao tome and principe|turks and caicos|"
    "turks and caicos islands|newfoundland and labrador|jammu and kashmir|"
    "andaman and nicobar islands|daman and diu|wallis and futuna|tyne and wear|";

static const char places_too[] = "|petra|fars|keystone|dawn|hina|";

static const char *const no_places[LISTS] = {
    [LIST_OF('a')] =
        "|a|about|after|again|all|also|although|an|analysis|and|another|answer|"
        "april|as|at|august|achtung|aber|am|auch|auf|avec|",
    [LIST_OF('b')] =
        "|background|because|before|breaking|briefing|but|by|bjp|bei|bild|",
    [LIST_OF('c')] = "|caption|comment|context|conclusion|correction|cricket|",
    [LIST_OF('d')] =
        "|december|despite|das|dass|der|die|dienstag|donnerstag|des|du|depuis|"
        "dans|dimanche|desde|domingo|",
    [LIST_OF('e')] =
        "|editorial|editor|editors|exclusive|explained|explainer|eu|ein|eine|er|"
        "es|en|elle|el|",
    [LIST_OF('f')] =
        "|fact|factbox|february|file|first|football|for|friday|from|fyi|fifa|"
        "foto|fur|freitag|",
    [LIST_OF('h')] = "|he|here|highlights|his|her|how|however|hier|hasta|",
    [LIST_OF('i')] =
        "|i|if|image|in|indeed|inside|interview|introduction|it|its|imf|ipl|im|"
        "il|",
    [LIST_OF('j')] = "|january|july|june|just|jeudi|jueves|",
    [LIST_OF('k')] = "|key|kommentar|",
    [LIST_OF('l')] = "|last|latest|live|le|la|les|lundi|los|las|lunes|",
    [LIST_OF('m')] =
        "|march|may|meanwhile|monday|more|moreover|montag|mittwoch|mais|mardi|"
        "mercredi|martes|miercoles|mas|",
    [LIST_OF('n')] = "|new|news|no|not|note|november|now|nb|nato|nach|nun|nota|",
    [LIST_OF('o')] = "|october|of|on|one|only|opinion|or|our|opec|o|os|",
    [LIST_OF('p')] =
        "|photo|photos|picture|pictures|podcast|poll|posted|profile|published|ps|"
        "pm|pour|pero|por|para|",
    [LIST_OF('q')] = "|question|quote|q|",
    [LIST_OF('r')] = "|read|recap|related|report|reports|result|results|review|",
    [LIST_OF('s')] =
        "|saturday|scores|second|september|she|since|so|some|source|sources|"
        "special|sport|sports|statement|still|story|subscribe|summary|sunday|"
        "suspected|samstag|sonntag|seit|sie|stand|samedi|sur|sabado|segun|",
    [LIST_OF('t')] =
        "|that|the|their|then|there|these|they|this|those|thursday|thus|timeline|"
        "tip|to|today|tomorrow|topics|transcript|tuesday|two|tl|",
    [LIST_OF('u')] = "|under|until|update|updated|updates|us|un|uk|und|uber|une|una|",
    [LIST_OF('v')] = "|video|von|vor|vendredi|viernes|",
    [LIST_OF('w')] =
        "|warning|watch|we|wednesday|weather|what|when|where|while|who|why|with|"
        "world|wie|wir|",
    [LIST_OF('y')] = "|yes|yesterday|yet|you|your|",
    [LIST_OF('z')] = "|zu|zum|",
    [OTHER_LIST] = "|Однако|Но|Он|Она|Это|После|Фото|Примечание|В|На|По|",
};

static const char particles[] =
    "|a|al|am|an|and|au|aux|bin|da|das|de|del|della|den|der|des|di|do|dos|du|e|"
    "el|en|es|ez|i|im|in|la|las|le|les|los|na|of|on|os|sur|sul|the|ul|und|upon|y|"
    "nad|над|на|και|";

/* Whether a name stands between two bars; no list: no. */
static bool is_in(const char *list, kh_str name)
{
    char asked[NAME_MAX_BYTES + 3];
    if (list == NULL || name.len == 0 || name.len > NAME_MAX_BYTES)
        return false;
    asked[0] = '|';
    memcpy(asked + 1, name.ptr, name.len);
    memcpy(asked + 1 + name.len, "|", 2);
    return strstr(list, asked) != NULL;
}

static bool is_listed(const char *const lists[LISTS], kh_str name)
{
    char first = name.len > 0 ? name.ptr[0] : '\0';
    return is_in(lists[first >= 'a' && first <= 'z' ? LIST_OF(first) : OTHER_LIST],
                 name);
}

/* As written, or folded. */
static bool is_listed_anyhow(const char *const lists[LISTS], kh_str name)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, NAME_MAX_BYTES + 2);
    kh_fold_phrase(&folded, name);
    return is_listed(lists, name) || (!kh_str_equal(name, kh_buf_str(&folded)) &&
                                      is_listed(lists, kh_buf_str(&folded)));
}

bool kh_dateline_is_agency(kh_str text)
{
    if (is_listed_anyhow(agencies, text) || is_in(east_asian_agencies, text))
        return true;
    /* "PTI/ANI", "Reuters, AP": the first of them will do. */
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\0' && strchr("/,+|-", text.ptr[i]) != NULL)
            return is_listed_anyhow(agencies, kh_str_trim(kh_str_slice(text, 0, i)));
    }
    return false;
}

static bool is_in_folded(const char *list, kh_str name)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, NAME_MAX_BYTES + 2);
    kh_fold_phrase(&folded, name);
    return is_in(list, kh_buf_str(&folded));
}

bool kh_dateline_is_only_agency(kh_str name)
{
    enum { LATIN_MAX = 32 };
    if (name.len == 0 || (unsigned char)name.ptr[0] >= 0x80)
        return is_in(agencies[OTHER_LIST], name) || is_in(east_asian_agencies, name);
    char small[LATIN_MAX];
    for (size_t i = 0; i < name.len && i < LATIN_MAX; i++) {
        char c = name.ptr[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    kh_str asked = kh_str_make(small, name.len);
    return name.len <= LATIN_MAX && is_listed(agencies, asked) &&
           !is_in(places_too, asked);
}

bool kh_dateline_is_double_name(kh_str name)
{
    return is_in_folded(double_names, name);
}

static size_t east_asian_agency(kh_str text, bool (*fits)(kh_str, kh_str))
{
    size_t longest = 0;
    kh_str rest = KH_STR(east_asian_agencies);
    while (rest.len > 1) {
        rest = kh_str_slice(rest, 1, rest.len);
        const char *end = memchr(rest.ptr, '|', rest.len);
        size_t bar = end != NULL ? (size_t)(end - rest.ptr) : rest.len;
        if (bar > longest && fits(text, kh_str_slice(rest, 0, bar)))
            longest = bar;
        rest = kh_str_slice(rest, bar, rest.len);
    }
    return longest;
}

size_t kh_dateline_agency_at_start(kh_str text)
{
    return east_asian_agency(text, kh_str_starts);
}

size_t kh_dateline_agency_at_end(kh_str text)
{
    return east_asian_agency(text, kh_str_ends);
}

bool kh_dateline_is_known_place(kh_str place)
{
    return is_listed_anyhow(places, place);
}

bool kh_dateline_is_east_asian_place(kh_str place)
{
    return is_in(east_asian_places, place) || kh_dateline_is_known_place(place);
}

bool kh_dateline_is_no_place(kh_str word)
{
    return is_listed_anyhow(no_places, word);
}

bool kh_dateline_is_particle(kh_str word)
{
    return is_in(particles, word);
}
