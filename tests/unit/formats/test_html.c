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

Test(html, takes_old_names_without_a_semicolon)
{
    static const struct {
        const char *html;
        const char *wanted;
    } cases[] = {
        { "<p>&copy 2024, AT&ampT</p>", "© 2024, AT&T" },
        { "<p>x.in/l?id=5&section=news&region=in&copy=3&lt_a=1</p>",
          "x.in/l?id=5&section=news&region=in&copy=3&lt_a=1" },
        { "<p>R&AMP;D &COPY;&REG; &QUOT;x&QUOT; 1 &LT; 2 &GT; 0</p>",
          "R&D ©® \"x\" 1 < 2 > 0" },
        { "<p>a&nbsp<b>b</b>&nbsp;c</p>", "a\u00a0b\u00a0c" },
        { "<p>caf&eacute,&eacutet&eacute</p>", "café,été" },
        { "<p>&copyМир &ltb&gt &AMP</p>", "©Мир <b> &" },
        { "<p>&notit; &notin; &notinva; &parallel; &ampT;</p>",
          "&notit; ∉ &notinva; &parallel; &T;" },
        { "<p>a; &copy; b &copy;; &copy ; c</p>", "a; © b ©; © ; c" },
        { "<p>&amp;copy &#38copy &#x26;copy &amp;amp;</p>", "&copy &copy &copy &amp;" },
        { "<p>Q&A, R & D, &bogus, &hellip, &apos, &, &;</p>",
          "Q&A, R & D, &bogus, &hellip, &apos, &, &;" },
        { "<p title=\"&copy 1&ampb\">x <a href=\"?a=1&copy=2\">y</a></p>", "x y" },
        { "<script>a &copy b</script><p>x</p>", "x" },
        { "One **two** &copy 2024<br>", "One **two** © 2024" },
        { "f(&regs), ?id=1&section=2&copy_a AT&ampT<br>",
          "f(&regs), ?id=1&section=2&copy_a AT&T" },
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
        { "&copy 2024 AT&ampT &AMP; &nbsp", "© 2024 AT&T &" },
        { "&copy2024 &section=2 &regs &amplifier",
          "&copy2024 &section=2 &regs &amplifier" },
        { "&copy; &copy; &amp;copy", "© © &copy" },
        { "<b>x</b> &copy 2024 &AMP; &regs", "x © 2024 & &regs" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_str line = kh_html_line(kh_str_from(cases[i].text), arena);
        expect_show(kh_arena_copy(arena, line).ptr, cases[i].wanted);
    }
}
