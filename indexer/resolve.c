/* resolve - what needs the whole archive: repeated ids, and tags known elsewhere.
 *
 * A glued line is cut twice: first by its own evidence and the tags that articles list,
 * then once more with the tags that the first round was sure of. Both rounds go in
 * source order over sums, so the answer does not depend on threads. */
#include "indexer/resolve_entries.h"

#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/sort.h"
#include "base/table.h"

#define SURE_ENOUGH 0.8f /* confidence of a cut tag that others may learn from */

typedef kh_resolve_entry entry;

kh_resolve *kh_resolve_open(void)
{
    kh_resolve *resolve = kh_alloc(sizeof(*resolve));
    kh_buf_init(&resolve->glues, KH_BUF_MAX);
    resolve->known = kh_known_tags_open();
    resolve->scratch = kh_arena_open();
    kh_table_init(&resolve->langs);
    return resolve;
}

void kh_resolve_free(kh_resolve *resolve)
{
    if (resolve == NULL)
        return;
    kh_free(resolve->entries);
    kh_free(resolve->stamps);
    kh_buf_release(&resolve->glues);
    kh_known_tags_free(resolve->known);
    kh_arena_free(resolve->scratch);
    kh_table_release(&resolve->langs);
    kh_free(resolve->documents);
    kh_free(resolve->lengths);
    kh_free(resolve->dates);
    kh_free(resolve->languages);
    kh_free(resolve);
}

kh_status kh_resolve_add(kh_resolve *resolve, kh_str facts, kh_error *err)
{
    kh_cursor cursor = kh_cursor_of(facts);
    while (cursor.ptr < cursor.end) {
        kh_facts f;
        kh_arena_reset(resolve->scratch);
        kh_status status = kh_facts_read(&f, &cursor, resolve->scratch, err);
        if (status != KH_OK)
            return status;
        entry e = { .key = f.key,
                    .input_hash = f.input_hash,
                    .text_hash = f.text_hash,
                    .stored_bytes = f.stored_bytes,
                    .length = f.length,
                    .date = f.date,
                    .lang =
                        kh_table_add(&resolve->langs, f.lang, kh_table_hash(f.lang)),
                    .glue = KH_NO_GLUE };
        if (f.glue.len > 0) {
            e.glue = resolve->glues.len;
            e.glue_bytes = (uint32_t)f.glue.len;
            kh_buf_add(&resolve->glues, f.glue);
        }
        KH_PUSH(resolve->entries, resolve->n, resolve->capacity) = e;
        for (size_t i = 0; i < f.n_tags; i++)
            kh_known_tags_add(resolve->known, f.tags[i], 1);
    }
    return KH_OK;
}

/* ---- repeated ids ---- */

/* Whether no article of this id came before, by a hash of one kind; one has now. */
static bool is_first_of(kh_table *seen, char kind, uint64_t key, uint64_t hash)
{
    char bytes[1 + 2 * sizeof(uint64_t)] = { kind };
    memcpy(bytes + 1, &key, sizeof(key));
    memcpy(bytes + 1 + sizeof(key), &hash, sizeof(hash));
    kh_str text = kh_str_make(bytes, sizeof(bytes));
    size_t before = seen->n;
    return kh_table_add(seen, text, kh_table_hash(text)) == before;
}

/* Articles of one id, in source order: in one input the last stays; the same text stays
 * once, the last time that it comes; also then those before it in its input go. seen:
 * inputs and texts so far, of all ids. */
static void settle_group(kh_resolve *resolve, const kh_keyed *group, size_t n,
                         kh_table *seen, kh_resolved *out)
{
    size_t n_living = 0;
    for (size_t i = n; i-- > 0;) {
        entry *mine = &resolve->entries[group[i].value];
        mine->is_dead = !is_first_of(seen, 'i', mine->key, mine->input_hash) ||
                        !is_first_of(seen, 't', mine->key, mine->text_hash);
        out->n_superseded += mine->is_dead;
        n_living += !mine->is_dead;
    }
    if (n_living < 2)
        return;
    out->n_shared += n_living;
    bool is_first = true;
    for (size_t i = 0; i < n; i++) {
        entry *mine = &resolve->entries[group[i].value];
        if (mine->is_dead)
            continue;
        if (!is_first)
            mine->key = kh_article_key_in(mine->key, mine->input_hash);
        is_first = false;
    }
}

static void settle_ids(kh_resolve *resolve, kh_resolved *out)
{
    kh_keyed *orders = kh_alloc((resolve->n + 1) * sizeof(kh_keyed));
    for (size_t i = 0; i < resolve->n; i++)
        orders[i] = (kh_keyed){ resolve->entries[i].key, i };
    kh_sort_keyed(orders, resolve->n);
    kh_table seen;
    kh_table_init(&seen);
    for (size_t i = 0, end; i < resolve->n; i = end) {
        end = i + 1;
        while (end < resolve->n && orders[end].key == orders[i].key)
            end++;
        if (end - i > 1)
            settle_group(resolve, &orders[i], end - i, &seen, out);
    }
    kh_table_release(&seen);
    kh_free(orders);
}

static void collect_stamps(kh_resolve *resolve)
{
    kh_keyed *living = kh_alloc((resolve->n + 1) * sizeof(kh_keyed));
    size_t n = 0;
    for (size_t i = 0; i < resolve->n; i++)
        if (!resolve->entries[i].is_dead)
            living[n++] = (kh_keyed){ resolve->entries[i].key, i };
    kh_sort_keyed(living, n);
    resolve->stamps = kh_alloc((n + 1) * sizeof(kh_stamp));
    resolve->n_stamps = n;
    for (size_t i = 0; i < n; i++)
        resolve->stamps[i] =
            (kh_stamp){ living[i].key, resolve->entries[living[i].value].text_hash,
                        living[i].value };
    kh_free(living);
}

/* ---- glued tag lines ---- */

static void learn_tags(kh_resolve *resolve, kh_resolved *out)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_tag *all = NULL;
    size_t n_all = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < resolve->n; i++) {
        const entry *e = &resolve->entries[i];
        kh_tag *tags = NULL;
        size_t n = 0;
        if (e->glue == KH_NO_GLUE || e->is_dead)
            continue;
        out->n_cut++;
        if (kh_resolve_tags(resolve, i, &tags, &n, arena, NULL) != KH_OK)
            continue; /* our own bytes: kh_resolve_tags says so again when it is asked
                       */
        for (size_t k = 0; k < n; k++)
            if (tags[k].confidence >= SURE_ENOUGH)
                KH_PUSH(all, n_all, capacity) = tags[k];
    }
    for (size_t i = 0; i < n_all; i++)
        kh_known_tags_add(resolve->known, all[i].name, 1);
    kh_free(all);
}

kh_resolved kh_resolve_finish(kh_resolve *resolve)
{
    kh_resolved out = { .n_articles = resolve->n };
    settle_ids(resolve, &out);
    collect_stamps(resolve);
    learn_tags(resolve, &out);
    return out;
}

bool kh_resolve_article(const kh_resolve *resolve, uint64_t number, uint64_t *key)
{
    const entry *e = &resolve->entries[number];
    *key = e->key;
    return !e->is_dead;
}

kh_status kh_resolve_tags(const kh_resolve *resolve, uint64_t number, kh_tag **out,
                          size_t *n, kh_arena *arena, kh_error *err)
{
    const entry *e = &resolve->entries[number];
    *out = NULL;
    *n = 0;
    if (e->glue == KH_NO_GLUE)
        return KH_OK;
    kh_glue *glue = NULL;
    kh_status status = kh_glue_read(
        &glue, kh_str_make(resolve->glues.ptr + e->glue, e->glue_bytes), arena, err);
    if (status != KH_OK)
        return status;
    *n = kh_glue_cut(out, glue, resolve->known, arena);
    return KH_OK;
}

const kh_stamp *kh_resolve_stamps(const kh_resolve *resolve, size_t *n)
{
    *n = resolve->n_stamps;
    return resolve->stamps;
}
