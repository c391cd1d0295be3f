/* canary - a new segment must find articles of its own before anybody is sent to it.
 *
 * A check of structure does not see postings that lead nowhere. So some articles are
 * looked up the way a reader would: by id, and by the words of their titles, which the
 * record must hold. */
#include "article/fields.h"
#include "index/segment.h"
#include "indexer/build.h"
#include "text/analysis.h"

#define CANARIES 16u

static kh_status has_document(bool *out, kh_database *database, kh_str term,
                              uint32_t document, kh_error *err)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_status status = kh_posting_cursor_open(&cursor, database, term, err);
    uint32_t found = 0;
    *out = false;
    if (status == KH_OK)
        status = kh_posting_cursor_seek(cursor, document, err);
    if (status == KH_OK)
        status = kh_posting_cursor_next(cursor, &found, NULL, err);
    *out = status == KH_OK && found == document;
    return status == KH_END ? KH_OK : status;
}

static kh_status lost(const char *folder, uint32_t document, kh_str what, kh_error *err)
{
    return kh_fail(err, KH_ERR_CORRUPT,
                   "the new index does not find its own article %u by '%" KH_FMT
                   "': '%s'",
                   document, KH_ARG(what), folder);
}

static kh_status check_id(kh_segment *segment, uint32_t document, const char *folder,
                          kh_error *err)
{
    char key[KH_KEY_CHARS + 1];
    kh_article_key_text(key,
                        kh_record_head_of(kh_segment_records(segment), document).key);
    KH_AUTO_BUF term;
    kh_buf_init(&term, 256);
    kh_field_term(&term, KH_FIELD_ID, kh_str_from(key));
    bool is_found = false;
    kh_status status = has_document(&is_found, kh_segment_database(segment),
                                    kh_buf_str(&term), document, err);
    if (status == KH_OK && !is_found)
        return lost(folder, document, kh_buf_str(&term), err);
    return status;
}

/* Every word of the title must lead to the article. */
static kh_status check_title(kh_segment *segment, uint32_t document, const char *folder,
                             kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
    kh_article article;
    uint32_t n_words = 0;
    kh_status status = kh_record_article(
        &article, &n_words, kh_segment_records(segment), document, arena, err);
    if (status == KH_OK)
        status = kh_analyser_open(&analyser, kh_language_find(article.lang), err);
    if (status != KH_OK)
        return status;
    kh_analyser_reset(analyser, article.title, 0);
    kh_token token;
    while (status == KH_OK && kh_analyser_next(analyser, &token)) {
        bool is_found = true;
        if (token.lexeme->term.len > 0)
            status = has_document(&is_found, kh_segment_database(segment),
                                  token.lexeme->term, document, err);
        if (status == KH_OK && !is_found)
            return lost(folder, document, token.lexeme->term, err);
    }
    return status;
}

kh_status kh_build_canaries(const char *segment_folder, kh_error *err)
{
    KH_AUTO(kh_segment_free) kh_segment *segment = NULL;
    kh_status status = kh_segment_open(&segment, segment_folder, err);
    if (status != KH_OK)
        return status;
    uint32_t n = kh_records_n(kh_segment_records(segment));
    uint32_t step = n / CANARIES + 1;
    for (uint32_t document = 1; document <= n && status == KH_OK; document += step) {
        status = check_id(segment, document, segment_folder, err);
        if (status == KH_OK)
            status = check_title(segment, document, segment_folder, err);
    }
    return status;
}
