/* show_columns - results as lines with columns: tables, one line for people, places for
 * editors. */
#include "base/hash.h"
#include "cli/json.h"
#include "query/show.h"

/* ---- TSV ---- */

static const char result_columns[] =
    "query_id\trank\tscore\tref\tdate\tlang\tsource\tpath\tline\tcolumn\tid\ttitle\t"
    "tags\tpassage\n";
static const char tag_columns[] = "tag\tarticles\tall\tfirst\tlast\n";

void kh_show_tsv_header(kh_buf *out, bool is_tags)
{
    kh_buf_add(out, kh_str_from(is_tags ? tag_columns : result_columns));
}

/* A value without what would end it: tab, line end and backslash, and in a list its
 * separator. */
static void add_value(kh_buf *line, kh_str value, char separator,
                      const kh_settings *settings)
{
    KH_AUTO_BUF escaped;
    kh_buf_init(&escaped, KH_BUF_MAX);
    kh_buf *out = &escaped;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (c == '\t' || c == '\n' || c == '\r' || c == '\\' ||
            (separator != '\0' && c == separator)) {
            kh_buf_add_char(out, '\\');
            c = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c;
        }
        kh_buf_add_char(out, c);
    }
    kh_show_raw(line, kh_buf_str(&escaped), settings);
}

static void add_column(kh_buf *out, kh_str value, const kh_settings *settings)
{
    add_value(out, value, '\0', settings);
    kh_buf_add_char(out, '\t');
}

static void add_number(kh_buf *out, uint32_t number)
{
    if (number > 0)
        kh_buf_printf(out, "%u", number);
    kh_buf_add_char(out, '\t');
}

static void add_date(kh_buf *out, const kh_date *date, const kh_settings *settings)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, 64);
    kh_date_format(&text, date);
    add_column(out, kh_buf_str(&text), settings);
}

static void add_tags(kh_buf *out, const kh_article *article,
                     const kh_settings *settings)
{
    for (size_t i = 0; i < article->n_tags; i++) {
        if (i > 0)
            kh_buf_add_char(out, '|');
        add_value(out, article->tags[i].name, '|', settings);
    }
    kh_buf_add_char(out, '\t');
}

static void add_row(kh_buf *out, const kh_result *result, const kh_shown *shown)
{
    const kh_settings *settings = shown->settings;
    const kh_article *article = &result->article;
    const kh_excerpt *excerpt = &result->excerpt;
    bool has_passage = result->has_passage;
    add_column(out, shown->query_id, settings);
    kh_buf_printf(out, "%u\t", result->rank);
    kh_json_add_number(out, result->score);
    kh_buf_add_char(out, '\t');
    kh_show_ref(out, result->key, has_passage ? result->sentences : NULL);
    kh_buf_add_char(out, '\t');
    add_date(out, &article->date, settings);
    add_column(out, kh_article_lang(article), settings);
    add_column(out, article->source, settings);
    add_column(out, article->path, settings);
    add_number(out, has_passage ? excerpt->line : 0);
    add_number(out, has_passage ? excerpt->column : 0);
    add_column(out, article->id, settings);
    add_column(out, article->title, settings);
    add_tags(out, article, settings);
    if (has_passage)
        add_value(out, excerpt->text, '\0', settings);
    kh_buf_add_char(out, '\n');
}

void kh_show_tsv(kh_buf *out, const kh_shown *shown)
{
    for (size_t i = 0; i < shown->answer->n_results; i++)
        add_row(out, &shown->answer->results[i], shown);
}

void kh_show_tags_tsv(kh_buf *out, const kh_shown_tags *shown)
{
    bool has_query = shown->n_matches != UINT64_MAX;
    for (size_t i = 0; i < shown->n; i++) {
        const kh_tag_count *tag = &shown->tags[i];
        add_column(out, tag->tag.name, shown->settings);
        kh_buf_printf(out, "%u\t%u\t",
                      has_query ? tag->n_in_match : tag->tag.n_articles,
                      tag->tag.n_articles);
        kh_date first = kh_date_unpack(tag->tag.first);
        kh_date last = kh_date_unpack(tag->tag.last);
        add_date(out, &first, shown->settings);
        kh_date_format(out, &last);
        kh_buf_add_char(out, '\n');
    }
}

/* ---- a line a result ---- */

/* The first word is the article's REF, which --show takes: fzf gives it as {1}. */
void kh_show_oneline(kh_buf *out, const kh_shown *shown)
{
    kh_highlight how = shown->settings->terminal.highlight;
    for (size_t i = 0; i < shown->answer->n_results; i++) {
        const kh_result *result = &shown->answer->results[i];
        KH_AUTO_BUF date;
        kh_buf_init(&date, 64);
        kh_date day = result->article.date;
        if (day.precision == KH_DATE_TIME)
            day.precision = KH_DATE_DAY;
        kh_date_format(&date, &day);
        kh_show_ref(out, result->key, NULL);
        kh_buf_printf(out, "  %-10" KH_FMT, (int)date.len,
                      date.len > 0 ? date.ptr : "");
        const kh_str fields[] = { result->article.source, result->article.title };
        for (size_t k = 0; k < KH_COUNT_OF(fields); k++) {
            if (fields[k].len == 0)
                continue;
            kh_buf_add(out, KH_STR("  "));
            kh_show_marked(out, fields[k], NULL, 0, how);
        }
        if (result->has_passage) {
            kh_buf_add(out, KH_STR("  "));
            kh_show_marked(out, result->excerpt.text, result->excerpt.highlights,
                           result->excerpt.n_highlights, how);
        }
        kh_buf_add_char(out, '\n');
    }
}

/* ---- places ---- */

bool kh_show_has_place(const kh_article *article)
{
    static const char *const packed[] = { ".gz", ".zst", ".xz", ".bz2" };
    for (size_t i = 0; i < KH_COUNT_OF(packed); i++)
        if (kh_str_ends(article->path, kh_str_from(packed[i])))
            return false;
    return article->path.len > 0 && article->member.len == 0;
}

void kh_show_vimgrep(kh_buf *out, const kh_shown *shown)
{
    kh_highlight how = shown->settings->terminal.highlight;
    for (size_t i = 0; i < shown->answer->n_results; i++) {
        const kh_result *result = &shown->answer->results[i];
        const kh_excerpt *excerpt = &result->excerpt;
        if (!kh_show_has_place(&result->article))
            continue;
        uint32_t line = result->has_passage ? excerpt->line : 0;
        kh_show_raw(out, result->article.path, shown->settings);
        kh_buf_printf(out, ":%u:%u: ", line > 0 ? line : 1,
                      line > 0 && excerpt->column > 0 ? excerpt->column : 1);
        if (result->has_passage)
            kh_show_marked(out, excerpt->text, excerpt->highlights,
                           excerpt->n_highlights, how);
        else
            kh_show_marked(out, result->article.title, NULL, 0, how);
        kh_buf_add_char(out, '\n');
    }
}
