/* Damaged records: nothing is read outside, and what is shown is sound or named. */
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "hostile.h"

TestSuite(record_hostile, .init = hostile_open, .fini = hostile_free, .timeout = 250);

#define RECORD_KEY 13u /* bytes of an entry of keys */

/* ---- damage by chance ---- */

static void damage(size_t file, unsigned rounds)
{
    char *bad = malloc(site.len[file]);
    cr_assert(eq(int, read_all(false), KH_OK));
    for (unsigned i = 0; i < rounds; i++) {
        memcpy(bad, site.good[file], site.len[file]);
        size_t len = site.len[file];
        if (i % 4 == 0)
            len = roll(&site.d, (unsigned)len);
        else
            flip(bad, len);
        write_file(file, bad, len);
        kh_status status = read_all(false);
        bool is_same = len == site.len[file] && memcmp(bad, site.good[file], len) == 0;
        /* nobody here knows a text's hash and an article's length */
        bool is_unseen =
            (file == KEYS || file == LENGTHS || file == SIGNS) && len == site.len[file];
        if (is_same)
            cr_assert(eq(int, (int)status, (int)KH_OK));
        else if (!is_unseen)
            cr_assert(ne(int, (int)status, (int)KH_OK), "round %u", i);
    }
    heal(file);
    cr_expect(eq(int, read_all(false), KH_OK));
    free(bad);
}

Test(record_hostile, words_read_nothing_outside)
{
    damage(WORDS, 100);
}

Test(record_hostile, codes_read_nothing_outside)
{
    damage(CODES, 100);
}

Test(record_hostile, rest_reads_nothing_outside)
{
    damage(REST, 100);
}

Test(record_hostile, places_read_nothing_outside)
{
    damage(PLACES, 100);
}

Test(record_hostile, keys_read_nothing_outside)
{
    damage(KEYS, 60);
}

Test(record_hostile, lengths_read_nothing_outside)
{
    damage(LENGTHS, 60);
}

Test(record_hostile, signs_read_nothing_outside)
{
    damage(SIGNS, 200);
}

/* The last article begins so close to the end of its file that nothing is left. */
Test(record_hostile, places_at_the_very_end_are_refused)
{
    uint32_t number = (HOSTILE_ARTICLES - 1) % KH_PLACE_GROUP;
    char *group =
        site.good[PLACES] +
        (size_t)((HOSTILE_ARTICLES - 1) / KH_PLACE_GROUP) * KH_PLACE_GROUP_BYTES;
    cr_assert(eq(int, group[KH_OFFSET_BYTES - 1] & KH_PLACE_IS_WIDE, 0));
    for (unsigned part = 0; part < KH_N_PARTS; part++) {
        size_t file = part == KH_PART_CODES ? CODES : REST;
        kh_extent last = extent_of(HOSTILE_ARTICLES, file);
        kh_extent before = extent_of(HOSTILE_ARTICLES - 1, file);
        char *lengths = group + KH_PLACE_LENGTHS_AT +
                        (part * KH_PLACE_GROUP + number - 1) * sizeof(uint16_t);
        cr_assert(gt(u32, number, 0));
        cr_assert(le(u64, last.end - before.begin, UINT16_MAX));
        uint32_t good = kh_le32((const unsigned char *)lengths);
        for (uint32_t left = 0; left < 6; left++) {
            put_u32(lengths, (last.end - left - before.begin) | left << 16);
            heal(PLACES);
            cr_expect(eq(int, read_all(false), KH_ERR_CORRUPT), "%s: %u left",
                      file_names[file], left);
        }
        put_u32(lengths, good);
    }
    heal(PLACES);
    cr_expect(eq(int, read_all(false), KH_OK));
}

/* ---- damage is named ---- */

/* What an excerpt of a document says, of the files as they are now. */
static kh_status excerpt_of(kh_error *err, uint32_t document)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO(kh_records_free) kh_records *records = NULL;
    kh_status status = kh_records_open(&records, site.records->folder, err);
    cr_assert(eq(int, (int)status, (int)KH_OK));
    kh_excerpt excerpt;
    kh_excerpt_request request = { document, 0, UINT32_MAX, NULL, 0 };
    return kh_record_excerpt(&excerpt, records, &request, arena, err);
}

/* A byte of a document's own, any of them: the excerpt names segment and document, and
 * its neighbour is shown. */
static void expect_named(size_t file, uint32_t document, size_t at)
{
    KH_AUTO_BUF number;
    kh_buf_init(&number, 100);
    kh_buf_printf(&number, "document %u:", document);
    char *byte = &site.good[file][at];
    char good = *byte;
    *byte = (char)(good ^ 1 << roll(&site.d, 8));
    heal(file);

    kh_error err;
    kh_status status = excerpt_of(&err, document);
    cr_assert(eq(int, (int)status, (int)KH_ERR_CORRUPT), "%s %zu", file_names[file],
              at);
    cr_assert(ne(ptr, strstr(err.message, kh_buf_text(&number)), NULL), "%s",
              err.message);
    cr_assert(ne(ptr, strstr(err.message, site.records->folder), NULL));
    status = excerpt_of(&err, document % HOSTILE_ARTICLES + 1);
    cr_assert(eq(int, (int)status, (int)KH_OK));

    *byte = good;
    heal(file);
}

Test(record_hostile, excerpts_of_damaged_records_name_the_document)
{
    for (uint32_t document = 1; document <= HOSTILE_ARTICLES; document++) {
        for (size_t file = CODES; file <= REST; file++) {
            size_t begin = (size_t)extent_of(document, file).begin;
            size_t len = (size_t)extent_of(document, file).end - begin;
            for (unsigned i = 0; i < 15; i++)
                expect_named(file, document, begin + roll(&site.d, (unsigned)len));
            expect_named(file, document, begin);
            expect_named(file, document, begin + len - 1);
        }
        for (size_t k = 0; k < 8; k++) /* of its key, where the checksum begins */
            expect_named(KEYS, document, (document - 1) * RECORD_KEY + k);
    }
}
