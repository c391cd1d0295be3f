/* test_dateline - datelines are read, prose is left alone. */
#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/dateline.h"
#include "dateline_words.h"

static const kh_date published = {
    .year = 2025, .month = 6, .day = 7, .precision = KH_DATE_DAY
};

/* What is behind the dateline begins with `rest`. */
static const struct {
    const char *text;
    const char *lang;
    const char *place;
    const char *date; /* ISO */
    const char *agency;
    const char *rest;
} datelines[] = {
    { "Bhubaneswar, June 5, 2025: Following India’s", "en", "Bhubaneswar", "2025-06-05",
      "", "Following" },
    { "NEW DELHI, June 5 (Agency) - The talks", "en", "NEW DELHI", "2025-06-05",
      "Agency", "The talks" },
    { "NEW DELHI, June 5 (PTI) The talks", "en", "NEW DELHI", "2025-06-05", "PTI",
      "The talks" },
    { "ISLAMABAD — Pakistan said", "en", "ISLAMABAD", "", "", "Pakistan" },
    { "ISLAMABAD: Pakistan said", "en", "ISLAMABAD", "", "", "Pakistan" },
    { "Islamabad: Pakistan said", "en", "Islamabad", "", "", "Pakistan" },
    { "Washington, D.C., June 5: The", "en", "Washington, D.C.", "2025-06-05", "",
      "The" },
    { "WASHINGTON (AP) — The president", "en", "WASHINGTON", "", "AP", "The" },
    { "LONDON, June 5 (Reuters) - Oil", "en", "LONDON", "2025-06-05", "Reuters",
      "Oil" },
    { "KARACHI, Pakistan (AP) — Four", "en", "KARACHI, Pakistan", "", "AP", "Four" },
    { "(Reuters) - Shares of", "en", "", "", "Reuters", "Shares" },
    { "June 5 (Reuters) - Shares of", "en", "", "2025-06-05", "Reuters", "Shares" },
    { "Srinagar, Jun 5: Police", "en", "Srinagar", "2025-06-05", "", "Police" },
    { "Srinagar, 05 June 2025: Police", "en", "Srinagar", "2025-06-05", "", "Police" },
    { "NEW DELHI/ISLAMABAD: Both sides", "en", "NEW DELHI/ISLAMABAD", "", "", "Both" },
    { "BEIRUT, 12 Jan. 2024 - The port", "en", "BEIRUT", "2024-01-12", "", "The port" },
    { "BEIRUT, 12 Jan. 2024 (AP) - The port", "en", "BEIRUT", "2024-01-12", "AP",
      "The port" },
    { "МОСКВА, 5 июня. 2024 год был трудным", "ru", "МОСКВА", "2025-06-05", "",
      "2024" },
    { "LONDON, June                                                   5, 2025: Oil",
      "en", "LONDON", "2025-06-05", "", "Oil" },
    { "New Delhi, Dec 30: Cold", "en", "New Delhi", "2024-12-30", "", "Cold" },
    { "Geneva, 5 June 2025 – The UN", "en", "Geneva", "2025-06-05", "", "The UN" },
    { "Geneva, 5 June 2025 (WHO) – The", "en", "Geneva", "2025-06-05", "WHO", "The" },
    { "5 June 2025, Geneva – The UN", "en", "Geneva", "2025-06-05", "", "The UN" },
    { "SAN FRANCISCO, June 5, 2025 /PRNewswire/ -- A firm", "en", "SAN FRANCISCO",
      "2025-06-05", "PRNewswire", "A firm" },
    { "Rio de Janeiro, June 5: The", "en", "Rio de Janeiro", "2025-06-05", "", "The" },
    { "St. Petersburg, June 5: The", "en", "St. Petersburg", "2025-06-05", "", "The" },
    { "NUREMBERG, Germany (May 30, 2023) - Projects", "en", "NUREMBERG, Germany",
      "2023-05-30", "", "Projects" },
    { "BOURNE, Mass. —The three soldiers", "en", "BOURNE, Mass.", "", "", "The" },
    { "TORPOINT — No one likes getting bills", "en", "TORPOINT", "", "", "No one" },
    { "Tampa, Fla. (CBS TAMPA) – A therapist", "en", "Tampa, Fla.", "", "CBS TAMPA",
      "A therapist" },
    { "NUREMBERG, Germany, Oct. 19, 2022 - A campaign", "en", "NUREMBERG, Germany",
      "2022-10-19", "", "A campaign" },
    { "(CNN) —The cardiac arrest", "en", "", "", "CNN", "The" },
    { "JERUSALEM -- Israel", "en", "JERUSALEM", "", "", "Israel" },
    { "TOKYO - Japan", "en", "TOKYO", "", "", "Japan" },
    { "Berlin (dpa) - Der Bundestag", "de", "Berlin", "", "dpa", "Der" },
    { "Berlin – Der Bundestag", "de", "Berlin", "", "", "Der" },
    { "Frankfurt am Main, 5. Juni 2025 - Die EZB", "de", "Frankfurt am Main",
      "2025-06-05", "", "Die" },
    { "Paris, le 5 juin 2025 - Le président", "fr", "Paris", "2025-06-05", "", "Le" },
    { "Paris (AFP) - Le président", "fr", "Paris", "", "AFP", "Le" },
    { "Madrid, 5 jun (EFE).- El Gobierno", "es", "Madrid", "2025-06-05", "EFE", "El" },
    { "MADRID, 5 de junio de 2025.- El", "es", "MADRID", "2025-06-05", "", "El" },
    { "Roma, 5 giugno 2025 - Il governo", "it", "Roma", "2025-06-05", "", "Il" },
    { "नई दिल्ली, 5 जून 2025: भारत", "hi", "नई दिल्ली", "2025-06-05", "", "भारत" },
    { "नई दिल्ली, 5 जून (भाषा) भारत", "hi", "नई दिल्ली", "2025-06-05", "भाषा", "भारत" },
    { "नई दिल्ली: भारत ने", "hi", "नई दिल्ली", "", "", "भारत" },
    { "МОСКВА, 5 июня. Правительство", "ru", "МОСКВА", "2025-06-05", "",
      "Правительство" },
    { "МОСКВА, 5 июня 2025 г. — Правительство", "ru", "МОСКВА", "2025-06-05", "",
      "Правительство" },
    { "МОСКВА, 5 июня /ТАСС/. Правительство", "ru", "МОСКВА", "2025-06-05", "ТАСС",
      "Правительство" },
    { "กรุงเทพฯ 5 มิ.ย. - น้ำลดลง", "th", "กรุงเทพฯ", "2025-06-05", "", "น้ำ" },
    { "เชียงใหม่ 5 มิ.ย. 2568 – น้ำลดลง", "th", "เชียงใหม่", "2025-06-05", "", "น้ำ" },
    { "新华社北京6月5日电 外交部", "zh", "北京", "2025-06-05", "新华社", "外交部" },
    { "新华社北京6月5日电（记者王某）外交部", "zh", "北京", "2025-06-05", "新华社",
      "外交部" },
    { "中新网6月5日电 外交部", "zh", "", "2025-06-05", "中新网", "外交部" },
    { "北京6月5日电（记者王某）外交部", "zh", "北京", "2025-06-05", "", "外交部" },
    { "某某镇6月5日讯 外交部", "zh", "某某镇", "2025-06-05", "", "外交部" },
    { "東京、2024年6月5日 - 政府は", "ja", "東京", "2024-06-05", "", "政府は" },
    { "東京、6月5日－政府は", "ja", "東京", "2025-06-05", "", "政府は" },
    { "【東京6月5日】政府は", "ja", "東京", "2025-06-05", "", "政府は" },
    { "【ソウル 2024年6月5日】政府は", "ja", "ソウル", "2024-06-05", "", "政府は" },
    { "【東京＝6月5日】政府は", "ja", "東京", "2025-06-05", "", "政府は" },
    { "【ワシントン６月５日共同】米政府は", "ja", "ワシントン", "2025-06-05", "共同",
      "米政府" },
    { "【ワシントン5日時事】米政府は", "ja", "ワシントン", "", "時事", "米政府" },
    { "【6月5日 AFP】米政府は", "ja", "", "2025-06-05", "AFP", "米政府" },
    { "［東京　５日　ロイター］ - 政府は", "ja", "東京", "", "ロイター", "- 政府は" },
    { "Reuters, June 5 - Oil rose", "en", "", "2025-06-05", "Reuters", "Oil" },
    { "ロイター、6月5日 - 政府は", "ja", "", "2025-06-05", "ロイター", "政府は" },
    { "【ＡＦＰ＝時事】政府は", "ja", "", "", "ＡＦＰ", "政府は" },
    { "รอยเตอร์, 5 มิ.ย. - น้ำลดลง", "th", "", "2025-06-05", "รอยเตอร์", "น้ำ" },
    { "【更新＝2024年6月5日】政府は", "ja", "更新", "", "2024年6月5日", "政府は" },
    { "NEW YORK, LONDON and TOKYO (Reuters) - Shares", "en",
      "NEW YORK, LONDON and TOKYO", "", "Reuters", "Shares" },
    { "XINHUA - The dam held", "en", "", "", "XINHUA", "The dam" },
    { "PETRA, June 5 - The dam held", "en", "PETRA", "2025-06-05", "", "The dam" },
    { "SARAJEVO, Bosnia and Herzegovina - The dam", "en",
      "SARAJEVO, Bosnia and Herzegovina", "", "", "The dam" },
    { "Delhi, Agra and Pune, June 5 - The dam", "en", "Delhi, Agra and Pune",
      "2025-06-05", "", "The dam" },
    { "【ワシントン共同】米政府は", "ja", "ワシントン", "", "共同", "米政府" },
    { "【北京=新華社】中国外務省", "ja", "北京", "", "新華社", "中国" },
    { "(서울=연합뉴스) 홍길동 기자 = 정부는", "ko", "서울", "", "연합뉴스", "정부는" },
    { "القاهرة (رويترز) - قالت", "ar", "القاهرة", "", "رويترز", "قالت" },
    { "القاهرة، 5 يونيو 2025: قالت", "ar", "القاهرة", "2025-06-05", "", "قالت" },
    { "اسلام آباد: وزیر خارجہ", "ur", "اسلام آباد", "", "", "وزیر" },
    { "ঢাকা, ৫ জুন ২০২৫: সরকার", "bn", "ঢাকা", "2025-06-05", "", "সরকার" },
    { "ANKARA, 5 Haziran 2025 - Hükümet", "tr", "ANKARA", "2025-06-05", "", "Hükümet" },
    { "Αθήνα, 5 Ιουνίου 2025: Η", "el", "Αθήνα", "2025-06-05", "", "Η" },
    { "Hà Nội, 5/6/2025 - Chính phủ", "vi", "Hà Nội", "2025-06-05", "", "Chính" },
    { "São Paulo, 5 de junho de 2025 – O", "pt", "São Paulo", "2025-06-05", "", "O" },
    { "Staff Reporter\nDelhi, June 5, 2025: The river", "en", "Delhi", "2025-06-05", "",
      "The river" },
    { "Asha Rao, Ravi Kumar\r\nDelhi, June 5, 2025: The river", "en", "Delhi",
      "2025-06-05", "", "The river" },
    { "Par Jean Dupont\nParis, 5 juin 2025 – La Seine", "fr", "Paris", "2025-06-05", "",
      "La Seine" },
    { "Von Anna Weiß\nKöln, 5. Juni 2025 – Der Rhein", "de", "Köln", "2025-06-05", "",
      "Der Rhein" },
    { "Von Anna Weiß\nKöln, 5. Juni 2025 – Der Rhein", "", "Köln", "2025-06-05", "",
      "Der Rhein" },
    { "Von Anna Weiß\nBerlin (dpa) - Der Bundestag", "de", "Berlin", "", "dpa", "Der" },
    { "Por Ana Ruiz\nMadrid, 5 de junio de 2025 – El río", "es", "Madrid", "2025-06-05",
      "", "El río" },
    { "राम शर्मा\nपटना, 5 जून 2025: गंगा", "hi", "पटना", "2025-06-05", "", "गंगा" },
    { "Asha Rao\n5 June 2025 – The river", "en", "", "2025-06-05", "", "The river" },
    { "CONCORD, New Hampshire,\nJune 5, 2025 - The river", "en",
      "CONCORD, New Hampshire", "2025-06-05", "", "The river" },
    { "Delhi\nJune 5, 2025: The river", "en", "Delhi", "2025-06-05", "", "The river" },
};

static const struct {
    const char *text;
    const char *lang;
} prose[] = {
    { "However, Dar said: “We are not under pressure.”", "en" },
    { "Note: figures are for 2024.", "en" },
    { "Dar said: We are open to talks.", "en" },
    { "Ishaq Dar: “We will not beg.”", "en" },
    { "Pakistan: what comes next", "en" },
    { "Analysis: Why talks failed", "en" },
    { "BREAKING: Ceasefire reached", "en" },
    { "UPDATE: Ceasefire reached", "en" },
    { "WATCH: Dar speaks", "en" },
    { "Photo: PTI", "en" },
    { "Updated June 5, 2025: This story", "en" },
    { "Published: June 5, 2025", "en" },
    { "On June 5, 2025, the two sides met - again.", "en" },
    { "On June 4 - a Wednesday - they met.", "en" },
    { "June 2025: a month to forget", "en" },
    { "Monday, June 5: The day", "en" },
    { "By May 10, 2025: all had stopped", "en" },
    { "India launched Operation Sindoor on May 7, 2025: nine hubs were hit.", "en" },
    { "In Islamabad, June 5 was a quiet day.", "en" },
    { "The talks — the first in years — ended.", "en" },
    { "Diplomacy — that is, talk — is cheap.", "en" },
    { "Lahore — the city of gardens — waits.", "en" },
    { "London: a city of rain", "en" },
    { "The Shangri-La Dialogue - Asia's forum - opened.", "en" },
    { "Apple (AAPL) – The maker of phones", "en" },
    { "Narendra Modi (BJP) - The prime minister", "en" },
    { "It was 10:30 when they met.", "en" },
    { "Q: What happened? A: Nothing.", "en" },
    { "https://example.org/a: a link", "en" },
    { "Terrorism, water, trade: The list is long.", "en" },
    { "“Peace,” he said - and left.", "en" },
    { "He said no. June 5 was the day.", "en" },
    { "Paris Hilton - The star is back", "en" },
    { "A ceasefire was reached on the same day (PTI) - again.", "en" },
    { "(With inputs from PTI) The talks", "en" },
    { "US-China talks - The markets wait", "en" },
    { "UN: The world must act", "en" },
    { "NATO - The alliance", "en" },
    { "N.Y. TANKERS - April 1", "en" },
    { "SWISS BANKNOTES - APRIL 7 westgermany 82.25", "en" },
    { "NASDAQ RESUMPTION - GALACTIC RESOURCES LTD, FIRST SALE", "en" },
    { "CORRECTION - PARIS - FRENCH MINISTER RENEWS", "en" },
    { "Ended February 28. The year was good", "en" },
    { "BELGIAN FRANC RATE - APRIL 7 - 42 PCT", "en" },
    { "[caption id=\"\" width=\"340\"]The", "en" },
    { "DEVELOPING: An Internet video purports to show", "en" },
    { "PROBLEM: Last year, the average American ate more", "en" },
    { "DIGNIIN: Warbixintan waxaa ku jira haddallo", "so" },
    { "（LCTT译注：这里，我们姑且认为）", "zh" },
    { "", "en" },
    { ":", "en" },
    { "Islamabad", "en" },
    { "Islamabad:", "en" },
    { "June 5", "en" },
    { "Aber: Der Bundestag tagt.", "de" },
    { "Der Kanzler – ein Mann aus Hamburg – schweigt.", "de" },
    { "Mais : rien ne va plus.", "fr" },
    { "El presidente - dijo - no.", "es" },
    { "Однако: Правительство", "ru" },
    { "Это было 5 июня. Правительство", "ru" },
    { "प्रधानमंत्री ने कहा: हम", "hi" },
    { "وقال الوزير: نحن", "ar" },
    { "وزیر نے کہا: ہم", "ur" },
    { "外交部6月5日说，停火", "zh" },
    { "（记者）外交部", "zh" },
    { "北京6月5日电力供应紧张", "zh" },
    { "某某日报北京6月5日电 外交部", "zh" },
    { "北京，6月5日电 外交部", "zh" },
    { "【更新6月5日】政府は", "ja" },
    { "【東京】政府は", "ja" },
    { "東京、梅雨入り - 気象庁", "ja" },
    { "Apple, Google and Meta - The three firms", "en" },
    { "APPLE, Google and Meta - The three firms", "en" },
    { "London, Paris and Berlin - The three cities", "en" },
    { "Delhi, Agra and Pune - The three cities", "en" },
    { "央视6月5日讯（记者王某）外交部", "zh" },
    { "新浪财经2024年6月5日讯 外交部", "zh" },
    { "展览，2024年6月5日- 8日在北京举行。", "zh" },
    { "公演、2024年6月5日－8日に東京で行われる。", "ja" },
    { "【解説】米政府は", "ja" },
    { "(정부)는", "ko" },
    { "They met in\nDelhi, June 5, 2025: that much is known", "en" },
    { "Staff Reporter\nDelhi: what comes next", "en" },
    { "Asha Rao\nOslo - The talks", "en" },
    { "NEW\nDELHI, June 5, 2025: The talks", "en" },
};

static void check_dateline(size_t i)
{
    kh_str text = kh_str_from(datelines[i].text);
    kh_dateline line = { 0 };
    bool is_read = kh_dateline_read(
        &line, text, kh_language_find(kh_str_from(datelines[i].lang)), &published);
    KH_AUTO_BUF date;
    kh_buf_init(&date, 64);
    kh_date_format(&date, &line.date);

    cr_expect(is_read != 0, "'%s' is not read", datelines[i].text);
    cr_expect(kh_str_equal(line.place, kh_str_from(datelines[i].place)) != 0,
              "'%s' has the place '%" KH_FMT "'", datelines[i].text,
              KH_ARG(line.place));
    cr_expect(kh_str_equal(line.agency, kh_str_from(datelines[i].agency)) != 0,
              "'%s' has the agency '%" KH_FMT "'", datelines[i].text,
              KH_ARG(line.agency));
    cr_expect(strcmp(kh_buf_text(&date), datelines[i].date) == 0,
              "'%s' has the date '%s'", datelines[i].text, kh_buf_text(&date));
    cr_expect(kh_str_starts(kh_str_slice(text, line.end, text.len),
                            kh_str_from(datelines[i].rest)) != 0,
              "'%s' ends before '%s'", datelines[i].text, text.ptr + line.end);
}

Test(dateline, is_read)
{
    for (size_t i = 0; i < KH_COUNT_OF(datelines); i++)
        check_dateline(i);
}

Test(dateline, is_not_read_from_prose)
{
    for (size_t i = 0; i < KH_COUNT_OF(prose); i++) {
        kh_dateline line = { .end = 77 };
        bool is_read =
            kh_dateline_read(&line, kh_str_from(prose[i].text),
                             kh_language_find(kh_str_from(prose[i].lang)), &published);

        cr_expect(eq(int, is_read, 0), "'%s' is taken for a dateline", prose[i].text);
        cr_expect(eq(sz, line.end, 77));
    }
}

Test(dateline, has_no_date_if_nothing_says_the_year)
{
    kh_dateline line;
    bool is_read = kh_dateline_read(&line, KH_STR("NEW DELHI, June 5: The talks"),
                                    kh_language_find(KH_STR("en")), NULL);

    cr_assert(is_read != 0);
    cr_expect(line.date.precision == KH_DATE_NONE);
    cr_expect(eq(int, line.date.month, 0));
    cr_expect(kh_str_equal(line.place, KH_STR("NEW DELHI")) != 0);
}

Test(dateline, survives_any_bytes)
{
    static const char *const pieces[] = {
        "NEW DELHI", ", ",     "June 5",   ": ", "(PTI)", " - ", "—",    "\xFF",
        "新华社",    "6月5日", "电",       "【", "】",    "=",   "(",    ")",
        "/",         ".",      "\xE0\xA4", " ",  "2025",  "基",  "记者", "\n",
        "東京",      "5日",    "［",       "］", "－",    "、",  "共同", "Meta and ",
    };
    uint64_t state = 9;
    for (int round = 0; round < 30000; round++) {
        KH_AUTO_BUF text;
        kh_buf_init(&text, KH_BUF_MAX);
        for (int i = 0; i < round % 9; i++) {
            state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
            kh_buf_add(&text, kh_str_from(pieces[(state >> 33) % KH_COUNT_OF(pieces)]));
        }
        kh_dateline line = { 0 };
        if (kh_dateline_read(&line, kh_buf_str(&text), kh_language_neutral(),
                             &published))
            cr_assert(le(sz, line.end, text.len));
        cr_assert(kh_str_find(line.place, KH_STR("\n"), 0) == SIZE_MAX);
    }
}

/* In lists by their first letter, as written or folded. */
Test(dateline, knows_its_words)
{
    static const struct {
        bool (*is_known)(kh_str);
        const char *names[8];
    } cases[] = {
        { kh_dateline_is_agency,
          { "AFP", "Reuters", "Yonhap", "staff  reporter", "ТАСС", "新华社", "AP/PTI",
            "أ.ف.ب" } },
        { kh_dateline_is_known_place,
          { "Abidjan", "ZURICH", "St. Petersburg", "S\u00e3o Paulo", "МОСКВА", "北京",
            "new york", "Washington, D.C." } },
        { kh_dateline_is_no_place,
          { "A", "THE", "Yet", "zum", "F\u00fcr", "Однако", "u.s", "background" } },
        { kh_dateline_is_particle,
          { "a", "de", "und", "upon", "y", "над", "και", "na" } },
    };
    static const char *const others[] = { "", "|", "Smith", "Zurichs", "X", "Х" };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        for (size_t k = 0; k < KH_COUNT_OF(cases[i].names); k++)
            cr_expect(cases[i].is_known(kh_str_from(cases[i].names[k])), "%s",
                      cases[i].names[k]);
        for (size_t k = 0; k < KH_COUNT_OF(others); k++)
            cr_expect(not(cases[i].is_known(kh_str_from(others[k]))), "%s", others[k]);
    }
}
