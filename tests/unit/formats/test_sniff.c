/* test_sniff - which format bytes are of, and which files are left alone. */
#include "format.h"
#include "show.h"

Test(sniff, goes_by_content_and_then_by_name)
{
    static const struct {
        const char *name;
        const char *head;
        const char *wanted;
    } cases[] = {
        { "", "Just text", "text" },
        { "", "{\"a\":1}\n{\"a\":2}\n", "jsonl" },
        { "", "{\"a\":1}\n\n{\"a\":2}\n", "jsonl" },
        { "", "{\"a\":1}\n", "json" },
        { "a.jsonl", "{\"a\":1}\n", "jsonl" },
        { "a.ndjson.gz", "{\"a\":1}", "jsonl" },
        { "a.json", "{\"a\":1}", "json" },
        { "", "{\n  \"a\": 1\n}", "json" },
        { "", "[ {\"a\": 1}", "json" },
        { "", "[]", "json" },
        { "a.txt", "{\"a\":1}\n{\"a\":2}\n", "jsonl" },
        { "a.txt", "[Update] The bridge", "text" },
        { "a.json", "[Update] The bridge", "json" },
        { "a.json.gz", "[", "json" },
        { "a.json", "", "json" },
        { "a.jsonl", "not JSON\n{\"a\":1}\n", "jsonl" },
        { "a.jsonl", "{bad}\n{\"a\":1}\n", "jsonl" },
        { "a.json", "\x89PNG\r\n", NULL },
        { "a.txt", "{{ no JSON", "text" },
        { "", "\xEF\xBB\xBF{\"a\":1}\n{\"a\":2}\n", "jsonl" },
        { "", "caf\xE9", "text" },
        { "a.txt", "<html><p>", NULL },
        { "a.txt", "<?xml version", NULL },
        { "a.txt", "<!-- a feed -->\n<rss version=\"2.0\">", NULL },
        { "a.txt", "\xEF\xBB\xBF <!-- a --> <!-- b -->\xEF\xBB\xBF<feed>", NULL },
        { "a.txt", "<!-- nothing else -->\n", NULL },
        { "a.txt", "<!-- without end", NULL },
        { "a.txt", "<!DOCTYPE rss PUBLIC", NULL },
        { "a.txt", "<r:rss version=\"2.0\"\n\txmlns:r=\"urn:r\">", NULL },
        { "a.txt", "<!-- a note --> The bridge", "text" },
        { "a.txt", "<b>The bridge</b> is open", "text" },
        { "a.txt", "<feedback> is welcome", "text" },
        { "a.txt", "<3 the bridge", "text" },
        { "", "\x89PNG\r\n", NULL },
        { "", "\xFF\xD8\xFF\xE0", NULL },
        { "", "a\1\2\3\4\5", NULL },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        const kh_format *format =
            kh_format_sniff(cases[i].name, kh_str_from(cases[i].head));
        expect_show(format ? format->name : "none",
                    cases[i].wanted ? cases[i].wanted : "none");
    }
}

Test(sniff, says_what_unknown_bytes_look_like)
{
    static const struct {
        const char *head;
        const char *wanted;
    } cases[] = {
        { "%PDF-1.4", "a PDF" },
        { "\xFF\xD8\xFF\xE0", "a JPEG picture" },
        { " <!doctype HTML>", "an HTML page" },
        { "<?xml version=\"1.0\"?>", "XML" },
        { "<rss version=\"2.0\">", "an RSS feed" },
        { "<!-- a -->\r\n<?xml version=\"1.0\"?>", "XML" },
        { "<!-- a --><!doctype\nhtml>", "an HTML page" },
        { "<!DOCTYPE htmlx>", "XML" },
        { "<!doctype rss>", "XML" },
        { "<newsItem guid=\"a\">", "XML" },
        { "<channel>", "XML" },
        { "<channel", "XML" },
        { "{\\rtf1", "an RTF document" },
        { "\1\2\3", "binary data" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_show(kh_format_guess(kh_str_from(cases[i].head)), cases[i].wanted);
}

Test(sniff, leaves_alone_what_is_no_article)
{
    static const struct {
        const char *path;
        const char *head;
        bool is_known;
    } cases[] = {
        { "/a/x.txt", "text", true },
        { "/a/x.TXT", "text", true },
        { "/a/x.txt", "\x89PNG", true }, /* said when it is read */
        { "/a/x.json", "{}", true },
        { "/a/x.jsonl.zst", "\x28\xB5\x2F\xFD", true },
        { "/a/x.txt.gz", "\x1F\x8B", true },
        { "/a/x.zip", "PK", true },
        { "/a/x.tar", "", true },
        { "/a/x.tar.gz", "", true },
        { "/a/x.tgz", "", true },
        { "/a/05", "Text", true },
        { "/a/05.001", "Text", true },
        { "/a/05", "\x89PNG", false },
        { "/a/x.jpg", "\xFF\xD8\xFF", false },
        { "/a/x.css", "p { }", false },
        { "/a/x.html", "<p>", false },
        { "/a/x.md", "# T", false },
        { "/a/x.css.gz", "\x1F\x8B", false },
        { "/a/.hidden.txt", "text", true }, /* who walks leaves it alone, or not */
        { "/a/.hidden", "Text", true },
        { "/a/.hidden", "\x89PNG", false },
        { "/a/.hidden.css", "p { }", false },
        { "/a.txt/x.jpg", "\xFF\xD8\xFF", false },
        { "/a.d/x", "Text", true },
        { "", "Text", true },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        cr_expect(eq(int, kh_reader_knows(cases[i].path, kh_str_from(cases[i].head)),
                     cases[i].is_known),
                  "%s", cases[i].path);
}

Test(sniff, takes_no_channel_in_a_sentence_for_a_tag)
{
    static const char text[] = "<Channel 4> reports that rain falls.\n\nBody.";
    const kh_format *format = kh_format_sniff("a.txt", kh_str_from(text));
    cr_assert(ne(ptr, (void *)format, NULL));
    expect_show(format->name, "text");
}

Test(sniff, sees_markup_in_wide_characters)
{
    static const struct {
        const char *head;
        size_t len;
    } cases[] = {
        { "\xFF\xFE<\0?\0x\0m\0l\0 \0", 14 },
        { "\xFE\xFF\0<\0?\0x\0m\0l\0 ", 14 },
        { "<\0?\0x\0m\0l\0 \0", 12 },
        { "\0\0\0<\0\0\0?\0\0\0x\0\0\0m\0\0\0l", 20 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_str head = kh_str_make(cases[i].head, cases[i].len);
        cr_expect(kh_format_sniff("a.txt", head) == NULL);
        expect_show(kh_format_guess(head), "XML");
    }
    kh_str plain = kh_str_make("\xFF\xFE<\0"
                               "3\0",
                               6);
    expect_show(kh_format_sniff("", plain)->name, "text");
}
