/* tag_counter - count the tags of a segment, each under its commonest spelling. */
#include <stdlib.h>

#include "article/tags.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "tag_table.h"
#include "vocabulary_block.h"

/* A spelling of a tag; all of one tag are chained. */
typedef struct name {
    kh_str text; /* in the arena */
    uint32_t n_articles;
    uint32_t next; /* number + 1 of the next one of the tag; 0 none */
} name;

typedef struct counted {
    kh_tag_entry entry;
    uint64_t hash;
    uint32_t first_name;   /* number + 1 */
    uint32_t last_article; /* counted in this one already */
} counted;

struct kh_tag_counter {
    kh_arena *arena;
    counted *tags; /* owned */
    size_t n;
    size_t capacity;
    name *names; /* owned */
    size_t n_names;
    size_t names_capacity;
    uint32_t *slots; /* owned; number of a tag + 1, 0 empty; open addressing */
    size_t n_slots;  /* a power of two */
    uint32_t n_articles;
    kh_buf normal;
};

kh_tag_counter *kh_tag_counter_open(void)
{
    kh_tag_counter *counter = kh_alloc(sizeof(*counter));
    counter->arena = kh_arena_open();
    counter->n_slots = 256;
    counter->slots = kh_alloc(counter->n_slots * sizeof(counter->slots[0]));
    kh_buf_init(&counter->normal, KH_BUF_MAX);
    return counter;
}

void kh_tag_counter_free(kh_tag_counter *counter)
{
    if (!counter)
        return;
    kh_arena_free(counter->arena);
    kh_free(counter->tags);
    kh_free(counter->names);
    kh_free(counter->slots);
    kh_buf_release(&counter->normal);
    kh_free(counter);
}

uint32_t kh_tag_counter_n(const kh_tag_counter *counter)
{
    return (uint32_t)counter->n;
}

static uint32_t *find_slot(const kh_tag_counter *counter, kh_str normal, uint64_t hash)
{
    size_t at = (size_t)hash & (counter->n_slots - 1);
    for (;; at = (at + 1) & (counter->n_slots - 1)) {
        uint32_t *slot = &counter->slots[at];
        if (*slot == 0)
            return slot;
        const counted *tag = &counter->tags[*slot - 1];
        if (tag->hash == hash && kh_str_equal(tag->entry.normal, normal))
            return slot;
    }
}

static void grow_slots(kh_tag_counter *counter)
{
    kh_free(counter->slots);
    counter->n_slots *= 2;
    counter->slots = kh_alloc(counter->n_slots * sizeof(counter->slots[0]));
    for (size_t i = 0; i < counter->n; i++)
        *find_slot(counter, counter->tags[i].entry.normal, counter->tags[i].hash) =
            (uint32_t)i + 1;
}

static counted *find_tag(kh_tag_counter *counter, kh_str normal)
{
    if (2 * counter->n >= counter->n_slots)
        grow_slots(counter);
    uint64_t hash = kh_hash(normal);
    uint32_t *slot = find_slot(counter, normal, hash);
    if (*slot == 0) {
        counted tag = { .hash = hash };
        tag.entry.normal = kh_arena_copy(counter->arena, normal);
        KH_PUSH(counter->tags, counter->n, counter->capacity) = tag;
        *slot = (uint32_t)counter->n;
    }
    return &counter->tags[*slot - 1];
}

static void count_name(kh_tag_counter *counter, counted *tag, kh_str text)
{
    for (uint32_t at = tag->first_name; at != 0; at = counter->names[at - 1].next) {
        name *known = &counter->names[at - 1];
        if (kh_str_equal(known->text, text)) {
            known->n_articles++;
            return;
        }
    }
    name fresh = { kh_arena_copy(counter->arena, text), 1, tag->first_name };
    KH_PUSH(counter->names, counter->n_names, counter->names_capacity) = fresh;
    tag->first_name = (uint32_t)counter->n_names;
}

void kh_tag_counter_add(kh_tag_counter *counter, const kh_article *article)
{
    uint32_t number = ++counter->n_articles;
    uint32_t date = kh_date_pack(&article->date);
    for (size_t i = 0; i < article->n_tags; i++) {
        kh_buf_reset(&counter->normal);
        kh_tag_normalise(&counter->normal, article->tags[i].name);
        if (counter->normal.len == 0)
            continue;
        counted *tag = find_tag(counter, kh_buf_str(&counter->normal));
        if (tag->last_article == number)
            continue;
        tag->last_article = number;
        tag->entry.n_articles++;
        count_name(counter, tag, article->tags[i].name);
        if (date == 0)
            continue;
        if (tag->entry.first == 0 || date < tag->entry.first)
            tag->entry.first = date;
        if (date > tag->entry.last)
            tag->entry.last = date;
    }
}

static void choose_name(const kh_tag_counter *counter, counted *tag)
{
    const name *best = NULL;
    for (uint32_t at = tag->first_name; at != 0; at = counter->names[at - 1].next) {
        const name *n = &counter->names[at - 1];
        if (!best || n->n_articles > best->n_articles ||
            (n->n_articles == best->n_articles &&
             kh_str_compare(n->text, best->text) < 0))
            best = n;
    }
    if (best)
        tag->entry.name = best->text;
}

static int compare_tags(const void *a, const void *b)
{
    const counted *left = a;
    const counted *right = b;
    return kh_str_compare(left->entry.normal, right->entry.normal);
}

static void write_entry(kh_buf *out, const kh_tag_entry *entry, kh_str before)
{
    size_t shared = 0;
    while (shared < before.len && shared < entry->normal.len &&
           before.ptr[shared] == entry->normal.ptr[shared])
        shared++;
    kh_buf_add_varint(out, shared);
    kh_buf_add_string(out, kh_str_slice(entry->normal, shared, entry->normal.len));
    kh_str none = { NULL, 0 };
    kh_buf_add_string(out,
                      kh_str_equal(entry->name, entry->normal) ? none : entry->name);
    kh_buf_add_varint(out, entry->n_articles);
    kh_buf_add_varint(out, entry->first);
    kh_buf_add_varint(out, entry->last - entry->first);
}

static kh_str key_part(kh_str normal)
{
    size_t max = KH_TAG_KEY_MAX_BYTES;
    return kh_str_make(normal.ptr, normal.len < max ? normal.len : max);
}

static kh_status write_block(kh_buf *block, kh_str last, kh_writer *writer,
                             kh_error *err)
{
    KH_AUTO_BUF key;
    kh_buf_init(&key, KH_BUF_MAX);
    kh_buf_add(&key, KH_STR(KH_TAG_PREFIX));
    kh_buf_add(&key, key_part(last));
    if (last.len > KH_TAG_KEY_MAX_BYTES)
        kh_buf_add_char(&key, (char)0xFF);
    kh_status status =
        kh_writer_set_metadata(writer, kh_buf_str(&key), kh_buf_str(block), err);
    kh_buf_reset(block);
    return status;
}

kh_status kh_tag_counter_finish(kh_tag_counter *counter, kh_writer *writer,
                                kh_error *err)
{
    for (size_t i = 0; i < counter->n; i++)
        choose_name(counter, &counter->tags[i]);
    if (counter->n > 1)
        qsort(counter->tags, counter->n, sizeof(counter->tags[0]), compare_tags);

    KH_AUTO_BUF block;
    kh_buf_init(&block, KH_BUF_MAX);
    kh_str before = { "", 0 };
    for (size_t i = 0; i < counter->n; i++) {
        const kh_tag_entry *entry = &counter->tags[i].entry;
        /* Tags that are one in the key stand in one block. */
        if (block.len >= KH_BLOCK_TARGET_BYTES &&
            kh_str_compare(key_part(entry->normal), key_part(before)) != 0) {
            kh_status status = write_block(&block, before, writer, err);
            if (status != KH_OK)
                return status;
        }
        if (block.len == 0)
            before = kh_str_make("", 0);
        write_entry(&block, entry, before);
        before = entry->normal;
    }
    return block.len == 0 ? KH_OK : write_block(&block, before, writer, err);
}
