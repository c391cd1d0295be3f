/* dateline_words - tables for datelines. Latin entries stand folded, as
 * kh_fold_phrase() writes them; entries of other scripts as papers print them. */
#include "dateline_words.h"

#include "base/buf.h"
#include "text/fold.h"

/* Names stand between two bars; the last list is NULL. */
static const char *const agencies[] = {
    "|reuters|ap|afp|pti|ani|ians|uni|dpa|epd|kna|sid|efe|ansa|agi|adnkronos|"
    "tass|itar tass|ria|ria novosti|interfax|xinhua|kyodo|jiji|yonhap|newsis|app|"
    "upi|bloomberg|cnn|bbc|wam|spa|mena|kuna|qna|petra|anadolu|aa|dha|iha|lusa|"
    "ats|keystone|apa|belga|anp|ntb|tt|ritzau|stt|pap|ctk|mti|agerpres|mediafax|"
    "bta|tanjug|hina|ana mpa|ana|amna|antara|bernama|nnn|vna|ttxvn|tna|aap|nzpa|"
    "cp|canadian press|the canadian press|associated press|the associated press|"
    "associated press of pakistan|europa press|notimex|telam|agencia brasil|"
    "estadao conteudo|folhapress|gna|nan|ena|sapa|tap|map|aps|irna|isna|mehr|"
    "fars|sana|nna|unb|bss|rss|ist|ht|toi|tns|et|agency|agencies|news agency|"
    "news agencies|agence|agences|agentur|agenturen|agencia|agencias|agenzie|"
    "staff|staff reporter|our correspondent|special correspondent|"
    "our special correspondent|correspondent|web desk|news desk|online desk|"
    "agencies inputs|express news service|ens|tnn|ndtv|dawn|pr newswire|"
    "prnewswire|business wire|businesswire|globe newswire|globenewswire|"
    "ein presswire|ukrinform|unian|belta|kazinform|trend|azertac|armenpress|"
    "news18|ptv|who|un news|npr|thomson reuters|ТАСС|РИА Новости|РИА|Интерфакс|"
    "ИТАР-ТАСС|УНІАН|Укрінформ|БТА|БЕЛТА|ΑΠΕ-ΜΠΕ|ΑΠΕ|رويترز|أ ف ب|أ.ف.ب|ا ف ب|"
    "د ب أ|د.ب.أ|وكالات|واس|وام|سانا|قنا|كونا|بترا|أ ش أ|الأناضول|ایرنا|ایسنا|"
    "مهر|فارس|اے پی پی|ایجنسیاں|ایجنسی|نمائندہ خصوصی|ویب ڈیسک|اسٹاف رپورٹر|"
    "نمائندہ جنگ|भाषा|वार्ता|एजेंसी|एजेंसियां|एजेंसियाँ|रायटर|रॉयटर्स|आईएएनएस|"
    "एएनआई|पीटीआई|एपी|एएफपी|ब्यूरो|संवाददाता|রয়টার্স|এএফপি|বাসস|ইউএনবি|পিটিআই|"
    "রাসস|பிடிஐ|ராய்ட்டர்ஸ்|ఏజెన్సీలు|",
    NULL,
};

static const char *const east_asian_agencies[] = {
    "|新华社|新華社|中新社|中新网|中新網|中央社|本报讯|本报|本報|人民网|央视网|法新社|"
    "路透社|美联社|共同社|共同|時事|ロイター|AFP時事|"
    "AFP|AP|聯合ニュース|韓国聯合ニュース|新華網|연합뉴스|뉴시스|뉴스1|로이터|CNA|",
    NULL,
};

static const char *const places[] = {
    "|abidjan|abu dhabi|abuja|accra|addis ababa|aden|agartala|agra|ahmedabad|"
    "aizawl|ajmer|aleppo|alger|algiers|aligarh|almaty|amman|amritsar|amsterdam|"
    "anantnag|ankara|antananarivo|ashgabat|asmara|astana|asuncion|athens|athen|"
    "athenes|atenas|atlanta|auckland|austin|baghdad|bagdad|baku|balasore|"
    "baltimore|bamako|bangalore|bengaluru|bangkok|bangui|banjul|barcelona|"
    "baramulla|basel|beijing|beirut|belfast|belgrad|belgrade|bergen|berhampur|"
    "berlin|bern|berne|bhopal|bhubaneswar|bhubaneshwar|birmingham|bishkek|bissau|"
    "bogota|bologna|bonn|bordeaux|boston|brasilia|bratislava|brazzaville|bremen|"
    "brisbane|bruessel|brussel|brussels|bruxelles|bruselas|bucharest|bucuresti|"
    "budapest|buenos aires|bujumbura|cairo|kairo|le caire|el cairo|calcutta|"
    "calgary|cali|canberra|cannes|cape town|caracas|cardiff|casablanca|"
    "chandigarh|chennai|chicago|chisinau|chittagong|cluj|coimbatore|cologne|"
    "colombo|conakry|copenhagen|kobenhavn|cuttack|dakar|dallas|damascus|damas|"
    "dar es salaam|darmstadt|davos|dehradun|delhi|denver|detroit|dhaka|"
    "dharamsala|dharamshala|djibouti|doha|donetsk|dortmund|dresden|dubai|dublin|"
    "durban|dusseldorf|dushanbe|edinburgh|entebbe|erbil|essen|faisalabad|"
    "florence|frankfurt|freetown|gandhinagar|gangtok|gaza|gaza city|gdansk|"
    "geneva|geneve|genf|ginebra|ginevra|genoa|genova|georgetown|glasgow|goma|"
    "gorakhpur|gothenburg|graz|guadalajara|guatemala city|guayaquil|gurgaon|"
    "gurugram|guwahati|gwadar|gwalior|haarlem|hamburg|hannover|hanoi|ha noi|"
    "harare|haridwar|havana|la habana|helsinki|hiroshima|ho chi minh city|"
    "hong kong|honolulu|houston|hyderabad|ibadan|imphal|indore|islamabad|"
    "istanbul|itanagar|izmir|jabalpur|jaffna|jaipur|jakarta|jalandhar|jammu|"
    "jamshedpur|jeddah|jenin|jerusalem|jodhpur|johannesburg|juba|kabul|kampala|"
    "kano|kanpur|karachi|kargil|karlsruhe|kathmandu|khartoum|kharkiv|kherson|"
    "kiel|kyiv|kiev|kiew|kigali|kingston|kinshasa|kochi|kohima|koln|kolkata|kota|"
    "kozhikode|krakow|kuala lumpur|kuwait city|kupwara|kyoto|la paz|lagos|lahore|"
    "larkana|las vegas|lausanne|leeds|leh|leicester|leipzig|libreville|lille|"
    "lilongwe|lima|lisboa|lisbon|lissabon|liverpool|ljubljana|lome|london|"
    "londres|londra|los angeles|luanda|lucknow|ludhiana|lusaka|luxembourg|lviv|"
    "lyon|madrid|madurai|malappuram|malaga|male|mallorca|malmo|managua|manama|"
    "manchester|mandalay|mangalore|mangaluru|manila|maputo|mariupol|marseille|"
    "mascate|mecca|medan|meerut|melbourne|memphis|mexico city|ciudad de mexico|"
    "miami|milan|milano|mainz|minneapolis|minsk|mirpur|mogadishu|mombasa|"
    "monrovia|monterrey|montevideo|montreal|moscow|moskau|moscou|moscu|mosul|"
    "multan|mumbai|munich|munchen|muscat|muzaffarabad|mysuru|nagasaki|nagpur|"
    "nairobi|nantes|naples|napoli|nashik|nashville|nassau|naypyidaw|n djamena|"
    "ndjamena|new delhi|new york|niamey|nicosia|nice|noida|nouakchott|"
    "novosibirsk|nuremberg|nurnberg|odessa|osaka|oslo|ottawa|ouagadougou|"
    "pahalgam|palermo|panaji|paris|parigi|patna|peking|pekin|perth|peshawar|"
    "philadelphia|phnom penh|phoenix|pittsburgh|podgorica|poonch|port au prince|"
    "port louis|port moresby|portland|porto|porto alegre|potsdam|prag|",
    "|prague|praha|praia|pretoria|pristina|puducherry|pune|puri|pyongyang|quebec|"
    "quetta|quito|rabat|raipur|rajkot|rajouri|ramallah|ranchi|rangoon|rawalpindi|"
    "recife|reykjavik|riga|rio de janeiro|riyadh|riad|roma|rome|rom|rostock|"
    "rotterdam|rourkela|sacramento|salt lake city|salzburg|sambalpur|san diego|"
    "san francisco|san jose|san juan|san salvador|sanaa|santiago|"
    "santiago de chile|santo domingo|sao paulo|sarajevo|seattle|seoul|sevilla|"
    "seville|shanghai|sharjah|shenzhen|shillong|shimla|sialkot|siliguri|"
    "singapore|skopje|sofia|srinagar|st petersburg|st louis|stockholm|strasbourg|"
    "strassburg|stuttgart|surabaya|surat|sydney|taipei|tallinn|tampa|tashkent|"
    "tbilisi|tegucigalpa|tehran|teheran|tel aviv|the hague|den haag|la haye|"
    "thimphu|thiruvananthapuram|thrissur|tirana|tokyo|tokio|toronto|toulouse|"
    "tripoli|tucson|tunis|turin|torino|turku|udaipur|ulaanbaatar|ulan bator|"
    "united nations|utrecht|vadodara|valencia|valletta|vancouver|varanasi|"
    "varsovie|varsovia|vatican city|venice|venezia|vienna|vienne|viena|wien|"
    "vientiane|vijayawada|vilnius|visakhapatnam|warangal|warsaw|warschau|"
    "warszawa|washington|washington d c|washington dc|wellington|wiesbaden|"
    "windhoek|winnipeg|wuhan|yangon|yaounde|yerevan|zagreb|zaporizhzhia|zurich|"
    "МОСКВА|Москва|Киев|КИЕВ|Київ|КИЇВ|Минск|МИНСК|Санкт-Петербург|"
    "САНКТ-ПЕТЕРБУРГ|София|СОФИЯ|Белград|Донецк|Астана|Алматы|Ташкент|Баку|"
    "Лондон|Вашингтон|ВАШИНГТОН|ПЕКИН|Пекин|Αθήνα|ΑΘΗΝΑ|Λευκωσία|Θεσσαλονίκη|"
    "القاهرة|بيروت|دمشق|بغداد|عمان|عمّان|الرياض|جدة|دبي|أبوظبي|الدوحة|الكويت|"
    "المنامة|مسقط|صنعاء|عدن|الخرطوم|طرابلس|تونس|الجزائر|الرباط|القدس|غزة|"
    "رام الله|لندن|باريس|واشنطن|نيويورك|موسكو|طهران|أنقرة|إسطنبول|إسلام آباد|"
    "نيودلهي|تهران|مشهد|اصفهان|تبریز|کابل|اسلام "
    "آباد|اسلام‌آباد|اسلام "
    "اباد|لاہور|"
    "کراچی|پشاور|کوئٹہ|راولپنڈی|ملتان|فیصل آباد|مظفرآباد|نئی دہلی|سری نگر|دہلی|"
    "ممبئی|حیدرآباد|واشنگٹن|ماسکو|بیجنگ|नई दिल्ली|नयी दिल्ली|दिल्ली|मुंबई|मुम्बई|"
    "लखनऊ|पटना|भोपाल|जयपुर|कोलकाता|चेन्नई|बेंगलुरु|हैदराबाद|अहमदाबाद|श्रीनगर|"
    "जम्मू|चंडीगढ़|देहरादून|रांची|रायपुर|भुवनेश्वर|गुवाहाटी|शिमला|वाराणसी|कानपुर|"
    "इंदौर|नागपुर|पुणे|नोएडा|इस्लामाबाद|काठमांडू|काठमाडौं|",
    "|वाशिंगटन|वॉशिंगटन|लंदन|बीजिंग|मॉस्को|ঢাকা|কলকাতা|চট্টগ্রাম|নয়াদিল্লি|"
    "সিলেট|খুলনা|রাজশাহী|ইসলামাবাদ|சென்னை|புதுடெல்லி|புதுதில்லி|கொழும்பு|மதுரை|"
    "கோவை|డిల్లీ|న్యూఢిల్లీ|హైదరాబాద్|กรุงเทพฯ|กรุงเทพ|北京|上海|台北|香港|東京|ソウル|서울|",
    NULL,
};

static const char *const no_places[] = {
    "|a|about|after|again|all|also|although|an|analysis|and|another|answer|april|"
    "as|at|august|background|because|before|breaking|briefing|but|by|caption|"
    "comment|context|conclusion|correction|cricket|december|despite|editorial|"
    "editor|editors|exclusive|explained|explainer|fact|factbox|february|file|"
    "first|football|for|friday|from|he|here|highlights|his|her|how|however|i|if|"
    "image|in|indeed|inside|interview|introduction|it|its|january|july|june|just|"
    "key|last|latest|live|march|may|meanwhile|monday|more|moreover|new|news|no|"
    "not|note|november|now|october|of|on|one|only|opinion|or|our|photo|photos|"
    "picture|pictures|podcast|poll|posted|profile|published|question|quote|read|"
    "recap|related|report|reports|result|results|review|saturday|scores|second|"
    "september|she|since|so|some|source|sources|special|sport|sports|statement|"
    "still|story|subscribe|summary|sunday|suspected|that|the|their|then|there|"
    "these|they|this|those|thursday|thus|timeline|tip|to|today|tomorrow|topics|"
    "transcript|tuesday|two|under|until|update|updated|updates|video|warning|"
    "watch|we|wednesday|weather|what|when|where|while|who|why|with|world|yes|"
    "yesterday|yet|you|your|q|tl|fyi|ps|nb|pm|us|eu|un|uk|nato|opec|imf|fifa|ipl|"
    "bjp|achtung|aber|am|auch|auf|bei|bild|das|dass|der|die|ein|eine|er|es|foto|"
    "fur|hier|im|kommentar|montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    "sonntag|nach|nun|seit|sie|stand|und|uber|von|vor|wie|wir|zu|zum|le|la|les|"
    "une|des|du|depuis|dans|en|avec|mais|il|elle|lundi|mardi|mercredi|jeudi|"
    "vendredi|samedi|dimanche|pour|sur|el|los|las|una|pero|desde|hasta|lunes|"
    "martes|miercoles|jueves|viernes|sabado|domingo|nota|por|para|segun|o|os|mas|"
    "Однако|Но|Он|Она|Это|После|Фото|Примечание|В|На|По|",
    NULL,
};

static const char *const particles[] = {
    "|a|al|am|an|and|au|aux|bin|da|das|de|del|della|den|der|des|di|do|dos|du|e|"
    "el|en|es|ez|i|im|in|la|las|le|les|los|na|of|on|os|sur|sul|the|ul|und|upon|y|"
    "nad|над|на|και|",
    NULL,
};

static bool is_listed(const char *const *lists, kh_str name)
{
    KH_AUTO_BUF asked;
    kh_buf_init(&asked, 200);
    kh_buf_add_char(&asked, '|');
    kh_buf_add(&asked, name);
    kh_buf_add_char(&asked, '|');
    if (name.len == 0 || asked.is_over_max)
        return false;
    for (; *lists != NULL; lists++) {
        if (strstr(*lists, kh_buf_text(&asked)) != NULL)
            return true;
    }
    return false;
}

/* As written, or folded. */
static bool is_listed_anyhow(const char *const *lists, kh_str name)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, 200);
    kh_fold_phrase(&folded, name);
    return is_listed(lists, name) || (!kh_str_equal(name, kh_buf_str(&folded)) &&
                                      is_listed(lists, kh_buf_str(&folded)));
}

bool kh_dateline_is_agency(kh_str text)
{
    if (is_listed_anyhow(agencies, text) || is_listed(east_asian_agencies, text))
        return true;
    /* "PTI/ANI", "Reuters, AP": the first of them will do. */
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\0' && strchr("/,+|-", text.ptr[i]) != NULL)
            return is_listed_anyhow(agencies, kh_str_trim(kh_str_slice(text, 0, i)));
    }
    return false;
}

static size_t east_asian_agency(kh_str text, bool (*fits)(kh_str, kh_str))
{
    size_t longest = 0;
    kh_str rest = kh_str_from(east_asian_agencies[0]);
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

bool kh_dateline_is_no_place(kh_str word)
{
    return is_listed_anyhow(no_places, word);
}

bool kh_dateline_is_particle(kh_str word)
{
    return is_listed(particles, word);
}
