/* test_html_short - HTML without its text means the same to the parser. */
#include "html.h"
#include "html_short.h"
#include "show.h"

#define STAND_IN                                                         \
    "\xF3\xB0\x80\x80" /* where one stands already, nothing is taken out \
                        */

static kh_arena *arena;

static void open_arena(void)
{
    arena = kh_arena_open();
}

static void free_arena(void)
{
    kh_arena_free(arena);
}

TestSuite(html_short, .init = open_arena, .fini = free_arena);

#define WORDS "some words that are as long as that"

/* Stretches and tags as they are seen by the parser, "@" each. */
Test(html_short, keeps_markup_alone)
{
    static const struct {
        const char *html;
        const char *wanted;
    } cases[] = {
        { "<b>A " WORDS "</b>", "<b>A @</b>" },
        { " <p>" WORDS ", \xEF\xBC\x88 \xE6\x97\xA5 and\nmore\t.</P >", " <p>@</P>" },
        { "<p class=\"a > b\" id='x' data-y=z hidden>short</p>", "<p>short</p>" },
        { "<br/>" WORDS "<br />" WORDS, "<br/>@<br/>@" },
        { "<b> \n" WORDS "</b>", "<b> \n@</b>" },
        { WORDS "</p>", "some @</p>" },
        { "<p>AT&amp;T, " WORDS "&nbsp;" WORDS, "<p>AT&amp;T, @&nbsp;some @" },
        { "<p>a<!-- " WORDS " -->b " WORDS, "<p>a<!-- -->@" },
        { "<p>3 < 4, " WORDS "<[x] " WORDS, "<p>3 < @<@" },
        { "<td>" WORDS "\r\n" WORDS "\x01" WORDS, "<td>@\r\n@\x01@" },
        { "<td>" WORDS "\xEF\xBF\xBE" WORDS, "<td>@\xEF\xBF\xBE@" },
        { "<p>&#8217; " WORDS, "<p>&#8217; @" },
        /* what is not certain stays, and all behind it */
        { "<p><a href=\"a\"b\">" WORDS, "<p><a href=\"a\"b\">" WORDS },
        { "<p><a href='a>" WORDS, "<p><a href='a>" WORDS },
        { "<p><a/href=\"" WORDS ">" WORDS, "<p><a/href=\"" WORDS ">" WORDS },
        { "<p><a href=x/>" WORDS, "<p><a href=x/>" WORDS },
        { "<p><!-- a -- b -->" WORDS, "<p><!-- a -- b -->" WORDS },
        { "<p><!--> " WORDS " -->" WORDS, "<p><!--> " WORDS " -->" WORDS },
        { "<p><?php " WORDS " ?>" WORDS, "<p><?php " WORDS " ?>" WORDS },
        { "<script>" WORDS "</script>", "<script>" WORDS "</script>" },
        { "<p><_a> " WORDS, "<p><_a> " WORDS },
        { "<p></ a> " WORDS, "<p></ a> " WORDS },
        { "<p><", "<p><" },
        { "<p><!-", "<p><!-" },
        /* what may be taken for a stand-in */
        { "<p>" STAND_IN WORDS, "<p>" STAND_IN WORDS },
        { "<p>&#xF0000; " WORDS, "<p>&#xF0000; " WORDS },
        { "<p>&#983040; " WORDS, "<p>&#983040; " WORDS },
        { "<p>&#x000f0000 " WORDS, "<p>&#x000f0000 " WORDS },
        { "", "" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_html_short made;
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        kh_html_shorten(&made, kh_str_from(cases[i].html), arena);
        for (kh_str rest = made.html; rest.len > 0;) {
            kh_str before = rest;
            kh_str piece = kh_html_lengthen(&made, &rest);
            bool is_taken = made.n > 0 && piece.ptr != before.ptr;
            kh_buf_add(&seen, is_taken ? KH_STR("@") : piece);
        }
        expect_show(kh_buf_text(&seen), cases[i].wanted);
    }
}

static unsigned random_state = 29;

static unsigned below(unsigned n)
{
    random_state = random_state * 1103515245u + 12345u;
    return (random_state >> 12) % n;
}

static void add_piece(kh_buf *out)
{
    static const char *const pieces[] = {
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "<br/>",
        "<p/>",
        "<b>",
        "</b>",
        "<a href=\"x > y\">",
        "</a>",
        "<i class=a",
        ">",
        "<",
        "&",
        "&amp;",
        "&nbsp;",
        "&#65;",
        "&#x1F600;",
        "&bogus",
        "&copy",
        "&ampT",
        "&AMP;",
        "<!-- c -->",
        "<!--c--d-->",
        "<!-->",
        "-->",
        "<!DOCTYPE html>",
        "<html>",
        "<head>",
        "<body>",
        "</body>",
        "</html>",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<ruby>",
        "<rt>",
        "</rt>",
        "</ruby>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<li>",
        "<ul>",
        "</ul>",
        "<h2>",
        "</h2>",
        "<x-y>",
        "<o:p>",
        "</o:p>",
        "<IBM>",
        "<?x ?>",
        "<![CDATA[",
        "]]>",
        "< ",
        "<3",
        "\"",
        "'",
        "\n",
        "\n\n",
        " ",
        "\t",
        "\r\n",
        "\x01",
        "\x0C",
        "\xEF\xBF\xBE",
        "\xEF\xBB\xBF",
        "\xE6\x97\xA5",
        "\xC2\xA0",
        "x",
        "a = \"b\"",
        "<a title='",
        "'>",
        "<meta charset=utf-16>",
        "<col>",
        "<form>",
        "<option>",
        "</x>",
        "<frameset>",
    };
    switch (below(3)) {
    case 0:
        for (unsigned n = below(90); n > 0; n--)
            kh_buf_add(out, n % 7 == 3 ? KH_STR("\xC3\xA9t\n ") : KH_STR("word, "));
        break;
    case 1:
        if (below(20) == 0)
            for (unsigned n = 900 + below(200); n > 0; n--)
                kh_buf_add_char(out, below(2) ? 'w' : ' ');
        if (below(20) == 0)
            for (unsigned n = 900 + below(1200); n > 0; n--)
                kh_buf_add_char(out, ' ');
        break;
    default:
        break;
    }
    kh_buf_add(out, kh_str_from(pieces[below(KH_COUNT_OF(pieces))]));
}

/* The blocks of a text, with an end; that is shown as a space, wherever it is. */
static void add_blocks(kh_buf *out, kh_str html, const char end[4])
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_buf_add(&text, html);
    kh_buf_add_char(&text, ' ');
    kh_buf_add(&text, kh_str_make(end, 4));

    kh_draft draft = { .arena = arena };
    kh_html_blocks(&draft, kh_buf_str(&text));
    for (size_t i = 0; i < draft.article.n_blocks; i++) {
        kh_buf_printf(out, "%d:", (int)draft.article.blocks[i].kind);
        kh_buf_add(out, draft.article.blocks[i].text);
        kh_buf_add_char(out, '\n');
    }
    for (size_t i = 0; i + 4 <= out->len; i++)
        if (memcmp(out->ptr + i, end, 4) == 0)
            memset(out->ptr + i, ' ', 4);
}

Test(html_short, changes_no_block_of_random_html)
{
    size_t n_shorter = 0;
    for (int i = 0; i < 20000; i++) {
        KH_AUTO_BUF html;
        KH_AUTO_BUF whole;
        KH_AUTO_BUF shorter;
        kh_buf_init(&html, KH_BUF_MAX);
        kh_buf_init(&whole, KH_BUF_MAX);
        kh_buf_init(&shorter, KH_BUF_MAX);
        for (unsigned n = below(12); n > 0; n--)
            add_piece(&html);

        add_blocks(&whole, kh_buf_str(&html), STAND_IN);
        add_blocks(&shorter, kh_buf_str(&html), "\xF3\x80\x80\x80");

        kh_html_short made;
        kh_html_shorten(&made, kh_buf_str(&html), arena);
        n_shorter += made.n > 0;
        cr_assert(kh_str_equal(kh_buf_str(&whole), kh_buf_str(&shorter)),
                  "%d: %s\n---\n%s---\n%s", i, kh_buf_text(&html), kh_buf_text(&whole),
                  kh_buf_text(&shorter));
        kh_arena_reset(arena);
    }
    cr_expect(gt(sz, n_shorter, 5000));
}
