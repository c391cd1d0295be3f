/* pack_stage - pieces of the spool through N packers and out again in order.
 *
 *   spool -> piece -> ring -> worker: unpack, join late tags, code, pack -> ring -> add
 *
 * Superseded articles are passed over. */
#include "indexer/pack_stage.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "indexer/ring.h"
#include "indexer/spooled.h"

#define SLOTS_PER_JOB 3u

typedef struct slot {
    kh_piece_head head;
    const kh_batch *batch;
    kh_buf packed;
    kh_buf late; /* entries of its articles */
    kh_buf records;
} slot;

typedef struct worker {
    const kh_pack_plan *plan;
    kh_press *press;
    kh_record_packer *packer;
    kh_arena *arena;
    kh_buf plain;
    const kh_batch *const *late; /* by batch of a late entry */
    size_t n_late;
} worker;

typedef struct stage {
    const kh_pack_plan *plan;
    worker *workers;
    void **worker_list;
    slot *slots;
    void **slot_list;
    size_t n_slots;
} stage;

/* ---- a worker ---- */

/* late: what was cut of its tags, or NULL. */
static kh_status pack_article(worker *w, slot *s, kh_spooled *spooled, uint64_t number,
                              const kh_late_entry *late, kh_error *err)
{
    const kh_pack_plan *plan = w->plan;
    kh_record_source source = { .article = &spooled->article,
                                .cuts = { { s->batch, spooled->cut } },
                                .n_cuts = 1,
                                .text_hash = spooled->text_hash,
                                .title_is_block = spooled->title_is_block,
                                .deck_is_block = spooled->deck_is_block };
    if (!kh_resolve_article(plan->resolve, number, &source.key))
        return KH_OK;
    if (late != NULL) {
        if (late->batch >= w->n_late)
            return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
        spooled->article.tags = late->tags;
        spooled->article.n_tags = late->n_tags;
        source.cuts[source.n_cuts++] = (kh_cut){ w->late[late->batch], late->cut };
    }
    uint32_t document = plan->documents->map.documents[number];
    source.length = plan->documents->lengths[document - 1];
    return kh_record_pack(w->packer, &source, &s->records, err);
}

static kh_status pack_piece(worker *w, slot *s, kh_error *err)
{
    kh_cursor cursor = kh_cursor_of(kh_buf_str(&w->plain));
    kh_cursor late_cursor = kh_cursor_of(kh_buf_str(&s->late));
    kh_late_entry late = { 0 };
    kh_status late_status = kh_late_entry_next(&late, &late_cursor, w->arena, err);
    kh_status status = late_status == KH_END ? KH_OK : late_status;
    for (uint32_t i = 0; i < s->head.n_articles && status == KH_OK; i++) {
        uint64_t number = s->head.first + i;
        kh_spooled spooled;
        status = kh_spooled_read(&spooled, &cursor, w->arena, err);
        if (status != KH_OK)
            return status;
        bool is_late = late_status == KH_OK && late.number == number;
        status = pack_article(w, s, &spooled, number, is_late ? &late : NULL, err);
        if (status == KH_OK && is_late) {
            late_status = kh_late_entry_next(&late, &late_cursor, w->arena, err);
            if (late_status != KH_OK && late_status != KH_END)
                status = late_status;
        }
    }
    if (status == KH_OK && (late_status != KH_END || cursor.ptr != cursor.end))
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
    return status;
}

static kh_status work(void *self, void *item, kh_error *err)
{
    worker *w = self;
    slot *s = item;
    kh_arena_reset(w->arena);
    kh_buf_reset(&w->plain);
    kh_status status = kh_press_unpack(w->press, &w->plain, kh_buf_str(&s->packed),
                                       s->head.plain_bytes, err);
    return status == KH_OK ? pack_piece(w, s, err) : status;
}

/* ---- the other side ---- */

static kh_status take(void *self, void *item, kh_error *err)
{
    stage *st = self;
    slot *s = item;
    kh_status status =
        kh_record_writer_add(st->plan->records, kh_buf_str(&s->records), err);
    kh_batches_done(st->plan->batches, &s->head);
    kh_buf_reset(&s->packed);
    kh_buf_reset(&s->late);
    kh_buf_reset(&s->records);
    return status;
}

static kh_status fill_all(stage *st, kh_ring *ring, kh_error *err)
{
    const kh_pack_plan *plan = st->plan;
    kh_status status = kh_spool_rewind(plan->spool, err);
    while (status == KH_OK) {
        slot *s = kh_ring_slot(ring);
        status = plan->may_go_on(plan->context, err);
        if (status == KH_OK)
            status = kh_spool_next(plan->spool, &s->head, &s->packed, err);
        if (status == KH_OK)
            status = kh_batches_of(plan->batches, &s->head, &s->batch, err);
        if (status == KH_OK)
            status = kh_late_tags_upto(plan->late, s->head.first + s->head.n_articles,
                                       &s->late, err);
        if (status == KH_OK)
            status = kh_ring_hand_over(ring, err);
    }
    return status == KH_END ? kh_ring_finish(ring, err) : status;
}

/* ---- the stage ---- */

static void stage_release(stage *st)
{
    for (uint32_t i = 0; i < st->plan->n_jobs; i++) {
        kh_press_free(st->workers[i].press);
        kh_record_packer_free(st->workers[i].packer);
        kh_arena_free(st->workers[i].arena);
        kh_buf_release(&st->workers[i].plain);
    }
    for (size_t i = 0; i < st->n_slots; i++) {
        kh_buf_release(&st->slots[i].packed);
        kh_buf_release(&st->slots[i].late);
        kh_buf_release(&st->slots[i].records);
    }
    kh_free(st->workers);
    kh_free(st->worker_list);
    kh_free(st->slots);
    kh_free(st->slot_list);
}

static kh_status stage_open(stage *st, kh_error *err)
{
    const kh_pack_plan *plan = st->plan;
    for (size_t i = 0; i < st->n_slots; i++) {
        kh_buf_init(&st->slots[i].packed, KH_BUF_MAX);
        kh_buf_init(&st->slots[i].late, KH_BUF_MAX);
        kh_buf_init(&st->slots[i].records, KH_BUF_MAX);
        st->slot_list[i] = &st->slots[i];
    }
    kh_status status = KH_OK;
    for (uint32_t i = 0; i < plan->n_jobs && status == KH_OK; i++) {
        worker *w = &st->workers[i];
        st->worker_list[i] = w;
        w->plan = plan;
        w->arena = kh_arena_open();
        w->late = kh_batches_late(plan->batches, &w->n_late);
        kh_buf_init(&w->plain, KH_BUF_MAX);
        status = kh_press_open(&w->press, err);
        if (status == KH_OK)
            status = kh_record_packer_open(&w->packer, plan->records, err);
    }
    return status;
}

kh_status kh_pack_all(const kh_pack_plan *plan, kh_error *err)
{
    size_t n_slots = (size_t)plan->n_jobs * SLOTS_PER_JOB + 1;
    KH_CLEANUP(stage_release)
    stage st = { .plan = plan,
                 .workers = kh_alloc(plan->n_jobs * sizeof(worker)),
                 .worker_list = kh_alloc(plan->n_jobs * sizeof(void *)),
                 .slots = kh_alloc(n_slots * sizeof(slot)),
                 .slot_list = kh_alloc(n_slots * sizeof(void *)),
                 .n_slots = n_slots };
    kh_status status = stage_open(&st, err);
    const kh_ring_plan ring_plan = { .workers = st.worker_list,
                                     .n_workers = plan->n_jobs,
                                     .slots = st.slot_list,
                                     .n_slots = n_slots,
                                     .work = work,
                                     .take = take,
                                     .self = &st };
    KH_AUTO(kh_ring_free) kh_ring *ring = NULL;
    if (status == KH_OK)
        status = kh_ring_open(&ring, &ring_plan, err);
    return status == KH_OK ? fill_all(&st, ring, err) : status;
}
