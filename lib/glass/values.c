/* values - first the statistics of every slot, then the values of every slot.
 *
 *   key 00 d0 | uint-last slot:                       n | string lowest | highest
 *   key 00 d8 | uint slot | uint-sort first document: string value, then
 *                                 (document - the one before - 1 | string value) each
 *
 * A string is its length and bytes; the highest is left out where it is the lowest. In
 * neither class do the slots stand in the order of their numbers. */
#include "values.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"

#define VALUES_PREFIX "\0\xd8"
#define BOUNDS_PREFIX "\0\xd0"
#define PREFIX_BYTES  2u
#define SLOT_MAX      UINT32_C(0xFFFFFFFE)

typedef struct slot_key {
    const kh_glass_values *values;
    size_t len;
    char bytes[PREFIX_BYTES + 5];
} slot_key;

static kh_str value_at(const kh_glass_values *values, size_t i)
{
    return kh_str_make(values->bytes + values->starts[i],
                       values->starts[i + 1] - values->starts[i]);
}

static kh_status check(const kh_glass_values *values, kh_error *err)
{
    if (values->slot > SLOT_MAX)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot add values: no such slot: %u",
                       values->slot);

    uint32_t before = 0;
    for (size_t i = 0; i < values->n; i++) {
        if (values->documents[i] <= before ||
            values->documents[i] > KH_GLASS_DOCUMENT_MAX)
            return kh_fail(err, KH_ERR_ARGUMENT,
                           "cannot add values of slot %u: document %u behind %u",
                           values->slot, values->documents[i], before);
        if (values->starts[i + 1] <= values->starts[i])
            return kh_fail(err, KH_ERR_ARGUMENT,
                           "cannot add values of slot %u: document %u has an empty one",
                           values->slot, values->documents[i]);
        if (values->starts[i + 1] - values->starts[i] > KH_GLASS_STORED_MAX)
            return kh_fail(err, KH_ERR_LIMIT,
                           "cannot add values of slot %u: document %u has %u bytes",
                           values->slot, values->documents[i],
                           values->starts[i + 1] - values->starts[i]);
        before = values->documents[i];
    }
    return KH_OK;
}

static int by_bytes(const void *a, const void *b)
{
    const slot_key *x = a;
    const slot_key *y = b;
    return kh_str_compare(kh_str_make(x->bytes, x->len), kh_str_make(y->bytes, y->len));
}

/* The keys of the slots that have values, in their order. */
static size_t sort_slots(slot_key *out, const kh_glass_values *slots, size_t n,
                         bool is_bounds)
{
    size_t n_keys = 0;
    for (size_t i = 0; i < n; i++) {
        if (slots[i].n == 0)
            continue;
        slot_key *key = &out[n_keys++];
        memcpy(key->bytes, is_bounds ? BOUNDS_PREFIX : VALUES_PREFIX, PREFIX_BYTES);
        char *to = key->bytes + PREFIX_BYTES;
        to = is_bounds ? kh_glass_put_uint_last(to, slots[i].slot)
                       : kh_glass_put_uint(to, slots[i].slot);
        key->len = (size_t)(to - key->bytes);
        key->values = &slots[i];
    }
    qsort(out, n_keys, sizeof(*out), by_bytes);
    return n_keys;
}

static kh_status add_bounds(kh_glass_table *table, kh_buf *tag, const slot_key *slot,
                            kh_error *err)
{
    const kh_glass_values *values = slot->values;
    kh_str lowest = value_at(values, 0);
    kh_str highest = lowest;
    for (size_t i = 1; i < values->n; i++) {
        kh_str value = value_at(values, i);
        if (kh_str_compare(value, lowest) < 0)
            lowest = value;
        else if (kh_str_compare(value, highest) > 0)
            highest = value;
    }

    kh_buf_reset(tag);
    kh_buf_add_varint(tag, values->n);
    kh_buf_add_string(tag, lowest);
    if (!kh_str_equal(lowest, highest))
        kh_buf_add(tag, highest);
    return kh_glass_table_add(table, kh_str_make(slot->bytes, slot->len),
                              kh_buf_str(tag), KH_GLASS_AS_IS, err);
}

/* As many values as make a chunk, from value *at on; one at least, however long. */
static kh_status add_chunk(kh_glass_table *table, kh_buf *tag, const slot_key *slot,
                           size_t *at, kh_error *err)
{
    const kh_glass_values *values = slot->values;
    char key[sizeof(slot->bytes) + KH_GLASS_SORT_MAX];
    memcpy(key, slot->bytes, slot->len);
    const char *end = kh_glass_put_uint_sort(key + slot->len, values->documents[*at]);
    kh_str used = kh_str_make(key, (size_t)(end - key));
    size_t most = kh_glass_table_chunk_bytes(table, used.len);

    kh_buf_reset(tag);
    kh_buf_add_string(tag, value_at(values, *at));
    size_t i = *at + 1;
    for (; i < values->n; i++) {
        size_t before = tag->len;
        kh_buf_add_varint(tag, values->documents[i] - values->documents[i - 1] - 1);
        kh_buf_add_string(tag, value_at(values, i));
        if (tag->len > most) {
            tag->len = before;
            break;
        }
    }
    *at = i;
    return kh_glass_table_add(table, used, kh_buf_str(tag), KH_GLASS_IF_SHORTER, err);
}

static kh_status add_values(kh_glass_table *table, kh_buf *tag, const slot_key *slot,
                            kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t at = 0; at < slot->values->n && status == KH_OK;)
        status = add_chunk(table, tag, slot, &at, err);
    return status;
}

static kh_status add_sorted(kh_glass_table *table, slot_key *keys,
                            const kh_glass_values *slots, size_t n, kh_error *err)
{
    KH_AUTO_BUF tag;
    kh_buf_init(&tag, KH_BUF_MAX);
    kh_status status = KH_OK;
    size_t n_keys = sort_slots(keys, slots, n, true);
    for (size_t i = 0; i < n_keys && status == KH_OK; i++)
        status = add_bounds(table, &tag, &keys[i], err);

    if (status == KH_OK)
        n_keys = sort_slots(keys, slots, n, false);
    for (size_t i = 0; i < n_keys && status == KH_OK; i++)
        status = add_values(table, &tag, &keys[i], err);
    return status;
}

kh_status kh_glass_slots_add(kh_glass_table *table, uint32_t *last,
                             const kh_glass_values *slots, size_t n, kh_error *err)
{
    for (size_t i = 0; i < n; i++) {
        kh_status status = check(&slots[i], err);
        if (status != KH_OK)
            return status;
        uint32_t document = slots[i].n > 0 ? slots[i].documents[slots[i].n - 1] : 0;
        *last = document > *last ? document : *last;
    }

    slot_key *keys = kh_alloc(n * sizeof(*keys));
    kh_status status = add_sorted(table, keys, slots, n, err);
    kh_free(keys);
    return status;
}
