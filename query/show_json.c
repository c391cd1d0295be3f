/* show_json - answers for programs: an object a line, keys as the contract has them. */
#include "query/show.h"

#include "base/utf8.h"
#include "cli/json.h"

static void add_key(kh_buf *out, const char *key)
{
    kh_buf_printf(out, ",\"%s\":", key);
}

static void add_text(kh_buf *out, const char *key, kh_str value)
{
    add_key(out, key);
    kh_json_add_string_or_null(out, value);
}

static void add_number_or_null(kh_buf *out, const char *key, uint64_t value)
{
    add_key(out, key);
    if (value == 0)
        kh_buf_add(out, KH_STR("null"));
    else
        kh_buf_printf(out, "%llu", (unsigned long long)value);
}

static void add_date(kh_buf *out, const char *key, const kh_date *date)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, 64);
    kh_date_format(&text, date);
    add_text(out, key, kh_buf_str(&text));
}

void kh_show_json_article(kh_buf *out, const kh_article *article, uint32_t n_words)
{
    kh_buf_add(out, KH_STR("{\"id\":"));
    kh_json_add_string(out, article->id);
    add_text(out, "path", article->path);
    add_text(out, "member", article->member);
    add_number_or_null(out, "record", article->record);
    add_text(out, "format", kh_str_from(article->format));
    add_text(out, "title", article->title);
    add_text(out, "deck", article->deck);
    kh_buf_add(out, KH_STR(",\"authors\":["));
    for (size_t i = 0; i < article->n_authors; i++) {
        if (i > 0)
            kh_buf_add_char(out, ',');
        kh_json_add_string(out, article->authors[i]);
    }
    kh_buf_add_char(out, ']');
    add_text(out, "place", article->place);
    add_date(out, "date", &article->date);
    add_date(out, "updated", &article->updated);
    add_text(out, "source", article->source);
    add_text(out, "section", article->section);
    add_text(out, "lang", kh_article_lang(article));
    add_text(out, "url", article->url);
    kh_buf_add(out, KH_STR(",\"tags\":["));
    for (size_t i = 0; i < article->n_tags; i++) {
        if (i > 0)
            kh_buf_add_char(out, ',');
        kh_json_add_string(out, article->tags[i].name);
    }
    kh_buf_printf(out, "],\"words\":%u}", n_words);
}

/* Highlights count in characters of the text. */
static void add_highlights(kh_buf *out, const kh_excerpt *excerpt)
{
    kh_buf_add(out, KH_STR(",\"highlights\":["));
    size_t at = 0;
    size_t chars = 0;
    for (size_t i = 0; i < excerpt->n_highlights; i++) {
        kh_span span = excerpt->highlights[i];
        chars += kh_utf8_count(kh_str_slice(excerpt->text, at, span.start));
        size_t length =
            kh_utf8_count(kh_str_slice(excerpt->text, span.start, span.end));
        kh_buf_printf(out, "%s[%zu,%zu]", i > 0 ? "," : "", chars, chars + length);
        chars += length;
        at = span.end;
    }
    kh_buf_add_char(out, ']');
}

static void add_passage(kh_buf *out, const kh_result *result)
{
    const kh_excerpt *excerpt = &result->excerpt;
    kh_buf_add(out, KH_STR(",\"passage\":"));
    if (!result->has_passage) {
        kh_buf_add(out, KH_STR("null"));
        return;
    }
    kh_buf_add(out, KH_STR("{\"text\":"));
    kh_json_add_string(out, excerpt->text);
    add_text(out, "heading", excerpt->heading);
    kh_buf_printf(out, ",\"start\":%zu,\"end\":%zu,\"byte_start\":%zu,\"byte_end\":%zu",
                  excerpt->chars.start, excerpt->chars.end, excerpt->bytes.start,
                  excerpt->bytes.end);
    kh_buf_printf(out, ",\"sentences\":[%u,%u]", result->sentences[0],
                  result->sentences[1]);
    add_number_or_null(out, "line", excerpt->line);
    add_number_or_null(out, "column", excerpt->column);
    add_highlights(out, excerpt);
    kh_buf_add_char(out, '}');
}

static void add_explain(kh_buf *out, const kh_result *result)
{
    if (result->n_parts == 0)
        return;
    kh_buf_add(out, KH_STR(",\"explain\":{\"parts\":["));
    for (size_t i = 0; i < result->n_parts; i++) {
        kh_buf_printf(out, "%s{\"name\":", i > 0 ? "," : "");
        kh_json_add_string(out, kh_str_from(result->parts[i].name));
        add_key(out, "value");
        kh_json_add_number(out, result->parts[i].value);
        add_text(out, "why", result->parts[i].why);
        kh_buf_add_char(out, '}');
    }
    kh_buf_add(out, KH_STR("]}"));
}

static void add_ref(kh_buf *out, uint64_t key, const uint32_t *sentences)
{
    kh_buf_add(out, KH_STR(",\"ref\":\""));
    kh_show_ref(out, key, sentences);
    kh_buf_add_char(out, '"');
}

void kh_show_json(kh_buf *out, const kh_shown *shown)
{
    for (size_t i = 0; i < shown->answer->n_results; i++) {
        const kh_result *result = &shown->answer->results[i];
        kh_buf_add(out, KH_STR("{\"v\":1,\"type\":\"result\",\"query_id\":"));
        if (shown->query_id.ptr == NULL)
            kh_buf_add(out, KH_STR("null"));
        else
            kh_json_add_string(out, shown->query_id);
        kh_buf_printf(out, ",\"rank\":%u,\"score\":", result->rank);
        kh_json_add_number(out, result->score);
        add_ref(out, result->key, result->has_passage ? result->sentences : NULL);
        kh_buf_add(out, KH_STR(",\"article\":"));
        kh_show_json_article(out, &result->article, result->n_words);
        add_passage(out, result);
        add_explain(out, result);
        kh_buf_add(out, KH_STR("}\n"));
    }
}

void kh_show_json_summary(kh_buf *out, const kh_shown *shown, uint32_t generation,
                          uint64_t ms)
{
    kh_buf_add(out, KH_STR("{\"v\":1,\"type\":\"summary\",\"query_id\":"));
    if (shown->query_id.ptr == NULL)
        kh_buf_add(out, KH_STR("null"));
    else
        kh_json_add_string(out, shown->query_id);
    kh_buf_printf(out, ",\"articles\":%llu,\"generation\":%u,\"ms\":%llu}\n",
                  (unsigned long long)shown->answer->n_articles, generation,
                  (unsigned long long)ms);
}

static void add_packed_date(kh_buf *out, const char *key, uint32_t packed)
{
    kh_date date = kh_date_unpack(packed);
    add_date(out, key, &date);
}

void kh_show_tags_json(kh_buf *out, const kh_shown_tags *shown)
{
    for (size_t i = 0; i < shown->n; i++) {
        const kh_tag_count *tag = &shown->tags[i];
        bool has_query = shown->n_matches != UINT64_MAX;
        kh_buf_add(out, KH_STR("{\"v\":1,\"type\":\"tag\",\"tag\":"));
        kh_json_add_string(out, tag->tag.name);
        kh_buf_printf(out, ",\"articles\":%u,\"all\":%u",
                      has_query ? tag->n_in_match : tag->tag.n_articles,
                      tag->tag.n_articles);
        add_packed_date(out, "first", tag->tag.first);
        add_packed_date(out, "last", tag->tag.last);
        kh_buf_add(out, KH_STR("}\n"));
    }
}

static const char *kind_name(kh_block_kind kind)
{
    switch (kind) {
    case KH_BLOCK_HEADING:
        return "heading";
    case KH_BLOCK_TITLE:
        return "title";
    case KH_BLOCK_DECK:
        return "deck";
    default:
        return "paragraph";
    }
}

void kh_show_article_json(kh_buf *out, const kh_shown_article *shown)
{
    kh_buf_add(out, KH_STR("{\"v\":1,\"type\":\"article\""));
    add_ref(out, shown->key, shown->is_passage ? shown->sentences : NULL);
    kh_buf_add(out, KH_STR(",\"article\":"));
    kh_show_json_article(out, &shown->article, shown->n_words);
    kh_buf_add(out, KH_STR(",\"text\":"));
    kh_json_add_string(out, shown->text);
    kh_buf_add(out, KH_STR(",\"blocks\":["));
    for (size_t i = 0; i < shown->n_blocks; i++) {
        const kh_outline_block *block = &shown->blocks[i];
        const kh_excerpt *excerpt = &shown->excerpts[i];
        kh_buf_printf(out,
                      "%s{\"kind\":\"%s\",\"start\":%zu,\"end\":%zu,\"byte_start\":%zu,"
                      "\"byte_end\":%zu",
                      i > 0 ? "," : "", kind_name(block->kind), excerpt->chars.start,
                      excerpt->chars.end, excerpt->bytes.start, excerpt->bytes.end);
        kh_buf_printf(out, ",\"sentences\":[%u,%u]", block->first_sentence,
                      block->first_sentence + block->n_sentences - 1);
        add_number_or_null(out, "line", block->line);
        add_highlights(out, excerpt);
        kh_buf_add_char(out, '}');
    }
    kh_buf_add(out, KH_STR("]}\n"));
}
