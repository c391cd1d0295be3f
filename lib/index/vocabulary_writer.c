/* vocabulary_writer - collect the spellings of a segment and write them as blocks.
 *
 * A hash table of entries over an arena of their texts: about 90 bytes a spelling. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "vocabulary_block.h"

/* Texts stand end to end: form, folded, term. */
typedef struct entry {
    const char *texts;
    uint32_t n_documents;
    uint32_t hash;
    uint16_t folded_len;
    uint16_t term_len;
    uint8_t form_len;
    uint8_t lang; /* number in the writer's list */
    bool is_compound;
} entry;

#define LANGS_MAX 255

struct kh_vocabulary_writer {
    kh_arena *arena;
    entry *entries; /* owned */
    size_t n_entries;
    size_t entries_capacity;
    uint32_t *slots; /* owned; number of an entry + 1, 0 empty; open addressing */
    size_t n_slots;  /* a power of two */
    kh_str langs[LANGS_MAX];
    size_t n_langs;
};

kh_vocabulary_writer *kh_vocabulary_writer_open(void)
{
    kh_vocabulary_writer *vocabulary = kh_alloc(sizeof(*vocabulary));
    vocabulary->arena = kh_arena_open();
    vocabulary->n_slots = 1024;
    vocabulary->slots = kh_alloc(vocabulary->n_slots * sizeof(vocabulary->slots[0]));
    return vocabulary;
}

void kh_vocabulary_writer_free(kh_vocabulary_writer *vocabulary)
{
    if (!vocabulary)
        return;
    kh_arena_free(vocabulary->arena);
    kh_free(vocabulary->entries);
    kh_free(vocabulary->slots);
    kh_free(vocabulary);
}

static kh_spelling spelling_of(const kh_vocabulary_writer *vocabulary, const entry *e)
{
    kh_spelling spelling = {
        .form = { e->texts, e->form_len },
        .folded = { e->texts + e->form_len, e->folded_len },
        .term = { e->texts + e->form_len + e->folded_len, e->term_len },
        .lang = vocabulary->langs[e->lang],
        .n_documents = e->n_documents,
        .is_compound = e->is_compound,
    };
    return spelling;
}

/* Number of a language; false if there are too many. */
static bool find_lang(uint8_t *out, kh_vocabulary_writer *vocabulary, kh_str lang)
{
    size_t i = 0;
    while (i < vocabulary->n_langs && !kh_str_equal(vocabulary->langs[i], lang))
        i++;
    if (i == LANGS_MAX)
        return false;
    if (i == vocabulary->n_langs)
        vocabulary->langs[vocabulary->n_langs++] =
            kh_arena_copy(vocabulary->arena, lang);
    *out = (uint8_t)i;
    return true;
}

static void grow_slots(kh_vocabulary_writer *vocabulary)
{
    kh_free(vocabulary->slots);
    vocabulary->n_slots *= 2;
    vocabulary->slots = kh_alloc(vocabulary->n_slots * sizeof(vocabulary->slots[0]));
    for (size_t i = 0; i < vocabulary->n_entries; i++) {
        size_t at = vocabulary->entries[i].hash & (vocabulary->n_slots - 1);
        while (vocabulary->slots[at] != 0)
            at = (at + 1) & (vocabulary->n_slots - 1);
        vocabulary->slots[at] = (uint32_t)i + 1;
    }
}

static void add_entry(kh_vocabulary_writer *vocabulary, const kh_spelling *spelling,
                      uint32_t hash, uint8_t lang)
{
    size_t bytes = spelling->form.len + spelling->folded.len + spelling->term.len;
    char *texts = kh_arena_alloc(vocabulary->arena, bytes);
    memcpy(texts, spelling->form.ptr, spelling->form.len);
    memcpy(texts + spelling->form.len, spelling->folded.ptr, spelling->folded.len);
    if (spelling->term.len > 0)
        memcpy(texts + spelling->form.len + spelling->folded.len, spelling->term.ptr,
               spelling->term.len);

    entry e = {
        .texts = texts,
        .n_documents = spelling->n_documents,
        .hash = hash,
        .form_len = (uint8_t)spelling->form.len,
        .folded_len = (uint16_t)spelling->folded.len,
        .term_len = (uint16_t)spelling->term.len,
        .lang = lang,
        .is_compound = spelling->is_compound,
    };
    KH_PUSH(vocabulary->entries, vocabulary->n_entries, vocabulary->entries_capacity) =
        e;
}

void kh_vocabulary_writer_add(kh_vocabulary_writer *vocabulary,
                              const kh_spelling *spelling)
{
    uint8_t lang;
    if (spelling->form.len == 0 || spelling->form.len > KH_FORM_MAX_BYTES ||
        spelling->folded.len == 0 || spelling->folded.len > UINT16_MAX ||
        spelling->term.len > UINT16_MAX ||
        !find_lang(&lang, vocabulary, spelling->lang))
        return;

    uint64_t state = kh_hash_more(KH_HASH_START, spelling->folded);
    state = kh_hash_more(state, spelling->form);
    state = kh_hash_more(state, spelling->lang);
    uint32_t hash = (uint32_t)kh_hash_finish(state);
    size_t at = hash & (vocabulary->n_slots - 1);
    for (; vocabulary->slots[at] != 0; at = (at + 1) & (vocabulary->n_slots - 1)) {
        entry *e = &vocabulary->entries[vocabulary->slots[at] - 1];
        if (e->hash != hash)
            continue;
        kh_spelling old = spelling_of(vocabulary, e);
        if (kh_spelling_compare(&old, spelling) == 0) {
            e->n_documents += spelling->n_documents;
            return;
        }
    }
    add_entry(vocabulary, spelling, hash, lang);
    vocabulary->slots[at] = (uint32_t)vocabulary->n_entries;
    if (3 * vocabulary->n_slots < 4 * vocabulary->n_entries)
        grow_slots(vocabulary);
}

static int compare_spellings(const void *a, const void *b)
{
    return kh_spelling_compare(a, b);
}

static kh_status write_block(kh_block_writer *block, kh_writer *writer, kh_buf *key,
                             kh_buf *value, kh_error *err)
{
    kh_buf_reset(key);
    kh_buf_reset(value);
    kh_buf_add(key, KH_STR(KH_VOCABULARY_PREFIX));
    kh_buf_add_bytes(key, block->form, block->form_len);
    kh_block_writer_finish(block, value);
    return kh_writer_set_metadata(writer, kh_buf_str(key), kh_buf_str(value), err);
}

static kh_status write_blocks(const kh_spelling *spellings, size_t n, kh_writer *writer,
                              kh_error *err)
{
    KH_AUTO_BUF key;
    kh_buf_init(&key, KH_BUF_MAX);
    KH_AUTO_BUF value;
    kh_buf_init(&value, KH_BUF_MAX);
    KH_CLEANUP(kh_block_writer_release) kh_block_writer block;
    kh_block_writer_init(&block);

    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && kh_str_equal(spellings[end].form, spellings[i].form))
            end++;
        kh_block_writer_add(&block, spellings + i, end - i);
        i = end;
        if (kh_block_writer_is_full(&block) || i == n) {
            kh_status status = write_block(&block, writer, &key, &value, err);
            if (status != KH_OK)
                return status;
        }
    }
    return KH_OK;
}

kh_status kh_vocabulary_writer_finish(kh_vocabulary_writer *vocabulary,
                                      kh_writer *writer, kh_error *err)
{
    size_t n = vocabulary->n_entries;
    kh_spelling *spellings = kh_alloc(n * sizeof(spellings[0]));
    for (size_t i = 0; i < n; i++)
        spellings[i] = spelling_of(vocabulary, &vocabulary->entries[i]);
    qsort(spellings, n, sizeof(spellings[0]), compare_spellings);

    kh_status status = write_blocks(spellings, n, writer, err);
    kh_free(spellings);
    return status;
}
