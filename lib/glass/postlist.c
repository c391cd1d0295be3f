/* postlist - a list in chunks, each an entry of the table.
 *
 *   first chunk: n | sum of numbers, 32 bits | first document - 1 | head | body
 *   later ones:  head | body; the first document is in the key
 *   head: "1" for the last chunk, else "0" | last document - first document
 *   body: first number, then (document - the one before - 1 | number) for each
 *
 * All uint. A chunk ends where its leaf is full, so that no room is lost, or at the
 * size of which four fill a block of 8 KB. Chunks without any number but 0, of terms
 * that only filter, are packed; those that are ranked by are read too often for that.
 */
#include "postlist.h"

#define TOTALS_MAX 15u /* bytes of three uint */
#define SPAN_MAX   6u  /* of the head */
#define PAIR_MAX   10u
#define FRONT_MAX  (TOTALS_MAX + SPAN_MAX)

#define PACKED_MIN 64u /* bytes of a tag */

void kh_glass_list_sum(kh_glass_sums *out, const kh_glass_list *list)
{
    uint64_t total = 0;
    uint32_t most = 0;
    uint32_t below_least = UINT32_MAX; /* 0 is less 1 the greatest of all */
    for (size_t i = 0; i < list->n; i++) {
        uint32_t number = list->numbers[i];
        total += number;
        most = number > most ? number : most;
        below_least = number - 1 < below_least ? number - 1 : below_least;
    }

    bool is_ascending = list->documents == NULL || list->documents[0] > 0;
    if (list->documents != NULL) {
        for (size_t i = 1; i < list->n; i++)
            is_ascending &= list->documents[i] > list->documents[i - 1];
    }
    *out = (kh_glass_sums){ .total = total,
                            .most = most,
                            .least = below_least + 1,
                            .is_ascending = is_ascending };
}

static uint32_t document_at(const kh_glass_list *list, size_t i)
{
    return list->documents != NULL ? list->documents[i] : (uint32_t)i + 1;
}

/* The body of a chunk from posting *at on, in at most `bytes` bytes (5 at least) but
 * for what is written behind them and does not count, PAIR_MAX at most. */
static inline char *put_body(char *to, size_t bytes, const kh_glass_list *list,
                             size_t *at, bool is_dense)
{
    const uint32_t *documents = list->documents;
    const uint32_t *numbers = list->numbers;
    const char *end = to + bytes;
    size_t n = list->n;
    size_t i = *at;
    uint32_t before = is_dense ? 0 : documents[i];
    to = kh_glass_put_uint(to, numbers[i]);
    for (i++; i < n; i++) {
        uint32_t gap = is_dense ? 0 : documents[i] - before - 1;
        uint32_t number = numbers[i];
        char *next = to;
        if ((gap | number) < 128) {
            next[0] = (char)gap;
            next[1] = (char)number;
            next += 2;
        } else {
            next = kh_glass_put_uint(next, gap);
            next = kh_glass_put_uint(next, number);
        }
        if (next > end)
            break;
        to = next;
        before = is_dense ? 0 : documents[i];
    }
    *at = i;
    return to;
}

static size_t key_of_chunk(char *key, const kh_glass_list *list, uint32_t document)
{
    memcpy(key, list->key.ptr, list->key.len);
    char *to = key + list->key.len;
    if (!list->is_lengths)
        *to++ = '\0';
    return (size_t)(kh_glass_put_uint_sort(to, document) - key);
}

static char *put_totals(char *to, const kh_glass_list *list, const kh_glass_sums *sums)
{
    to = kh_glass_put_uint(to, list->is_lengths ? 0 : list->n);
    to = kh_glass_put_uint(to, list->is_lengths ? 0 : (uint32_t)sums->total);
    return kh_glass_put_uint(to, document_at(list, 0) - 1);
}

/* Add the chunk that begins with posting *at; the front is written against the body
 * when the last document of it is known. */
static kh_status add_chunk(kh_glass_table *table, const kh_glass_list *list,
                           const kh_glass_sums *sums, size_t *at, kh_error *err)
{
    char key[KH_GLASS_TABLE_KEY_MAX + 1 + KH_GLASS_SORT_MAX];
    char tag[FRONT_MAX + KH_GLASS_CHUNK_ITEM_MAX + PAIR_MAX];
    char front[FRONT_MAX];
    kh_str used = list->key;
    char *to = front;
    size_t first = *at;
    if (first == 0)
        to = put_totals(to, list, sums);
    else
        used = kh_str_make(key, key_of_chunk(key, list, document_at(list, first)));

    size_t bytes =
        kh_glass_table_chunk_bytes(table, used.len) - (size_t)(to - front) - SPAN_MAX;
    char *body = tag + FRONT_MAX;
    const char *end = list->documents != NULL ? put_body(body, bytes, list, at, false)
                                              : put_body(body, bytes, list, at, true);
    *to++ = *at == list->n ? '1' : '0';
    to = kh_glass_put_uint(to, document_at(list, *at - 1) - document_at(list, first));

    size_t front_bytes = (size_t)(to - front);
    memcpy(body - front_bytes, front, front_bytes);
    kh_str whole = kh_str_make(body - front_bytes, (size_t)(end - body) + front_bytes);
    bool is_packed = sums->most == 0 && whole.len >= PACKED_MIN;
    return kh_glass_table_add(table, used, whole,
                              is_packed ? KH_GLASS_IF_SHORTER : KH_GLASS_AS_IS, err);
}

kh_status kh_glass_list_add(kh_glass_table *table, const kh_glass_list *list,
                            const kh_glass_sums *sums, kh_error *err)
{
    size_t at = 0;
    kh_status status = KH_OK;
    while (at < list->n && status == KH_OK)
        status = add_chunk(table, list, sums, &at, err);
    return status;
}
