/* show_text - answers for people. */
#include "query/show.h"

#include <unistd.h>

#include "base/utf8.h"

#define INDENT 3u

void kh_show_ref(kh_buf *out, uint64_t key, const uint32_t *sentences)
{
    char text[KH_KEY_CHARS + 1];
    kh_article_key_text(text, key);
    kh_buf_add_char(out, '@');
    kh_buf_add(out, kh_str_make(text, KH_REF_CHARS));
    if (sentences == NULL)
        return;
    kh_buf_printf(out, ":%u", sentences[0]);
    if (sentences[1] != sentences[0])
        kh_buf_printf(out, "-%u", sentences[1]);
}

static void add_html(kh_buf *out, kh_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&':
            kh_buf_add(out, KH_STR("&amp;"));
            break;
        case '<':
            kh_buf_add(out, KH_STR("&lt;"));
            break;
        case '>':
            kh_buf_add(out, KH_STR("&gt;"));
            break;
        case '"':
            kh_buf_add(out, KH_STR("&quot;"));
            break;
        default:
            kh_buf_add_char(out, text.ptr[i]);
        }
    }
}

/* One blank for any run of white space, also across a highlight's edge. */
static void add_clean(kh_buf *out, kh_str text, kh_highlight how, bool *ends_in_blank)
{
    KH_AUTO_BUF clean;
    kh_buf_init(&clean, KH_BUF_MAX);
    kh_output_clean(&clean, text, false);
    kh_str rest = kh_buf_str(&clean);
    if (rest.len == 0)
        return;
    if (*ends_in_blank && rest.ptr[0] == ' ')
        rest = kh_str_slice(rest, 1, rest.len);
    if (rest.len > 0)
        *ends_in_blank = rest.ptr[rest.len - 1] == ' ';
    if (how == KH_HIGHLIGHT_HTML)
        add_html(out, rest);
    else
        kh_buf_add(out, rest);
}

void kh_show_marked(kh_buf *out, kh_str text, const kh_span *spans, size_t n,
                    kh_highlight how)
{
    static const char *const begin[] = { "", "\033[1;31m", "**", "<mark>" };
    static const char *const end[] = { "", "\033[0m", "**", "</mark>" };
    size_t at = 0;
    bool ends_in_blank = true; /* none at the front */
    for (size_t i = 0; i < n; i++) {
        add_clean(out, kh_str_slice(text, at, spans[i].start), how, &ends_in_blank);
        kh_buf_add(out, kh_str_from(begin[how]));
        add_clean(out, kh_str_slice(text, spans[i].start, spans[i].end), how,
                  &ends_in_blank);
        kh_buf_add(out, kh_str_from(end[how]));
        at = spans[i].end;
    }
    add_clean(out, kh_str_slice(text, at, text.len), how, &ends_in_blank);
}

void kh_show_place(kh_buf *out, const kh_article *article, uint32_t line)
{
    char folder[4096];
    kh_str path = article->path;
    if (getcwd(folder, sizeof(folder)) != NULL) {
        kh_str here = kh_str_from(folder);
        if (kh_str_starts(path, here) && path.len > here.len + 1 &&
            path.ptr[here.len] == '/')
            path = kh_str_slice(path, here.len + 1, path.len);
    }
    if (path.len == 0)
        path = KH_STR("(standard input)");
    kh_output_clean(out, path, false);
    if (article->member.len > 0) {
        kh_buf_add_char(out, '!');
        kh_output_clean(out, article->member, false);
    }
    if (line > 0)
        kh_buf_printf(out, ":%u", line);
}

/* Date, place and source, two blanks between. */
static void add_origin(kh_buf *out, const kh_article *article)
{
    KH_AUTO_BUF date;
    kh_buf_init(&date, 64);
    kh_date day = article->date;
    if (day.precision == KH_DATE_TIME)
        day.precision = KH_DATE_DAY;
    kh_date_format(&date, &day);
    const kh_str parts[] = { kh_buf_str(&date), article->place, article->source };
    for (size_t i = 0; i < KH_COUNT_OF(parts); i++) {
        if (parts[i].len == 0)
            continue;
        if (out->len > 0)
            kh_buf_add(out, KH_STR("  "));
        kh_output_clean(out, parts[i], false);
    }
}

/* left, then right at the end of the line if there is room for both, else on a line of
 * its own. */
static void add_line(kh_buf *out, kh_str left, kh_str right, unsigned indent,
                     unsigned width)
{
    kh_buf_printf(out, "%*s", (int)indent, "");
    kh_buf_add(out, left);
    unsigned used = indent + kh_text_columns(left);
    unsigned wanted = kh_text_columns(right);
    if (right.len == 0) {
        kh_buf_add_char(out, '\n');
        return;
    }
    if (width == 0 || used + 2 + wanted <= width)
        kh_buf_printf(out, "%*s", width == 0 ? 2 : (int)(width - used - wanted), "");
    else
        kh_buf_printf(out, "\n%*s", (int)INDENT, "");
    kh_buf_add(out, right);
    kh_buf_add_char(out, '\n');
}

static void add_headline(kh_buf *out, const kh_result *result,
                         const kh_terminal *terminal)
{
    KH_AUTO_BUF left;
    KH_AUTO_BUF right;
    kh_buf_init(&left, KH_BUF_MAX);
    kh_buf_init(&right, KH_BUF_MAX);
    kh_buf_printf(&left, "%-2u ", result->rank);
    if (terminal->highlight == KH_HIGHLIGHT_ANSI)
        kh_buf_add(&left, KH_STR("\033[1m"));
    kh_str title = result->article.title;
    kh_show_marked(&left, title.len > 0 ? title : KH_STR("(no title)"), NULL, 0,
                   terminal->highlight);
    if (terminal->highlight == KH_HIGHLIGHT_ANSI)
        kh_buf_add(&left, KH_STR("\033[0m"));
    if (result->n_more_passages > 0)
        kh_buf_printf(&left, "  (+%u more passage%s)", result->n_more_passages,
                      result->n_more_passages == 1 ? "" : "s");
    add_origin(&right, &result->article);
    add_line(out, kh_buf_str(&left), kh_buf_str(&right), 0, terminal->width);
}

static void add_source_line(kh_buf *out, const kh_result *result,
                            const kh_terminal *terminal)
{
    KH_AUTO_BUF left;
    KH_AUTO_BUF right;
    kh_buf_init(&left, KH_BUF_MAX);
    kh_buf_init(&right, KH_BUF_MAX);
    kh_show_place(&left, &result->article,
                  result->has_passage ? result->excerpt.line : 0);
    kh_show_ref(&right, result->key, result->has_passage ? result->sentences : NULL);
    add_line(out, kh_buf_str(&left), kh_buf_str(&right), INDENT, terminal->width);
}

static void add_passage(kh_buf *out, const kh_result *result,
                        const kh_terminal *terminal)
{
    if (!result->has_passage)
        return;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    const kh_excerpt *excerpt = &result->excerpt;
    if (excerpt->heading.len > 0) {
        kh_show_marked(&text, excerpt->heading, NULL, 0, terminal->highlight);
        kh_buf_add(&text, KH_STR(" > "));
    }
    kh_show_marked(&text, excerpt->text, excerpt->highlights, excerpt->n_highlights,
                   terminal->highlight);
    kh_output_wrap(out, kh_buf_str(&text), INDENT, terminal->width);
}

static void add_tags(kh_buf *out, const kh_result *result, const kh_terminal *terminal)
{
    if (result->article.n_tags == 0)
        return;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (size_t i = 0; i < result->article.n_tags; i++) {
        if (i > 0)
            kh_buf_add(&text, KH_STR(" \xC2\xB7 "));
        kh_show_marked(&text, result->article.tags[i].name, NULL, 0,
                       terminal->highlight);
    }
    kh_output_wrap(out, kh_buf_str(&text), INDENT, terminal->width);
}

static void add_parts(kh_buf *out, const kh_result *result)
{
    if (result->n_parts == 0)
        return;
    kh_buf_printf(out, "%*sscore %.4f\n", (int)INDENT, "", result->score);
    for (size_t i = 0; i < result->n_parts; i++)
        kh_buf_printf(out, "%*s%8.4f  %-10s %" KH_FMT "\n", (int)INDENT + 2, "",
                      result->parts[i].value, result->parts[i].name,
                      KH_ARG(result->parts[i].why));
}

void kh_show_text(kh_buf *out, const kh_shown *shown)
{
    const kh_terminal *terminal = &shown->settings->terminal;
    if (shown->answer->explain.len > 0)
        kh_output_clean(out, shown->answer->explain, true);
    for (size_t i = 0; i < shown->answer->n_results; i++) {
        const kh_result *result = &shown->answer->results[i];
        if (shown->query_id.ptr != NULL) {
            kh_output_clean(out, shown->query_id, false);
            kh_buf_add(out, KH_STR(": "));
        }
        add_headline(out, result, terminal);
        add_source_line(out, result, terminal);
        add_passage(out, result, terminal);
        add_tags(out, result, terminal);
        add_parts(out, result);
    }
}

static void add_packed_date(kh_buf *out, uint32_t packed)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, 64);
    kh_date date = kh_date_unpack(packed);
    kh_date_format(&text, &date);
    kh_buf_printf(out, "  %-10" KH_FMT, KH_ARG(kh_buf_str(&text)));
}

/* Columns for people; a name takes as many as the widest, up to this. */
#define TAG_COLUMNS_MAX 48u

/* Columns of a text as it is printed: an escape sequence in it is text. */
static unsigned clean_columns(kh_str text)
{
    KH_AUTO_BUF clean;
    kh_buf_init(&clean, KH_BUF_MAX);
    kh_output_clean(&clean, text, false);
    return kh_text_columns(kh_buf_str(&clean));
}

void kh_show_tags_text(kh_buf *out, const kh_shown_tags *shown)
{
    unsigned widest = 3;
    for (size_t i = 0; i < shown->n; i++) {
        unsigned columns = clean_columns(shown->tags[i].tag.name);
        if (columns > widest)
            widest = columns < TAG_COLUMNS_MAX ? columns : TAG_COLUMNS_MAX;
    }
    bool has_query = shown->n_matches != UINT64_MAX;
    if (has_query)
        kh_buf_printf(out, "In match  In all  Tag\n");
    else
        kh_buf_printf(out, "Articles  %-*s  First       Last\n", (int)widest, "Tag");
    for (size_t i = 0; i < shown->n; i++) {
        const kh_tag_count *tag = &shown->tags[i];
        if (has_query)
            kh_buf_printf(out, "%8u  %6u  ", tag->n_in_match, tag->tag.n_articles);
        else
            kh_buf_printf(out, "%8u  ", tag->tag.n_articles);
        kh_output_clean(out, tag->tag.name, false);
        if (!has_query) {
            unsigned columns = clean_columns(tag->tag.name);
            kh_buf_printf(out, "%*s", columns < widest ? (int)(widest - columns) : 0,
                          "");
            add_packed_date(out, tag->tag.first);
            add_packed_date(out, tag->tag.last);
        }
        while (out->len > 0 && out->ptr[out->len - 1] == ' ')
            out->len--;
        kh_buf_add_char(out, '\n');
    }
}
