/* vocabulary - find spellings in the blocks of one database. */
#include "metadata.h"
#include "spellings.h"
#include "vocabulary_block.h"

/* Blocks from the one that may hold a form on. */
typedef struct walk {
    kh_database *database;
    kh_block_reader reader;
    kh_buf from;  /* the next block's key is this or behind */
    kh_buf key;   /* of the block that is being read */
    kh_buf bytes; /* the same */
} walk;

static void walk_release(walk *w)
{
    kh_block_reader_release(&w->reader);
    kh_buf_release(&w->from);
    kh_buf_release(&w->key);
    kh_buf_release(&w->bytes);
}

static void walk_open(walk *w, kh_database *database, kh_str form)
{
    memset(w, 0, sizeof(*w));
    w->database = database;
    kh_buf_init(&w->from, KH_BUF_MAX);
    kh_buf_init(&w->key, KH_BUF_MAX);
    kh_buf_init(&w->bytes, KH_BUF_MAX);
    kh_buf_add(&w->from, KH_STR(KH_VOCABULARY_PREFIX));
    kh_buf_add(&w->from, form);
}

/* Begin the next block; KH_END behind the last. */
static kh_status walk_block(walk *w, kh_error *err)
{
    kh_buf_reset(&w->key);
    kh_buf_reset(&w->bytes);
    kh_status status = kh_database_metadata_from(&w->key, &w->bytes, w->database,
                                                 kh_buf_str(&w->from), err);
    if (status != KH_OK)
        return status;
    if (!kh_str_starts(kh_buf_str(&w->key), KH_STR(KH_VOCABULARY_PREFIX)))
        return KH_END;
    kh_buf_reset(&w->from);
    kh_buf_add(&w->from, kh_buf_str(&w->key));
    kh_buf_add_char(&w->from, '\0');
    kh_str block = kh_buf_str(&w->bytes);
    if (!kh_metadata_block(&block, kh_buf_str(&w->key)))
        return kh_fail(err, KH_ERR_CORRUPT, "damaged vocabulary");
    kh_block_reader_reset(&w->reader, block);
    return KH_OK;
}

static kh_status damaged(kh_error *err)
{
    return kh_fail(err, KH_ERR_CORRUPT, "damaged vocabulary");
}

kh_status kh_vocabulary_find(kh_spelling **out, size_t *n, kh_database *database,
                             kh_str form, kh_arena *arena, kh_error *err)
{
    KH_CLEANUP(walk_release) walk w;
    walk_open(&w, database, form);
    kh_status status = walk_block(&w, err);
    kh_spellings found = { 0 };
    if (status == KH_OK) {
        while (kh_block_reader_next(&w.reader)) {
            int order = kh_str_compare(w.reader.spelling.form, form);
            if (order > 0)
                break;
            if (order == 0)
                kh_spellings_add(&found, &w.reader.spelling, arena);
        }
        if (w.reader.is_bad)
            status = damaged(err);
    }
    if (status != KH_OK && status != KH_END)
        return status;

    *out = found.items;
    *n = found.n;
    return KH_OK;
}

kh_status kh_vocabulary_all(kh_spellings *found, kh_database *database, kh_str prefix,
                            kh_arena *arena, kh_error *err)
{
    KH_CLEANUP(walk_release) walk w;
    walk_open(&w, database, prefix);
    kh_status status = KH_OK;
    bool is_done = false;
    while (status == KH_OK && !is_done) {
        status = walk_block(&w, err);
        if (status != KH_OK)
            break;
        while (!is_done && kh_block_reader_next(&w.reader)) {
            kh_str form = w.reader.spelling.form;
            if (kh_str_starts(form, prefix))
                kh_spellings_add(found, &w.reader.spelling, arena);
            else
                is_done = kh_str_compare(form, prefix) > 0;
        }
        if (w.reader.is_bad)
            return damaged(err);
    }
    return status == KH_END ? KH_OK : status;
}

/* NOLINTNEXTLINE(readability-function-size): its contract has so many parameters */
kh_status kh_vocabulary_prefix(kh_spelling **out, size_t *n, size_t *n_forms,
                               kh_database *database, kh_str prefix, size_t max,
                               kh_arena *arena, kh_error *err)
{
    kh_spellings found = { 0 };
    kh_status status = kh_vocabulary_all(&found, database, prefix, arena, err);
    if (status != KH_OK)
        return status;
    *n_forms = kh_spellings_keep(&found, max);
    *out = found.items;
    *n = found.n;
    return KH_OK;
}
