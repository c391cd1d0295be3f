/* made_records - see made_records.h. */
#include "made_records.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "support/cut_articles.h"

#define BATCH        50u /* articles */
#define FILLER_TIMES 8u  /* each of its words stands so often */

static char folder[64];

/* An article of words that stand nowhere else. */
static kh_article filler_article(unsigned n_words, kh_arena *arena)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (unsigned i = 0; i < n_words * FILLER_TIMES; i++)
        kh_buf_printf(&text, "filler%u ", i % n_words);
    kh_block *block = kh_arena_alloc(arena, sizeof(*block));
    block->kind = KH_BLOCK_PARAGRAPH;
    block->text = kh_str_trim(kh_arena_copy(arena, kh_buf_str(&text)));
    return (kh_article){ .id = KH_STR("filler"),
                         .lang = KH_STR("en"),
                         .format = "text",
                         .blocks = block,
                         .n_blocks = 1 };
}

kh_records *made_records(const kh_article *articles, uint32_t n, unsigned n_filler)
{
    snprintf(folder, sizeof(folder), "/tmp/khabar-record-XXXXXX");
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_article *all = kh_arena_alloc(arena, (n + 1) * sizeof(*all));
    if (n > 0)
        memcpy(all, articles, n * sizeof(*all));
    if (n_filler > 0)
        all[n] = filler_article(n_filler, arena);
    cut_articles *cut = cut_articles_open(all, n + (n_filler > 0), BATCH);
    cut_write(cut, folder);
    cut_articles_free(cut);

    kh_records *records;
    kh_error err;
    kh_status status = kh_records_open(&records, folder, &err);
    cr_assert(eq(int, status, KH_OK), "%s", err.message);
    return records;
}

void made_records_free(kh_records *records)
{
    kh_records_free(records);
    cr_expect(eq(int, kh_folder_remove(folder, NULL), KH_OK));
}

bool made_holds(kh_record_query *query, uint32_t document,
                const kh_record_phrase *phrase)
{
    bool is_held = false;
    kh_error err;
    kh_status status = kh_record_holds(&is_held, query, document, phrase, &err);
    cr_assert(eq(int, status, KH_OK), "%s", err.message);
    return is_held;
}
