/* late_tags - tags cut after all articles were read: inverted, kept in a file.
 *
 *   varint article, string entry
 *   entry: varint batch, varint tags, for each (string name, varint origin, u32 bits of
 *          its confidence), string cut */
#include "indexer/late_tags.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/file.h"
#include "indexer/job.h"

#define STOP_EVERY 256u /* articles between two looks at the signals */

struct kh_late_tags {
    kh_inverter_plan plan;
    kh_inverter *inverter;
    kh_arena *arena;
    char *path; /* owned */
    kh_sink *sink;
    kh_source *source;
    uint64_t next; /* article whose entry comes; UINT64_MAX: none */
    kh_buf entry;
    kh_buf cut;
};

void kh_late_tags_free(kh_late_tags *late)
{
    if (late == NULL)
        return;
    kh_inverter_free(late->inverter);
    kh_arena_free(late->arena);
    kh_sink_free(late->sink);
    kh_source_free(late->source);
    kh_buf_release(&late->entry);
    kh_buf_release(&late->cut);
    kh_free(late->path);
    kh_free(late);
}

static void write_entry(kh_late_tags *late, uint64_t number, const kh_article *article)
{
    kh_buf *out = &late->entry;
    kh_buf_reset(out);
    kh_buf_add_varint(out, kh_inverter_batch(late->inverter));
    kh_buf_add_varint(out, article->n_tags);
    for (size_t i = 0; i < article->n_tags; i++) {
        uint32_t bits;
        memcpy(&bits, &article->tags[i].confidence, sizeof(bits));
        kh_buf_add_string(out, article->tags[i].name);
        kh_buf_add_varint(out, (uint64_t)article->tags[i].origin);
        kh_buf_add_u32(out, bits);
    }
    kh_buf_add_string(out, kh_buf_str(&late->cut));
    kh_str entry = kh_buf_str(out);
    kh_buf_reset(&late->cut);
    kh_buf_add_varint(&late->cut, number);
    kh_buf_add_varint(&late->cut, entry.len);
    kh_sink_add(late->sink, late->cut.ptr, late->cut.len);
    kh_sink_add(late->sink, entry.ptr, entry.len);
}

static kh_status make_article(kh_late_tags *late, kh_resolve *resolve, uint64_t number,
                              kh_str lang, kh_error *err)
{
    kh_article article = { .lang = lang };
    kh_arena_reset(late->arena);
    kh_status status = kh_resolve_tags(resolve, number, &article.tags, &article.n_tags,
                                       late->arena, err);
    if (status != KH_OK || article.n_tags == 0)
        return status;
    status = kh_inverter_make_room(late->inverter, number, err);
    kh_buf_reset(&late->cut);
    uint32_t length = 0;
    if (status == KH_OK)
        status =
            kh_invert_tags(late->inverter, &article, number, &late->cut, &length, err);
    if (status != KH_OK)
        return status;
    kh_resolve_lengthen(resolve, number, length);
    write_entry(late, number, &article);
    return KH_OK;
}

static kh_status make_all(kh_late_tags *late, kh_resolve *resolve, kh_error *err)
{
    uint64_t n = kh_resolve_n(resolve);
    kh_status status = KH_OK;
    for (uint64_t number = 0; number < n && status == KH_OK; number++) {
        kh_str lang;
        if (number % STOP_EVERY == 0)
            status = kh_job_check_stop(err);
        if (status == KH_OK && kh_resolve_is_glued(resolve, number, &lang))
            status = make_article(late, resolve, number, lang, err);
    }
    return status;
}

static void read_next(kh_late_tags *late)
{
    late->next =
        kh_source_is_at_end(late->source) ? UINT64_MAX : kh_source_varint(late->source);
}

kh_status kh_late_tags_make(kh_late_tags **out, const kh_late_plan *plan,
                            kh_resolve *resolve, kh_error *err)
{
    KH_AUTO(kh_late_tags_free) kh_late_tags *late = kh_alloc(sizeof(*late));
    late->plan = (kh_inverter_plan){ .folder = plan->folder,
                                     .number = plan->number,
                                     .memory_bytes = plan->memory_bytes,
                                     .runs_max = plan->runs_max };
    late->arena = kh_arena_open();
    kh_buf_init(&late->entry, KH_BUF_MAX);
    kh_buf_init(&late->cut, KH_BUF_MAX);
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, plan->folder, "late-tags");
    late->path = kh_str_dup(kh_buf_str(&path));
    kh_status status = kh_inverter_open(&late->inverter, &late->plan, err);
    if (status == KH_OK)
        status = kh_sink_open(&late->sink, late->path, err);
    if (status == KH_OK)
        status = make_all(late, resolve, err);
    if (status == KH_OK)
        status = kh_sink_close_unsynced(KH_TAKE(late->sink), err);
    if (status == KH_OK)
        status = kh_inverter_finish(late->inverter, err);
    if (status == KH_OK)
        status = kh_source_open(&late->source, late->path, err);
    if (status != KH_OK)
        return status;
    read_next(late);
    *out = KH_TAKE(late);
    return KH_OK;
}

const char *const *kh_late_tags_runs(const kh_late_tags *late, size_t *n)
{
    return kh_inverter_runs(late->inverter, n);
}

const kh_inverter_batch_files *kh_late_tags_batches(const kh_late_tags *late, size_t *n)
{
    return kh_inverter_batches(late->inverter, n);
}

kh_status kh_late_tags_upto(kh_late_tags *late, uint64_t number, kh_buf *out,
                            kh_error *err)
{
    while (late->next < number) {
        kh_buf_add_varint(out, late->next);
        kh_buf_add(out, kh_source_string(late->source));
        read_next(late);
    }
    return kh_source_status(late->source, err);
}

kh_status kh_late_entry_next(kh_late_entry *out, kh_cursor *cursor, kh_arena *arena,
                             kh_error *err)
{
    if (cursor->ptr == cursor->end && !cursor->is_bad)
        return KH_END;
    *out = (kh_late_entry){ .number = kh_cursor_varint(cursor) };
    out->batch = (uint32_t)kh_cursor_varint(cursor);
    uint64_t n = kh_cursor_varint(cursor);
    if (n > (uint64_t)(cursor->end - cursor->ptr))
        cursor->is_bad = true;
    out->n_tags = cursor->is_bad ? 0 : (size_t)n;
    out->tags = kh_arena_alloc(arena, (out->n_tags + 1) * sizeof(kh_tag));
    for (size_t i = 0; i < out->n_tags; i++) {
        out->tags[i].name = kh_cursor_string(cursor);
        out->tags[i].origin = (kh_tag_origin)kh_cursor_varint(cursor);
        uint32_t bits = kh_cursor_u32(cursor);
        memcpy(&out->tags[i].confidence, &bits, sizeof(bits));
    }
    out->cut = kh_cursor_string(cursor);
    return cursor->is_bad
               ? kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged")
               : KH_OK;
}
