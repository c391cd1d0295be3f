/* read_stage - articles through N workers and out again in the order they came in.
 *
 *   add -> piece of 1 MiB or less -> ring -> worker: read, invert, cut, pack -> ring ->
 * take
 */
#include "indexer/read_stage.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "indexer/ring.h"
#include "indexer/spooled.h"

/* A piece is small beside the memory of a worker, which spills between pieces alone:
 * when the memory is used up it holds no slot then, so the others and the reader go on;
 * before a piece only if its run cannot number the articles (one in millions). */
#define PIECE_BYTES_MAX ((size_t)1 << 20)
#define PIECE_BYTES_MIN ((size_t)16 << 10)
#define PIECE_SHARE     64u

#define SLOTS_PER_JOB 3u
#define SAMPLE_STEP   16u

/* A batch as a piece names it: the worker, and which of its batches. */
#define WORKER_SHIFT 24u
#define BATCH_MASK   ((UINT32_C(1) << WORKER_SHIFT) - 1)

typedef struct slot {
    kh_buf articles; /* as kh_whole_write() writes them */
    kh_buf plain;    /* what becomes of them */
    kh_buf plain_sample;
    kh_buf packed;
    kh_buf packed_sample;
    kh_buf facts;
    kh_piece_head head;
    kh_piece_head sample_head;
} slot;

typedef struct worker {
    kh_inverter_plan plan;
    kh_inverter *inverter;
    kh_press *press;
    kh_arena *arena;
    uint64_t next_article; /* behind its last piece */
    uint64_t *last_uses;   /* owned; of its batches */
    size_t n_last_uses;
    size_t last_uses_capacity;
} worker;

struct kh_read_stage {
    const kh_read_plan *plan;
    kh_ring *ring;
    worker *workers;
    void **worker_list;
    slot *slots;
    void **slot_list;
    size_t n_slots;
    size_t piece_bytes;
    uint64_t n_articles; /* handed over, or waiting in a slot */
    const char **runs;   /* owned, not what they name */
    size_t n_runs;
    kh_read_batch *batches;
    size_t *first_batches; /* by worker */
    size_t n_batches;
};

/* ---- a worker ---- */

static kh_status invert_articles(worker *w, slot *s, kh_error *err)
{
    kh_cursor cursor = kh_cursor_of(kh_buf_str(&s->articles));
    kh_status status = KH_OK;
    for (uint64_t number = s->head.first; cursor.ptr < cursor.end && status == KH_OK;
         number++) {
        kh_article article;
        kh_arena_reset(w->arena);
        status = kh_whole_read(&article, &cursor, w->arena, err);
        if (status != KH_OK)
            return status;
        bool is_sample = kh_article_key(article.id) % SAMPLE_STEP == 0;
        size_t begin = s->plain.len;
        status = kh_invert(w->inverter, &article, number, &s->plain, &s->facts, err);
        if (!is_sample)
            continue;
        kh_buf_add_varint(&s->plain_sample, number);
        kh_buf_add(&s->plain_sample,
                   kh_str_slice(kh_buf_str(&s->plain), begin, s->plain.len));
        s->sample_head.n_articles++;
    }
    return status;
}

static kh_status pack(worker *w, kh_piece_head *head, kh_buf *packed, kh_buf *plain,
                      kh_error *err)
{
    head->plain_bytes = plain->len;
    return plain->len > 0 ? kh_press_pack(w->press, packed, kh_buf_str(plain), err)
                          : KH_OK;
}

static kh_status work(void *self, void *item, kh_error *err)
{
    worker *w = self;
    slot *s = item;
    w->next_article = s->head.first + s->head.n_articles;
    kh_status status = kh_inverter_make_room(w->inverter, w->next_article, err);
    s->head.batch = w->plan.number << WORKER_SHIFT | kh_inverter_batch(w->inverter);
    s->sample_head = s->head;
    s->sample_head.n_articles = 0;
    if (status == KH_OK)
        status = invert_articles(w, s, err);
    if (status == KH_OK)
        status = pack(w, &s->head, &s->packed, &s->plain, err);
    if (status == KH_OK)
        status = pack(w, &s->sample_head, &s->packed_sample, &s->plain_sample, err);
    kh_buf_reset(&s->articles);
    kh_buf_reset(&s->plain);
    kh_buf_reset(&s->plain_sample);
    return status;
}

static kh_status spill_if_full(void *self, kh_error *err)
{
    worker *w = self;
    return kh_inverter_make_room(w->inverter, w->next_article, err);
}

static kh_status finish_worker(void *self, kh_error *err)
{
    return kh_inverter_finish(((worker *)self)->inverter, err);
}

/* ---- the other side ---- */

static void note_use(kh_read_stage *stage, const kh_piece_head *head)
{
    worker *w = &stage->workers[head->batch >> WORKER_SHIFT];
    while (w->n_last_uses <= (head->batch & BATCH_MASK))
        KH_PUSH(w->last_uses, w->n_last_uses, w->last_uses_capacity) = 0;
    w->last_uses[head->batch & BATCH_MASK] = head->first;
}

static kh_status take(void *self, void *item, kh_error *err)
{
    kh_read_stage *stage = self;
    slot *s = item;
    note_use(stage, &s->head);
    kh_status status =
        kh_spool_add(stage->plan->spool, &s->head, kh_buf_str(&s->packed), err);
    if (status == KH_OK && s->sample_head.n_articles > 0)
        status = kh_spool_add(stage->plan->sample, &s->sample_head,
                              kh_buf_str(&s->packed_sample), err);
    if (status == KH_OK)
        status = kh_resolve_add(stage->plan->resolve, kh_buf_str(&s->facts), err);
    kh_buf_reset(&s->packed);
    kh_buf_reset(&s->packed_sample);
    kh_buf_reset(&s->facts);
    return status;
}

/* ---- the stage ---- */

static void slot_init(slot *s)
{
    kh_buf *bufs[] = { &s->articles, &s->plain,         &s->plain_sample,
                       &s->packed,   &s->packed_sample, &s->facts };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_init(bufs[i], KH_BUF_MAX);
}

static void slot_release(slot *s)
{
    kh_buf *bufs[] = { &s->articles, &s->plain,         &s->plain_sample,
                       &s->packed,   &s->packed_sample, &s->facts };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_release(bufs[i]);
}

static void free_slots(kh_read_stage *stage)
{
    for (size_t i = 0; i < stage->n_slots; i++)
        slot_release(&stage->slots[i]);
    stage->n_slots = 0;
}

void kh_read_stage_free(kh_read_stage *stage)
{
    if (stage == NULL)
        return;
    kh_ring_free(stage->ring);
    for (uint32_t i = 0; i < stage->plan->n_jobs; i++) {
        kh_inverter_free(stage->workers[i].inverter);
        kh_press_free(stage->workers[i].press);
        kh_arena_free(stage->workers[i].arena);
        kh_free(stage->workers[i].last_uses);
    }
    free_slots(stage);
    kh_free(stage->workers);
    kh_free(stage->worker_list);
    kh_free(stage->slots);
    kh_free(stage->slot_list);
    kh_free(stage->runs);
    kh_free(stage->batches);
    kh_free(stage->first_batches);
    kh_free(stage);
}

static kh_status worker_open(kh_read_stage *stage, uint32_t i, kh_error *err)
{
    worker *w = &stage->workers[i];
    const kh_read_plan *plan = stage->plan;
    w->plan = (kh_inverter_plan){ .default_lang = plan->default_lang,
                                  .folder = plan->folder,
                                  .number = i,
                                  .memory_bytes = plan->memory_bytes / plan->n_jobs,
                                  .runs_max = plan->runs_max / plan->n_jobs };
    w->arena = kh_arena_open();
    stage->worker_list[i] = w;
    kh_status status = kh_inverter_open(&w->inverter, &w->plan, err);
    return status == KH_OK ? kh_press_open(&w->press, err) : status;
}

kh_status kh_read_stage_open(kh_read_stage **out, const kh_read_plan *plan,
                             kh_error *err)
{
    KH_AUTO(kh_read_stage_free) kh_read_stage *stage = kh_alloc(sizeof(*stage));
    stage->plan = plan;
    uint64_t piece = plan->memory_bytes / PIECE_SHARE;
    stage->piece_bytes = piece > PIECE_BYTES_MAX   ? PIECE_BYTES_MAX
                         : piece < PIECE_BYTES_MIN ? PIECE_BYTES_MIN
                                                   : (size_t)piece;
    stage->workers = kh_alloc(plan->n_jobs * sizeof(worker));
    stage->worker_list = kh_alloc(plan->n_jobs * sizeof(void *));
    stage->n_slots = (size_t)plan->n_jobs * SLOTS_PER_JOB + 1;
    stage->slots = kh_alloc(stage->n_slots * sizeof(slot));
    stage->slot_list = kh_alloc(stage->n_slots * sizeof(void *));
    for (size_t i = 0; i < stage->n_slots; i++) {
        slot_init(&stage->slots[i]);
        stage->slot_list[i] = &stage->slots[i];
    }
    for (uint32_t i = 0; i < plan->n_jobs; i++) {
        kh_status status = worker_open(stage, i, err);
        if (status != KH_OK)
            return status;
    }
    const kh_ring_plan ring = { .workers = stage->worker_list,
                                .n_workers = plan->n_jobs,
                                .slots = stage->slot_list,
                                .n_slots = stage->n_slots,
                                .work = work,
                                .between = spill_if_full,
                                .finish = finish_worker,
                                .take = take,
                                .self = stage };
    kh_status status = kh_ring_open(&stage->ring, &ring, err);
    if (status == KH_OK)
        *out = KH_TAKE(stage);
    return status;
}

kh_status kh_read_stage_add(kh_read_stage *stage, const kh_article *article,
                            kh_error *err)
{
    slot *s = kh_ring_slot(stage->ring);
    if (s->articles.len == 0)
        s->head = (kh_piece_head){ .first = stage->n_articles };
    kh_whole_write(&s->articles, article);
    s->head.n_articles++;
    stage->n_articles++;
    return s->articles.len < stage->piece_bytes ? KH_OK
                                                : kh_ring_hand_over(stage->ring, err);
}

static void list_runs(kh_read_stage *stage)
{
    size_t capacity = 0;
    for (uint32_t i = 0; i < stage->plan->n_jobs; i++) {
        size_t n = 0;
        const char *const *runs = kh_inverter_runs(stage->workers[i].inverter, &n);
        for (size_t k = 0; k < n; k++)
            KH_PUSH(stage->runs, stage->n_runs, capacity) = runs[k];
    }
}

static void list_batches(kh_read_stage *stage)
{
    size_t capacity = 0;
    stage->first_batches = kh_alloc(stage->plan->n_jobs * sizeof(size_t));
    for (uint32_t i = 0; i < stage->plan->n_jobs; i++) {
        const worker *w = &stage->workers[i];
        size_t n = 0;
        const kh_inverter_batch_files *files = kh_inverter_batches(w->inverter, &n);
        stage->first_batches[i] = stage->n_batches;
        for (size_t k = 0; k < n; k++)
            KH_PUSH(stage->batches, stage->n_batches, capacity) =
                (kh_read_batch){ &files[k], w->last_uses[k] };
    }
}

kh_status kh_read_stage_finish(kh_read_stage *stage, kh_error *err)
{
    slot *s = kh_ring_slot(stage->ring);
    kh_status status =
        s->articles.len > 0 ? kh_ring_hand_over(stage->ring, err) : KH_OK;
    if (status == KH_OK)
        status = kh_ring_finish(stage->ring, err);
    if (status != KH_OK)
        return status;
    list_runs(stage);
    list_batches(stage);
    free_slots(stage);
    for (uint32_t i = 1; i < stage->plan->n_jobs; i++)
        kh_inverter_forget(stage->workers[i].inverter);
    return KH_OK;
}

kh_known_words kh_read_stage_words(const kh_read_stage *stage)
{
    return kh_inverter_words(stage->workers[0].inverter);
}

uint64_t kh_read_stage_spooled(const kh_read_stage *stage)
{
    return kh_spool_bytes(stage->plan->spool);
}

const char *const *kh_read_stage_runs(const kh_read_stage *stage, size_t *n)
{
    *n = stage->n_runs;
    return stage->runs;
}

const kh_read_batch *kh_read_stage_batches(const kh_read_stage *stage, size_t *n)
{
    *n = stage->n_batches;
    return stage->batches;
}

size_t kh_read_stage_batch(const kh_read_stage *stage, uint32_t batch)
{
    return stage->first_batches[batch >> WORKER_SHIFT] + (batch & BATCH_MASK);
}
