/* test_json - JSON documents: lists of articles and what holds them. */
#include "show.h"

static const char *document(const char *bytes)
{
    return show_all(kh_str_from(bytes), "/a.json", NULL);
}

Test(json, finds_the_articles_in_any_document)
{
    static const struct {
        const char *json;
        const char *wanted;
    } cases[] = {
        { "[{\"title\":\"A\"},{\"title\":\"B\"}]", "T:A\nT:B" },
        { "{\"articles\":[{\"title\":\"A\"},{\"title\":\"B\"}]}", "T:A\nT:B" },
        { "{\"title\":\"Feed\",\"items\":[{\"title\":\"A\"}]}", "T:A" },
        { "{\"response\":{\"docs\":[{\"title\":\"A\"}]}}", "T:A" },
        { "{\"hits\":{\"hits\":[{\"_source\":{\"title\":\"A\"}}]}}", "T:A" },
        { "{\"title\":\"A\",\"body\":\"B\",\"items\":[{\"title\":\"C\"}]}", "T:A P:B" },
        { "{\n\"title\":\"A\"}{\"title\":\"B\"}\n{\"title\":\"C\"}", "T:A\nT:B\nT:C" },
        { "[{\"title\":\"A\"}] [{\"title\":\"B\"}]", "T:A\nT:B" },
        { "[]", "" },
        { "{\"status\":\"ok\",\"articles\":[]}", "" },
        { "{}", "!format: no title and no text" },
        { "\xEF\xBB\xBF[{\"title\":\"A\"}]", "T:A" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_show(document(cases[i].json), cases[i].wanted);
}

Test(json, goes_on_behind_a_broken_element)
{
    expect_show(
        document("[{\"title\":\"A\"},\n {\"title\":\"B\",},\n{\"title\":\"C\"}]"),
        "T:A\n!format 2: not JSON: '\"' expected at line 2, column 15\nT:C");
    expect_show(document("[{\"title\":\"A\"},17,\"x\"]"),
                "T:A\n!format 2: not an article: not a JSON object\n"
                "!format 3: not an article: not a JSON object");
    expect_show(document("[{\"title\":\"A\"},\n{\"title\":\"B\""),
                "T:A\n!format 2: not JSON: the file ends inside what begins at line 2");
}

Test(json, in_another_encoding_is_converted)
{
    expect_show(document("[{\"title\":\"caf\xE9 ferm\xE9 apr\xE8s l'\xE9t\xE9\"}]"),
                "T:café fermé après l'été");
    expect_show(document("[{\"title\":\"caf\xE9 ferm\xE9 apr\xE8s l'\xE9t\xE9\"}"),
                "T:café fermé après l'été\n"
                "!format 2: not JSON: the file ends inside what begins at line 1");
}

Test(json, that_is_none_is_said_and_never_text)
{
    static const struct {
        const char *json;
        const char *wanted;
    } cases[] = {
        { "[", "!format 1: not JSON: the file ends inside what begins at line 1" },
        { "\n[\n", "!format 1: not JSON: the file ends inside what begins at line 2" },
        { "{", "!format 1: not JSON: '\"' expected at column 2" },
        { "[{\"title\":\"A\"},",
          "T:A\n!format 2: not JSON: the file ends inside what begins at line 1" },
        { "A title\n\nProse, [in brackets], goes on.",
          "!format 1: not JSON: a value expected at line 1, column 1" },
        { "[Update] The bridge is open",
          "!format 1: not JSON: a value expected at line 1, column 2" },
        { "[{\"title\":\"A\"},undefined,{\"title\":\"B\"}]",
          "T:A\n!format 2: not JSON: a value expected at line 1, column 16\nT:B" },
        { "// a note\n{\"title\":\"A\"}",
          "!format 1: not JSON: a value expected at line 1, column 1" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_show(document(cases[i].json), cases[i].wanted);
}

Test(json, names_line_and_column_of_what_is_wrong)
{
    expect_show(document("  {\"title\" 1}"),
                "!format: not JSON: ':' expected at line 1, column 12");
    expect_show(document("\n{\n\"title\": \"A\",\n\"b\" 1}"),
                "!format: not JSON: ':' expected at line 4, column 5");
}

Test(json, in_utf16_is_converted)
{
    static const char bytes[] =
        "\xFF\xFE[\0{\0\"\0t\0i\0t\0l\0e\0\"\0:\0\"\0A\0\"\0}\0]";
    expect_show(show_all(kh_str_make(bytes, sizeof(bytes)), "/a.json", NULL), "T:A");
}

Test(json, knows_the_place_of_each_article)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open("feed.json");
    kh_article *article = NULL;
    kh_str file = show_fixture("feed.json");

    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_OK));
    cr_expect(eq(u32, article->record, 1));
    cr_expect(eq(u32, article->blocks[0].line, 4));
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_OK));
    cr_expect(eq(u32, article->record, 2));
    cr_expect(eq(u32, article->blocks[0].line, 10));
    cr_expect(eq(u64, article->blocks[0].byte,
                 kh_str_find(file, KH_STR("{ \"title\": \"Two\""), 0)));
    cr_expect(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_END));
}

Test(json, gives_an_article_alone_in_its_file_no_record)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open("single.json");
    kh_article *article = NULL;
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_OK));
    cr_expect(eq(u32, article->record, 0));
    cr_expect(kh_str_ends(article->id, KH_STR("single.json")) != 0);
}

Test(json, longer_than_the_window_is_read)
{
    KH_AUTO_BUF json;
    kh_buf_init(&json, KH_BUF_MAX);
    kh_buf_add_char(&json, '[');
    for (int i = 0; i < 3000; i++) {
        kh_buf_printf(&json, "%s{\"title\":\"", i ? "," : "");
        for (int word = 0; word < 200; word++)
            kh_buf_printf(&json, "%d ", i);
        kh_buf_add(&json, KH_STR("\"}\n"));
    }
    kh_buf_add_char(&json, ']');

    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_article *article = NULL;
    cr_assert(eq(int,
                 (int)kh_reader_open_memory(&reader, kh_buf_str(&json), "/a.json",
                                            KH_STR(""), NULL, NULL),
                 (int)KH_OK));
    uint32_t n = 0;
    while (kh_reader_next(reader, &article, NULL) == KH_OK) {
        cr_assert(eq(u32, article->record, ++n));
        cr_assert(eq(u32, article->blocks[0].line, n));
    }
    cr_expect(eq(u32, n, 3000));
}

Test(json, reads_cdata_sections_as_what_they_hold)
{
    static const struct {
        const char *body;
        const char *wanted;
    } cases[] = {
        { "<![CDATA[<p>One &amp; two.</p><p>Three.</p>]]>", "P:One & two. P:Three." },
        { " <![CDATA[\\n<p>One.</p>]]>\\n", "P:One." },
        { "<p>One.</p><![CDATA[<p>Two.</p>]]><p>Three.</p>", "P:One. P:Two. P:Three." },
        { "<p>One <![CDATA[and two]]>.</p>", "P:One and two." },
        { "<![CDATA[Plain text &amp; no tags.]]>", "P:Plain text & no tags." },
        { "<![CDATA[<p>One.</p>]]><![CDATA[<p>Two.</p>]]>", "P:One. P:Two." },
        { "Put it into <![CDATA[ and ]]> marks.",
          "P:Put it into <![CDATA[ and ]]> marks." },
        { "<![CDATA[<p>if a[b[0]]]]><![CDATA[>1</p>]]>", "P:if a[b[0]]>1" },
        { "<![CDATA[<p>a</p><script>//<![CDATA[\\nx()//]]></script><p>b</p>]]>",
          "P:a P:b" },
        { "<![CDATA[<p>a</p><script>//]]]]><![CDATA[></script><p>b</p>]]>", "P:a P:b" },
        { "<![CDATA[<p>Cut short", "P:Cut short" },
        { "<p>In XML ]]&gt; or ]]> ends it.</p>", "P:In XML ]]> or ]]> ends it." },
        { "<p>a</p><!-- <![CDATA[ x ]]> --><p>b</p>", "P:a P:b" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char json[400];
        (void)snprintf(json, sizeof(json), "{\"body\":\"%s\"}", cases[i].body);
        expect_show(document(json), cases[i].wanted);
    }

    kh_str fields = KH_STR("{\"id\":\"7\",\"title\":\"<![CDATA[Floods & rain]]>\","
                           "\"date\":\"<![CDATA[2024-06-05]]>\","
                           "\"author\":\"<![CDATA[Ada Ito]]>\"}");
    expect_show(show_fields(fields, "/a.json", NULL),
                "id=7 title=Floods & rain author=Ada Ito date=2024-06-05");
}
