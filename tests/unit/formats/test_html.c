/* test_html - the text of HTML. */
#include "html.h"
#include "show.h"

static kh_arena *arena;

static void open_arena(void)
{
    arena = kh_arena_open();
}

static void free_arena(void)
{
    kh_arena_free(arena);
}

TestSuite(html, .init = open_arena, .fini = free_arena);

static const char *blocks(const char *html)
{
    static char out[2000];
    kh_draft draft = { .arena = arena };
    size_t n = 0;
    out[0] = '\0';
    kh_html_blocks(&draft, kh_str_from(html));
    for (size_t i = 0; i < draft.article.n_blocks; i++) {
        const kh_block *block = &draft.article.blocks[i];
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%s%" KH_FMT, i ? "|" : "",
                              block->kind == KH_BLOCK_HEADING ? "H:" : "",
                              KH_ARG(block->text));
    }
    return out;
}

Test(html, becomes_paragraphs_and_headings)
{
    static const struct {
        const char *html;
        const char *wanted;
    } cases[] = {
        { "<p>One <b>bold</b> word.</p><p>Two.</p>", "One bold word.|Two." },
        { "<h2>Head</h2><p>One\n  wrapped.</p>", "H:Head|One wrapped." },
        { "<h3>A<br>B</h3><p>x</p>", "H:A B|x" },
        { "<p>One<br>two<br><br>three</p>", "One\ntwo|three" },
        { "<ul><li>a</li><li>b</li></ul><p>c", "a|b|c" },
        { "<blockquote>Said <i>he</i></blockquote><p>x</p>", "Said he|x" },
        { "<p>a</p><script>if (a < b) { x(\"<p>\") }</script><p>b</p>", "a|b" },
        { "<style>p { }</style><p>b</p><iframe src=x>old</iframe>", "b" },
        { "<p>Fish &amp; chips &eacute; &#8217; &#x2019;</p>", "Fish & chips é ’ ’" },
        { "<p>They don&#146;t know &#147;it&#148;&#x85; &#150; &#128;&#129;</p>",
          "They don’t know “it”… – €\xC2\x81" },
        { "<p>A sign \xC2\x92 of its own</p>", "A sign \xC2\x92 of its own" },
        { "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table><p>x</p>",
          "a b|c|x" },
        { "<p>caf\xC3\xA9 न 無</p>", "café न 無" },
        { "<meta charset=\"iso-8859-1\"><p>caf\xC3\xA9</p>", "café" },
        { "Text before <p>inside</p> text after", "Text before|inside|text after" },
        { "One para with <b>bold</b>.\n\nTwo\nlines<br>.\n\nHead\n\nThree.",
          "One para with bold.|Two\nlines\n.|H:Head|Three." },
        { "<p><ruby>漢字<rp>(</rp><rt>kanji</rt><rp>)</rp></ruby>は</p>",
          "漢字 (kanji) は" },
        { "<p>unclosed <b>tags <i>everywhere", "unclosed tags everywhere" },
        { "<p>a<unknown>b</unknown></p>", "ab" },
        { "<p>&nbsp;</p><p>x</p>", "x" },
        { "", "" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_show(blocks(cases[i].html), cases[i].wanted);
}

Test(html, is_told_from_signs_in_plain_text)
{
    static const struct {
        const char *text;
        bool is_html;
    } cases[] = {
        { "<p>x", true },
        { "a<br>b", true },
        { "a<br/>b", true },
        { "<B>x</B>", true },
        { "a <img src=\"x\"> b", true },
        { "<a href=x>y</a>", true },
        { "plain", false },
        { "Standard Oil <SRD> and <I> and <P> and <BR>", false },
        { "<b>", false },
        { "1 < 2 and 3 > 2", false },
        { "<bp>x</bp>", false },
        { "<p", false },
        { "<", false },
        { "", false },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        cr_expect(eq(int, kh_html_is_in(kh_str_from(cases[i].text)), cases[i].is_html),
                  "%s", cases[i].text);
}

Test(html, on_one_line_has_single_spaces)
{
    static const struct {
        const char *text;
        const char *wanted;
    } cases[] = {
        { "a  b", "a  b" },
        { " a\n\t b ", "a b" },
        { "<p>a</p><p>b<br>c</p>", "a b c" },
        { "a &amp; b", "a & b" },
        { "&#0; &#xD800; &bogus; & &;", "\xEF\xBF\xBD \xEF\xBF\xBD &bogus; & &;" },
        { "&#99999999999;", "&#99999999999;" },
        { "don&#146;t &#x97; &#128;&#159;&#160;&#127;", "don’t — €Ÿ\u00a0\x7F" },
        { "&#1114112;", "\xEF\xBF\xBD" },
        { "&", "&" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_str line = kh_html_line(kh_str_from(cases[i].text), arena);
        expect_show(kh_arena_copy(arena, line).ptr, cases[i].wanted);
    }
}
