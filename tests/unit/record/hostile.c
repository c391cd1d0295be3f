/* hostile - see hostile.h. */
#include "hostile.h"

#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "hard_article.h"
#include "made_records.h"
#include "query.h"

const char *const file_names[N_FILES] = { "words", "codes",   "rest", "places",
                                          "keys",  "lengths", "signs" };

hostile_site site;

void hostile_open(void)
{
    site.d = (dice){ 4711 };
    site.arena = kh_arena_open();
    kh_article *articles =
        kh_arena_alloc(site.arena, HOSTILE_ARTICLES * sizeof(*articles));
    for (unsigned i = 0; i < HOSTILE_ARTICLES; i++)
        articles[i] = hard_article(&site.d, i, site.arena);
    site.from = archive_of(articles, HOSTILE_ARTICLES, site.arena);
    site.records = made_records(articles, HOSTILE_ARTICLES, 300);
    const kh_map *maps[N_FILES] = {
        &site.records->words.checked->map, &site.records->codes, &site.records->rest,
        &site.records->places.map,         &site.records->keys,  &site.records->lengths,
        &site.records->signs.checked->map
    };
    for (size_t i = 0; i < N_FILES; i++) {
        site.len[i] = maps[i]->len;
        site.good[i] = malloc(maps[i]->len);
        memcpy(site.good[i], maps[i]->ptr, maps[i]->len);
    }
}

void hostile_free(void)
{
    for (size_t i = 0; i < N_FILES; i++)
        free(site.good[i]);
    made_records_free(site.records);
    brute_free();
    kh_arena_free(site.arena);
}

void write_file(size_t file, const char *bytes, size_t len)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, site.records->folder, file_names[file]);
    (void)remove(kh_buf_text(&path));
    FILE *out = fopen(kh_buf_text(&path), "wb");
    cr_assert(ne(ptr, out, NULL));
    cr_assert(eq(sz, fwrite(bytes, 1, len, out), len));
    cr_assert(eq(int, fclose(out), 0));
}

void heal(size_t file)
{
    write_file(file, site.good[file], site.len[file]);
}

void flip(char *bytes, size_t len)
{
    for (unsigned n = 1 + roll(&site.d, 3); n > 0; n--) {
        char *at = &bytes[roll(&site.d, (unsigned)len)];
        unsigned bit = 1u << roll(&site.d, 8);
        bool is_bit = roll(&site.d, 4) != 0;
        *at = (char)(is_bit ? (unsigned char)*at ^ bit : roll(&site.d, 256));
    }
}

void put_u32(char *at, uint64_t value)
{
    for (size_t i = 0; i < 4; i++)
        at[i] = (char)(value >> (8 * i));
}

kh_extent extent_of(uint32_t document, size_t file)
{
    return kh_places_of(&site.records->places, document,
                        file == REST ? KH_PART_REST : KH_PART_CODES);
}

/* ---- memory of exactly its size ---- */

static void rebase(kh_wordlist *words, const unsigned char *old)
{
    const unsigned char *now = words->checked->map.ptr;
    const unsigned char **parts[] = { &words->start,        &words->bucket,
                                      &words->keyed,        &words->checked->begin,
                                      &words->checked->end, &words->checked->sums };
    for (size_t i = 0; i < KH_COUNT_OF(parts); i++)
        *parts[i] = now + (*parts[i] - old);
    words->pool.ptr = (const char *)now + (words->pool.ptr - (const char *)old);
    for (size_t i = 0; i < KH_COUNT_OF(words->dictionaries); i++)
        if (words->dictionaries[i].len > 0)
            words->dictionaries[i].ptr =
                (const char *)now + (words->dictionaries[i].ptr - (const char *)old);
    for (uint32_t i = 0; i < words->n_gaps; i++)
        words->gaps[i].ptr =
            (const char *)now + (words->gaps[i].ptr - (const char *)old);
}

static void rebase_signs(kh_signs *signs, const unsigned char *old)
{
    const unsigned char **parts[] = { &signs->words,        &signs->bytes,
                                      &signs->groups,       &signs->checked->begin,
                                      &signs->checked->end, &signs->checked->sums };
    for (size_t i = 0; i < KH_COUNT_OF(parts); i++)
        *parts[i] = signs->checked->map.ptr + (*parts[i] - old);
}

static void list_maps(kh_map *maps[N_FILES], kh_records *records)
{
    kh_map *all[N_FILES] = {
        &records->words.checked->map, &records->codes, &records->rest,
        &records->places.map,         &records->keys,  &records->lengths,
        &records->signs.checked->map
    };
    memcpy(maps, all, sizeof(all));
}

/* From here on nothing is read from the files. */
static void wall_in(kh_map saved[N_FILES], kh_records *records)
{
    kh_map *maps[N_FILES];
    list_maps(maps, records);
    for (size_t i = 0; i < N_FILES; i++) {
        saved[i] = *maps[i];
        unsigned char *copy = malloc(saved[i].len);
        if (saved[i].len > 0)
            memcpy(copy, saved[i].ptr, saved[i].len);
        maps[i]->ptr = copy;
    }
    rebase(&records->words, saved[WORDS].ptr);
    rebase_signs(&records->signs, saved[SIGNS].ptr);
}

static void let_go(kh_map saved[N_FILES], kh_records *records)
{
    kh_map *maps[N_FILES];
    list_maps(maps, records);
    for (size_t i = 0; i < N_FILES; i++) {
        free((void *)maps[i]->ptr);
        *maps[i] = saved[i];
    }
    kh_records_free(records);
}

/* ---- reading ---- */

void expect_fair(kh_status status)
{
    cr_assert(status == KH_OK || status == KH_ERR_CORRUPT, "status %d", (int)status);
}

/* The words of a query looked for in all documents. */
static void look(kh_records *records)
{
    kh_record_word words[DRAWN_WORDS_MAX];
    size_t n =
        draw_words(words, &site.from, 1 + roll(&site.d, HOSTILE_ARTICLES), &site.d);
    KH_AUTO(kh_record_query_free) kh_record_query *query = NULL;
    kh_error err;
    if (n == 0)
        return;
    kh_status status = kh_record_query_open(&query, records, words, n, &err);
    expect_fair(status);
    if (status != KH_OK)
        return;
    kh_record_query_set_plain(query, roll(&site.d, 2) == 0);
    uint8_t numbers[DRAWN_WORDS_MAX];
    for (size_t i = 0; i < n; i++)
        numbers[i] = (uint8_t)i;
    const kh_record_phrase phrases[] = { { numbers, n, 0, 0, false, NULL },
                                         { numbers, 1, 0, 0, false, NULL },
                                         { numbers, n, 6, 0, false, NULL },
                                         { numbers, n, 0, 0x70002, false, NULL } };
    uint32_t documents[HOSTILE_ARTICLES];
    size_t n_kept = kh_records_n(records) < HOSTILE_ARTICLES ? kh_records_n(records)
                                                             : HOSTILE_ARTICLES;
    for (size_t i = 0; i < n_kept; i++)
        documents[i] = (uint32_t)i + 1;
    expect_fair(kh_record_sift(&n_kept, documents, 1, query, &phrases[0], &err));
    for (uint32_t i = 1; i <= kh_records_n(records); i++) {
        bool is_held;
        kh_record_hits hits;
        for (size_t k = 0; k < KH_COUNT_OF(phrases); k++)
            expect_fair(kh_record_holds(&is_held, query, i, &phrases[k], &err));
        expect_fair(kh_record_hits_read(&hits, query, i, &err));
    }
}

/* All documents given back; forged: a stored text may have become none. */
static void show(kh_records *records, bool is_forged)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    for (uint32_t i = 1; i <= kh_records_n(records); i++) {
        kh_error err;
        kh_article article;
        kh_excerpt excerpt;
        kh_outline_block *blocks;
        size_t n;
        const uint32_t positions[] = { 0, 2, 3, 40, 4000000000u };
        kh_excerpt_request request = { i, 0, roll(&site.d, 50), positions, 5 };
        kh_status status = kh_record_excerpt(&excerpt, records, &request, arena, &err);
        if (!is_forged || status != KH_ERR_ARGUMENT)
            expect_fair(status);
        expect_fair(kh_record_article(&article, NULL, records, i, arena, &err));
        expect_fair(kh_record_outline(&blocks, &n, records, i, arena, &err));
    }
}

kh_status read_all(bool is_forged)
{
    kh_error err;
    kh_records *records;
    kh_status status = kh_records_open(&records, site.records->folder, &err);
    if (status != KH_OK)
        return status;
    kh_map saved[N_FILES];
    wall_in(saved, records);
    look(records);
    show(records, is_forged);
    look(records);
    status = kh_records_check(records, 1, NULL, &err);
    expect_fair(status);
    let_go(saved, records);
    return status;
}
