/* show_article - a whole article, the query's words marked. */
#include "query/show.h"

static void add_field(kh_buf *out, const char *name, kh_str value)
{
    if (value.len == 0)
        return;
    kh_buf_printf(out, "%-8s ", name);
    kh_output_clean(out, value, false);
    kh_buf_add_char(out, '\n');
}

static void add_list(kh_buf *out, const char *name, const kh_str *items, size_t n)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            kh_buf_add(&text, KH_STR(" \xC2\xB7 "));
        kh_buf_add(&text, items[i]);
    }
    add_field(out, name, kh_buf_str(&text));
}

static void add_fields(kh_buf *out, const kh_shown_article *shown)
{
    const kh_article *article = &shown->article;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_date_format(&text, &article->date);
    add_field(out, "date", kh_buf_str(&text));
    add_field(out, "place", article->place);
    add_list(out, "by", article->authors, article->n_authors);
    add_field(out, "source", article->source);
    add_field(out, "section", article->section);
    add_field(out, "language", kh_article_lang(article));
    add_field(out, "url", article->url);
    kh_buf_reset(&text);
    kh_show_place(&text, article, article->record);
    add_field(out, "file", kh_buf_str(&text));
    kh_buf_reset(&text);
    kh_show_ref(&text, shown->key, shown->is_passage ? shown->sentences : NULL);
    add_field(out, "ref", kh_buf_str(&text));
}

static void add_block(kh_buf *out, const kh_shown_article *shown, size_t i)
{
    const kh_terminal *terminal = &shown->settings->terminal;
    const kh_excerpt *excerpt = &shown->excerpts[i];
    bool is_bold = terminal->highlight == KH_HIGHLIGHT_ANSI &&
                   shown->blocks[i].kind != KH_BLOCK_PARAGRAPH;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    if (is_bold && excerpt->n_highlights == 0)
        kh_buf_add(&text, KH_STR("\033[1m"));
    kh_show_marked(&text, excerpt->text, excerpt->highlights, excerpt->n_highlights,
                   terminal->highlight);
    if (is_bold && excerpt->n_highlights == 0)
        kh_buf_add(&text, KH_STR("\033[0m"));
    kh_output_wrap(out, kh_buf_str(&text), 0, terminal->width);
    kh_buf_add_char(out, '\n');
}

/* What stands above the sentences of a passage: title, fields, heading. */
static void add_head(kh_buf *out, const kh_shown_article *shown)
{
    const kh_terminal *terminal = &shown->settings->terminal;
    const kh_str lines[] = { shown->article.title, shown->excerpts[0].heading };
    for (size_t i = 0; i < KH_COUNT_OF(lines); i++) {
        bool is_shown = i == 0 && shown->blocks[0].kind == KH_BLOCK_TITLE;
        KH_AUTO_BUF text;
        kh_buf_init(&text, KH_BUF_MAX);
        kh_show_marked(&text, lines[i], NULL, 0, terminal->highlight);
        if (lines[i].len > 0 && !is_shown) {
            kh_output_wrap(out, kh_buf_str(&text), 0, terminal->width);
            kh_buf_add_char(out, '\n');
        }
        if (i == 0) {
            add_fields(out, shown);
            kh_buf_add_char(out, '\n');
        }
    }
}

void kh_show_article_text(kh_buf *out, const kh_shown_article *shown)
{
    if (shown->settings->shows_text_alone) {
        kh_show_raw(out, shown->passage, shown->settings);
        if (shown->is_passage)
            kh_buf_add_char(out, '\n');
        return;
    }
    if (shown->is_passage)
        add_head(out, shown);
    for (size_t i = 0; i < shown->n_blocks; i++) {
        add_block(out, shown, i);
        if (i == 0 && !shown->is_passage) {
            add_fields(out, shown);
            kh_buf_add_char(out, '\n');
        }
    }
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    size_t n = shown->article.n_tags;
    kh_str *names = kh_arena_alloc(arena, (n + 1) * sizeof(kh_str));
    for (size_t i = 0; i < n; i++)
        names[i] = shown->article.tags[i].name;
    add_list(out, "tags", names, n);
}
