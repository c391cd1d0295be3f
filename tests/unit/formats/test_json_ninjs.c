/* test_json_ninjs - headlines, bodies and descriptions of ninjs 2 and 3. */
#include "show.h"

/* Blocks, then fields. */
static void expect_article(const char *record, const kh_reader_options *options,
                           const char *blocks, const char *fields)
{
    expect_show(show_all(kh_str_from(record), "/a.json", options), blocks);
    expect_show(show_fields(kh_str_from(record), "/a.json", options), fields);
}

Test(json_ninjs, gives_title_text_and_author)
{
    expect_article(
        "{\"uri\":\"u\",\"title\":\"Flom\",\"headlines\":[{\"role\":\"main\","
        "\"value\":\"Flom i Oslo\"}],\"bodies\":[{\"contentType\":\"text/html\","
        "\"value\":\"<p>Det er flom.</p><p>Alle er trygge.</p>\"}],\"by\":"
        "\"Kari Lie\",\"located\":\"Oslo\",\"subjects\":[{\"name\":\"Flom\","
        "\"literal\":\"1\"},{\"name\":\"Vann\"}],\"infoSources\":[{\"name\":"
        "\"En kilde\"}]}",
        NULL, "T:Flom i Oslo P:Det er flom. P:Alle er trygge.",
        "id=u title=Flom i Oslo author=Kari Lie place=Oslo source=En kilde "
        "tag=Flom tag=Vann");
}

Test(json_ninjs, chooses_the_main_headline_and_a_deck)
{
    expect_article("{\"headlines\":[{\"role\":\"sub\",\"value\":\"Ingen er skadet\"},"
                   "{\"role\":\"main\",\"value\":\"Flom\"}]}",
                   NULL, "T:Flom D:Ingen er skadet", "title=Flom deck=Ingen er skadet");
    expect_article("{\"headlines\":[{\"value\":\"\"},{\"value\":\"Flom\"},{\"value\":"
                   "\"Flommen\"}]}",
                   NULL, "T:Flom", "title=Flom");
    expect_article(
        "{\"headlines\":[{\"role\":\"main\",\"value\":\"Flom\"},{\"role\":"
        "\"sub\",\"value\":\"Ingen er skadet\"}],\"deck\":\"Vannet stiger\"}",
        NULL, "T:Flom D:Vannet stiger", "title=Flom deck=Vannet stiger");
}

Test(json_ninjs, takes_one_body_and_rather_html)
{
    static const struct {
        const char *bodies;
        const char *wanted;
    } cases[] = {
        { "{\"contenttype\":\"text/plain\",\"value\":\"A.\"},"
          "{\"contenttype\":\"text/html\",\"value\":\"<p>B.</p>\"}",
          "T:T P:B." },
        { "{\"mimetype\":\"application/xhtml+xml\",\"value\":\"<p>A.</p>\"},"
          "{\"mimetype\":\"text/html\",\"value\":\"<p>B.</p>\"}",
          "T:T P:A." },
        { "{\"contentType\":\"application/xml\",\"role\":\"html\",\"value\":\"<x>A.</"
          "x>\"},"
          "{\"contentType\":\"text/plain\",\"value\":\"B.\"}",
          "T:T P:B." },
        { "{\"role\":\"text\",\"value\":\"A.\"},{\"role\":\"html5\",\"value\":"
          "\"<p>B.</p>\"}",
          "T:T P:B." },
        { "{\"contentType\":\"text/html\",\"value\":\"\"},{\"value\":\"B.\"}",
          "T:T P:B." },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char record[1000];
        snprintf(record, sizeof(record), "{\"title\":\"T\",\"bodies\":[%s]}",
                 cases[i].bodies);
        expect_show(show_all(kh_str_from(record), "/a.json", NULL), cases[i].wanted);
    }
}

Test(json_ninjs, takes_the_description_where_there_is_no_body)
{
    expect_article("{\"title\":\"T\",\"descriptions\":[{\"role\":\"writer\",\"value\":"
                   "\"Kari\"},{\"role\":\"text\",\"value\":"
                   "\"Det er flom.\"}]}",
                   NULL, "T:T P:Det er flom.", "title=T");
}

Test(json_ninjs, leaves_other_lists_of_these_names_alone)
{
    expect_article("{\"title\":\"T\",\"body\":\"B.\",\"headlines\":[\"H\"],\"bodies\":["
                   "\"C.\"],\"descriptions\":[{\"name\":\"D\"}]}",
                   NULL, "T:T P:B.", "title=T");
}

Test(json_ninjs, goes_by_the_map_first)
{
    static const kh_name_map map[] = {
        { { "title", 5 }, { "kop", 3 } },
        { { "body", 4 }, { "tekst", 5 } },
    };
    kh_reader_options options = { .map = map, .n_map = KH_COUNT_OF(map) };
    const char *lists =
        "\"headlines\":[{\"value\":\"H\"}],\"bodies\":[{\"value\":\"B.\"}]";
    char record[500];
    snprintf(record, sizeof(record), "{%s,\"kop\":\"K\",\"tekst\":\"T.\"}", lists);
    expect_article(record, &options, "T:K P:T.", "title=K");
    snprintf(record, sizeof(record),
             "{\"kop\":[{\"role\":\"a\",\"value\":\"A\"},{\"role\":\"main\",\"value\":"
             "\"M\"}],\"tekst\":[{\"value\":\"X.\"},{\"contentType\":\"text/html\","
             "\"value\":\"<p>Y.</p>\"}]}");
    expect_article(record, &options, "T:M D:A P:Y.", "title=M deck=A");
}

Test(json_ninjs, leaves_alone_what_is_no_list_of_forms)
{
    static const struct {
        const char *record;
        const char *wanted;
    } cases[] = {
        { "{\"title\":\"T\",\"body\":[\"A.\",{\"value\":\"B.\"},\"C.\"]}",
          "T:T P:A. P:B. P:C." },
        { "{\"title\":\"T\",\"paragraphs\":[{\"type\":\"p\",\"value\":\"A.\"},"
          "{\"type\":\"p\",\"value\":\"B.\"}]}",
          "T:T P:A. P:B." },
        { "{\"title\":\"T\",\"body\":\"A.\",\"bodies\":[{\"value\":{\"a\":1}}]}",
          "T:T P:A." },
        { "{\"title\":\"T\",\"summary\":\"A.\",\"descriptions\":[{\"role\":"
          "\"creditline\",\"value\":\"AP\"}]}",
          "T:T P:A." },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_show(show_all(kh_str_from(cases[i].record), "/a.json", NULL),
                    cases[i].wanted);
}
