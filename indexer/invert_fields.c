/* invert_fields - what of an article is not words: terms that only filter. */
#include "article/tags.h"
#include "base/table.h"
#include "index/segment.h"
#include "indexer/inverter.h"

#define URL_TERMS_MAX 32u

static void log_term(kh_inverter *inverter, kh_str term)
{
    if (term.len == 0)
        return;
    uint32_t number = kh_inversion_term(inverter->inversion, term, kh_table_hash(term));
    kh_inversion_add(inverter->inversion, number, inverter->number, 0);
}

void kh_invert_field(kh_inverter *inverter, kh_field field, kh_str value)
{
    kh_buf_reset(&inverter->buffer);
    kh_field_term(&inverter->buffer, field, value);
    log_term(inverter, kh_buf_str(&inverter->buffer));
}

/* The address and all addresses that it lies below, so that url:HOST/PATH finds it. */
static void invert_url(kh_inverter *inverter, kh_str url)
{
    KH_AUTO_BUF normal;
    kh_buf_init(&normal, KH_BUF_MAX);
    kh_url_normalise(&normal, url);
    kh_str whole = kh_buf_str(&normal);
    unsigned n = 0;
    for (size_t i = 0; i < whole.len && n < URL_TERMS_MAX; i++) {
        if (whole.ptr[i] != '/')
            continue;
        kh_invert_field(inverter, KH_FIELD_URL, kh_str_slice(whole, 0, i));
        n++;
    }
    if (whole.len > 0)
        kh_invert_field(inverter, KH_FIELD_URL, whole);
}

/* The tag and all that it begins with, so that lang:zh and lang:zh-Hant find
 * zh-Hant-TW. Source: RFC 4647, 3.3.1, basic filtering. */
static void invert_language(kh_inverter *inverter, kh_str tag)
{
    for (size_t end = 0; end < tag.len; end++) {
        end = kh_str_find(tag, KH_STR("-"), end);
        end = end < tag.len ? end : tag.len;
        kh_invert_field(inverter, KH_FIELD_LANG, kh_str_slice(tag, 0, end));
    }
}

/* Whether a tag's normal form was met among the first n of them. */
static bool is_repeated(const kh_str *normals, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (kh_str_equal(normals[i], normals[n]))
            return true;
    return false;
}

void kh_invert_tag_names(kh_inverter *inverter, const kh_article *article)
{
    kh_str *normals =
        kh_arena_alloc(inverter->scratch, (article->n_tags + 1) * sizeof(kh_str));
    KH_AUTO_BUF normal;
    kh_buf_init(&normal, KH_BUF_MAX);
    for (size_t i = 0; i < article->n_tags; i++) {
        kh_buf_reset(&normal);
        kh_tag_normalise(&normal, article->tags[i].name);
        normals[i] = kh_arena_copy(inverter->scratch, kh_buf_str(&normal));
        if (normals[i].len == 0 || is_repeated(normals, i))
            continue;
        kh_invert_field(inverter, KH_FIELD_TAG, normals[i]);
        kh_buf_reset(&inverter->buffer);
        kh_tag_name_term(&inverter->buffer, normals[i], article->tags[i].name);
        log_term(inverter, kh_buf_str(&inverter->buffer));
    }
}

void kh_invert_fields(kh_inverter *inverter, const kh_article *article)
{
    char terms[KH_DATE_TERMS_MAX][KH_DATE_TERM_BYTES];
    size_t n = kh_date_terms(terms, &article->date);
    for (size_t i = 0; i < n; i++)
        log_term(inverter, kh_str_from(terms[i]));
    invert_language(inverter, kh_article_lang(article));
    if (article->url.len > 0)
        invert_url(inverter, article->url);
    kh_invert_tag_names(inverter, article);
}
