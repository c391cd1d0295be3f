/* verify - the new segment is looked at before anybody is sent to it.
 *
 * The database is checked whole, as the engine does and beyond, since it was written
 * (checking.h); records by a sample: `khabar-index check` reads them all, and learns
 * the bounds again. Then some articles must be found. */
#include "article/fields.h"
#include "base/alloc.h"
#include "base/file.h"
#include "index/segment.h"
#include "indexer/build.h"

#define SAMPLE_STEP 64u /* one record in so many, all of few */

/* Codes of all languages that occur: the L terms of the segment but those of tags. */
static kh_status fill_languages(kh_build *build, const char *segment_folder,
                                kh_error *err)
{
    KH_AUTO(kh_segment_free) kh_segment *segment = NULL;
    kh_status status = kh_segment_open(&segment, segment_folder, err);
    if (status != KH_OK)
        return status;
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_str prefix = kh_str_from(kh_field_table()[KH_FIELD_LANG].term_prefix);
    status =
        kh_term_cursor_open(&cursor, kh_segment_database(segment), prefix, false, err);
    size_t capacity = 0;
    kh_manifest *manifest = &build->manifest;
    kh_str term;
    while (status == KH_OK &&
           (status = kh_term_cursor_next(cursor, &term, NULL, err)) == KH_OK) {
        if (kh_str_find(term, KH_STR("-"), 0) != SIZE_MAX)
            continue;
        manifest->languages =
            kh_arena_grow(build->arena, manifest->languages, manifest->n_languages,
                          &capacity, sizeof(kh_str));
        manifest->languages[manifest->n_languages++] =
            kh_arena_copy(build->arena, kh_str_slice(term, prefix.len, term.len));
    }
    return status == KH_END ? KH_OK : status;
}

kh_status kh_build_verify(kh_build *build, kh_error *err)
{
    uint64_t start = kh_clock_ms();
    const char *folder = kh_buf_text(&build->path);
    kh_status status = kh_segment_check_sample(folder, SAMPLE_STEP, err);
    if (status == KH_OK)
        status = kh_build_canaries(folder, err);
    kh_status checked =
        kh_checking_end(KH_TAKE(build->checking), status == KH_OK ? err : NULL);
    if (status == KH_OK)
        status = checked;
    if (status == KH_OK)
        status = fill_languages(build, folder, err);
    uint64_t wanted = build->resolved.n_articles - build->resolved.n_superseded;
    if (status == KH_OK && build->manifest.n_articles != wanted)
        status =
            kh_fail(err, KH_ERR_CORRUPT, "%u articles were written, not %llu: '%s'",
                    build->manifest.n_articles, (unsigned long long)wanted, folder);
    build->verify_ms = kh_clock_ms() - start;
    return status;
}
