/* test_jsonl - JSON lines. */
#include "show.h"

static const char *lines(const char *bytes)
{
    return show_all(kh_str_from(bytes), "/a.jsonl", NULL);
}

Test(jsonl, give_an_article_a_line_and_a_failure_a_bad_one)
{
    expect_show(lines("{\"title\":\"One\"}\n"
                      "\n"
                      "{\"title\":\"Two\" \"body\":1}\r\n"
                      "[1]\n"
                      "{\"id\":1}\n"
                      "{\"title\":\"Six\"}\n"
                      "{\"id\":7,\"title\":\"\",\"body\":\"\"}\n"
                      "{\"title\":\"\",\"body\":\"\"}"),
                "T:One\n"
                "!format 3: not JSON: ',' expected at column 16\n"
                "!format 4: not an article: not a JSON object\n"
                "!format 5: no title and no text\n"
                "T:Six\n"
                "!format 7: no title and no text\n"
                "!format 8: no title and no text");
}

Test(jsonl, of_which_the_first_is_bad_are_read_all_the_same)
{
    static const char *const bad[] = { "no JSON at all", "[1", "{bad}", "{\"a\" 1}",
                                       "{\"title\":\"cut" };
    for (size_t i = 0; i < KH_COUNT_OF(bad); i++) {
        char bytes[200];
        snprintf(bytes, sizeof(bytes), "%s\n{\"title\":\"Two\"}\n", bad[i]);
        const char *got = lines(bytes);
        cr_expect(ne(ptr, (void *)strstr(got, "!format 1: not JSON: "), NULL), "%s",
                  got);
        cr_expect(ne(ptr, (void *)strstr(got, "\nT:Two"), NULL), "%s", got);
    }
}

Test(jsonl, cut_bodies_into_blocks)
{
    static const struct {
        const char *body;
        const char *wanted;
    } cases[] = {
        { "\"One.\\n\\nHeading\\n\\nTwo.\"", "P:One. H:Heading P:Two." },
        { "\"Heading\\nGoes on\\n\\nTwo.\"", "P:Heading\\nGoes on P:Two." },
        { "\"One\\nline.\\n    Two\\nlines\\n Reuter\"",
          "P:One\\nline. P:Two\\nlines\\n Reuter" },
        { "\"One is.\\nTwo is.\\nThree is.\"", "P:One is. P:Two is. P:Three is." },
        { "[\"One\",\"Two\"]", "P:One P:Two" },
        { "[{\"type\":\"h2\",\"text\":\"H\"},{\"type\":\"p\",\"text\":\"One\"},"
          "{\"type\":\"image\",\"src\":\"x\"}]",
          "H:H P:One" },
        { "{\"rendered\":\"<p>One</p><p>Two</p>\"}", "P:One P:Two" },
        { "{\"paragraphs\":[\"One\",\"Two\"]}", "P:One P:Two" },
        { "\"Fish &amp; chips\"", "P:Fish & chips" },
        { "\"up <IBM> and <I> down\"", "P:up <IBM> and <I> down" },
        { "7", "" },
        { "[[[[[[[[[[[\"deep\"]]]]]]]]]]]", "" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char record[1000];
        char wanted[1000];
        snprintf(record, sizeof(record), "{\"title\":\"T\",\"body\":%s}\n",
                 cases[i].body);
        snprintf(wanted, sizeof(wanted), "T:T%s%s", cases[i].wanted[0] ? " " : "",
                 cases[i].wanted);
        expect_show(lines(record), wanted);
    }
}

Test(jsonl, without_a_body_have_their_summary_as_text)
{
    expect_show(lines("{\"title\":\"T\",\"summary\":\"All there is.\"}\n"),
                "T:T P:All there is.");
    expect_show(lines("{\"summary\":\"A deck\",\"body\":\"Text.\",\"title\":\"T\"}\n"),
                "T:T D:A deck P:Text.");
}

Test(jsonl, in_another_encoding_are_converted_line_by_line)
{
    expect_show(lines("{\"title\":\"caf\xE9 d\xE9j\xE0 ferm\xE9, dit-il hier "
                      "apr\xE8s-midi\"}\n{\"title\":\"na\xC3\xAFve\"}\n"),
                "T:café déjà fermé, dit-il hier après-midi\nT:naïve");
    expect_show(
        show_all(kh_str_make("{\"title\":\"a\0\xFF\"}\n{\"title\":\"b\"}\n", 29),
                 "/a.jsonl", &(kh_reader_options){ .format = "jsonl" }),
        "!format 1: not JSON: not text: it holds NUL bytes\nT:b");
}

Test(jsonl, with_a_byte_order_mark_are_read)
{
    expect_show(lines("\xEF\xBB\xBF{\"title\":\"One\"}\n{\"title\":\"Two\"}\n"),
                "T:One\nT:Two");
}

Test(jsonl, have_the_place_of_their_record)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open("wire.jsonl");
    kh_article *article = NULL;
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_OK));
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_OK));

    kh_str file = show_fixture("wire.jsonl");
    size_t second = kh_str_find(file, KH_STR("\n"), 0) + 1;
    cr_expect(eq(u32, article->record, 2));
    for (size_t i = 0; i < article->n_blocks; i++) {
        cr_expect(eq(u32, article->blocks[i].line, 2));
        cr_expect(eq(u64, article->blocks[i].byte, second));
        cr_expect(eq(int, article->blocks[i].is_verbatim, false));
    }
}

Test(jsonl, of_the_fixture_are_understood)
{
    kh_str file = show_fixture("wire.jsonl");
    expect_show(
        show_fields(file, "/w.jsonl", NULL),
        "id=w:1 title=Cocoa falls place=SALVADOR date=2025-06-05T10:30:00Z "
        "lang=en tag=cocoa tag=trade\n"
        "id=17 title=Bridge & toll author=Asha Menon author=Ravi Kumar "
        "date=2025-06-05T10:30:00Z source=Daily Example section=City lang=en-IN "
        "url=https://example.org/bridge tag=bridge tag=toll\n"
        "id=w:3 title=Lone \xEF\xBF\xBD surrogate \xEF\xBF\xBD and 🌊 wave\n"
        "!format 5: not JSON: ',' expected at column 33\n"
        "!format 6: no title and no text");
}
