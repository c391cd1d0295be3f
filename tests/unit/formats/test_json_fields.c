/* test_json_fields - the names that fields go by, and --map. */
#include "show.h"

static const char *fields(const char *record)
{
    return show_fields(kh_str_from(record), "/a.json", NULL);
}

Test(json_fields, are_found_by_their_usual_names)
{
    static const struct {
        const char *record;
        const char *wanted;
    } cases[] = {
        { "{\"title\":\"T\",\"headline\":\"H\"}", "title=T" },
        { "{\"Headline\":\"T\"}", "title=T" },
        { "{\"hed\":\"T\",\"dek\":\"D\"}", "title=T deck=D" },
        { "{\"title\":\"\",\"headline\":\"T\"}", "title=T" },
        { "{\"title\":null,\"name\":\"T\"}", "title=T" },
        { "{\"title\":\"A\",\"title\":\"B\"}", "title=B" },
        { "{\"title\":{\"rendered\":\"T &#8211; t\"}}", "title=T – t" },
        { "{\"title\":[\"T\"]}", "title=T" },
        { "{\"title\":\"<b>T</b> &amp; t\"}", "title=T & t" },
        { "{\"title\":\"AT&T <IBM.N> up\\n 2 pct\"}", "title=AT&T <IBM.N> up 2 pct" },
        { "{\"title\":\"T\",\"id\":7}", "id=7 title=T" },
        { "{\"title\":\"T\",\"_id\":{\"$oid\":\"5f\"}}", "id=5f title=T" },
        { "{\"title\":\"T\",\"guid\":\"g\",\"uuid\":\"u\"}", "id=g title=T" },
        { "{\"title\":\"T\",\"link\":\"https://e.org/a\"}",
          "id=https://e.org/a title=T url=https://e.org/a" },
        { "{\"title\":\"T\",\"url\":\"not available\"}", "title=T" },
        { "{\"title\":\"T\",\"date\":\"2025-06-05\"}", "title=T date=2025-06-05" },
        { "{\"title\":\"T\",\"publishedAt\":\"2025-06-05T10:30:00Z\",\"date\":"
          "\"2020\"}",
          "title=T date=2025-06-05T10:30:00Z" },
        { "{\"title\":\"T\",\"timestamp\":1749119400}",
          "title=T date=2025-06-05T10:30:00Z" },
        { "{\"title\":\"T\",\"timestamp\":1749119400123}",
          "title=T date=2025-06-05T10:30:00Z" },
        { "{\"title\":\"T\",\"date\":20250605}", "title=T date=2025-06-05" },
        { "{\"title\":\"T\",\"date\":{\"$date\":\"2025-06-05\"}}",
          "title=T date=2025-06-05" },
        { "{\"title\":\"T\",\"dateModified\":\"2025-06-06\"}",
          "title=T updated=2025-06-06" },
        { "{\"title\":\"T\",\"date\":\"some day\"}", "title=T" },
        { "{\"title\":\"T\",\"byline\":\"By Asha Menon and Ravi Kumar\"}",
          "title=T author=Asha Menon author=Ravi Kumar" },
        { "{\"title\":\"T\",\"author\":[\"A B\",\"C D\",\"A B\"]}",
          "title=T author=A B author=C D" },
        { "{\"title\":\"T\",\"author\":{\"@type\":\"Person\",\"name\":\"A B\"}}",
          "title=T author=A B" },
        { "{\"title\":\"T\",\"byline\":{\"original\":\"By A B\"}}",
          "title=T author=A B" },
        { "{\"title\":\"T\",\"authors\":[{\"first_name\":\"A\",\"last_name\":\"B\"}]}",
          "title=T author=A B" },
        { "{\"title\":\"T\",\"tags\":[],\"topics\":[\"x\"]}", "title=T tag=x" },
        { "{\"title\":\"T\",\"tags\":[\"a\",\"A\",\" b \",\"\"]}",
          "title=T tag=a tag=b" },
        { "{\"title\":\"T\",\"keywords\":[{\"name\":\"subject\",\"value\":\"x\"}]}",
          "title=T tag=x" },
        { "{\"title\":\"T\",\"tags\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
          "title=T tag=a tag=b" },
        { "{\"title\":\"T\",\"keywords\":\"a, b\"}", "title=T tag=a tag=b" },
        { "{\"title\":\"T\",\"lang\":\"eng\"}", "title=T lang=en" },
        { "{\"title\":\"T\",\"inLanguage\":\"hi-IN\"}", "title=T lang=hi-IN" },
        { "{\"title\":\"T\",\"lang\":\"zh_hant-tw\"}", "title=T lang=zh-Hant-TW" },
        { "{\"title\":\"T\",\"lang\":\"zh--tw\"}", "title=T" },
        { "{\"title\":\"T\",\"lang\":\"klingonese\"}", "title=T" },
        { "{\"title\":\"T\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"P\"}}",
          "title=T source=P" },
        { "{\"title\":\"T\",\"category\":[\"City\",\"Sport\"]}",
          "title=T section=City" },
        { "{\"title\":\"T\",\"dateline\":\"SALVADOR, Feb 26 "
          "-\",\"date\":\"1987-02-26\"}",
          "title=T place=SALVADOR date=1987-02-26" },
        { "{\"title\":\"T\",\"location\":{\"name\":\"Delhi\"}}",
          "title=T place=Delhi" },
        { "{\"title\":\"T\",\"body\":\"Delhi, June 5, 2025: It rained.\"}",
          "title=T place=Delhi date=2025-06-05" },
        { "{\"title\":\"T\",\"description\":\"D\",\"body\":\"B\"}", "title=T deck=D" },
        { "{\"title\":\"T\",\"description\":\"It rained\",\"body\":\"It rained a "
          "lot.\"}",
          "title=T" },
        { "{\"title\":\"T\",\"dateline\":\"Reuters, Feb 26 "
          "-\",\"date\":\"1987-02-27\"}",
          "title=T date=1987-02-27" },
        { "{\"title\":\"T\",\"dateline\":\"SALVADOR -\"}", "title=T place=SALVADOR" },
        { "{\"title\":\"T\",\"dateline\":\"SALVADOR, by cable\"}",
          "title=T place=SALVADOR" },
        { "{\"title\":\"T\",\"title of the whole of the series\":\"S\"}", "title=T" },
        { "{\"title\":{\"x\":1},\"tags\":[\"--\"]}", "!format: no title and no text" },
        { "{\"_source\":{\"title\":\"T\",\"body\":\"B\"},\"_score\":1}", "title=T" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_show(fields(cases[i].record), cases[i].wanted);
}

Test(json_fields, are_found_by_the_map_first)
{
    static const kh_name_map map[] = {
        { { "title", 5 }, { "kop", 3 } },
        { { "title", 5 }, { "fields.head", 11 } },
        { { "id", 2 }, { "x.y", 3 } },
        { { "nothing", 7 }, { "title", 5 } },
    };
    kh_reader_options options = { .map = map, .n_map = KH_COUNT_OF(map) };
    static const struct {
        const char *record;
        const char *wanted;
    } cases[] = {
        { "{\"title\":\"T\",\"kop\":\"K\"}", "title=K" },
        { "{\"title\":\"T\",\"fields\":{\"head\":\"F\"}}", "title=F" },
        { "{\"title\":\"T\",\"fields\":{\"head\":\"F\"},\"kop\":\"K\"}", "title=K" },
        { "{\"title\":\"T\",\"kop\":\"\",\"fields\":1}", "title=T" },
        { "{\"title\":\"T\",\"x.y\":\"dot\"}", "id=dot title=T" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_show(show_fields(kh_str_from(cases[i].record), "/a.json", &options),
                    cases[i].wanted);
}

Test(json_fields, lists_what_the_map_takes)
{
    const char *const *names = kh_reader_field_names();
    size_t n = 0;
    while (names[n])
        n++;
    cr_expect(eq(sz, n, 13));
    expect_show(names[0], "title");
}
