/* Where articles lie: what was written is what is read, however long they are. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "places.h"
#include "support/dice.h"

TestSuite(record_places);

#define DOCUMENTS_MAX 100u

static char path[64];

static kh_sink *open_file(void)
{
    snprintf(path, sizeof(path), "/tmp/khabar-places-XXXXXX");
    int fd = mkstemp(path);
    cr_assert(ge(int, fd, 0));
    cr_assert(eq(int, close(fd), 0));
    kh_sink *sink;
    cr_assert(eq(int, kh_sink_open(&sink, path, NULL), KH_OK));
    return sink;
}

/* Write n documents of these lengths and map the file. */
static kh_places written(const uint64_t (*lengths)[KH_N_PARTS], uint32_t n)
{
    kh_sink *sink = open_file();
    kh_place_writer writer;
    kh_place_writer_init(&writer);
    for (uint32_t i = 0; i < n; i++)
        cr_assert(eq(int, kh_place_writer_add(&writer, sink, lengths[i], NULL), KH_OK));
    kh_place_writer_end(&writer, sink);
    kh_place_writer_release(&writer);
    cr_assert(eq(int, kh_sink_close_unsynced(sink, NULL), KH_OK));
    kh_places places = { 0 };
    cr_assert(eq(int, kh_map_open(&places.map, path, NULL), KH_OK));
    cr_assert(eq(int, unlink(path), 0));
    cr_assert(kh_places_fit(&places, n), "%u documents", n);
    return places;
}

static void expect_same(const uint64_t (*lengths)[KH_N_PARTS], uint32_t n)
{
    kh_places places = written(lengths, n);
    uint64_t at[KH_N_PARTS] = { 0 };
    for (uint32_t i = 0; i < n; i++)
        for (unsigned part = 0; part < KH_N_PARTS; part++) {
            kh_extent of = kh_places_of(&places, i + 1, (kh_part)part);
            cr_assert(eq(u64, of.begin, at[part]), "%u of %u", i + 1, n);
            at[part] += lengths[i][part];
            cr_assert(eq(u64, of.end, at[part]), "%u of %u", i + 1, n);
        }
    cr_expect(kh_places_are_sound(&places, at));
    at[KH_PART_REST]++;
    cr_expect(not(kh_places_are_sound(&places, at)));
    kh_map_close(&places.map);
}

/* Few long ones, or none, or many, or longer than four bytes say. */
Test(record_places, are_those_that_were_written)
{
    dice d = { 31 };
    static uint64_t lengths[DOCUMENTS_MAX][KH_N_PARTS];
    for (uint32_t n = 0; n <= DOCUMENTS_MAX; n++) {
        for (uint32_t i = 0; i < n; i++)
            for (unsigned part = 0; part < KH_N_PARTS; part++) {
                bool is_long = n % 3 != 0 && roll(&d, n % 3 == 1 ? 20 : 3) == 0;
                lengths[i][part] = !is_long ? roll(&d, UINT16_MAX + 1)
                                            : (uint64_t)roll(&d, 1000) << roll(&d, 25);
            }
        expect_same((const uint64_t(*)[KH_N_PARTS])lengths, n);
    }
}

Test(record_places, at_the_edge_of_two_bytes)
{
    static const uint64_t lengths[][KH_N_PARTS] = {
        { 0, 0 },
        { UINT16_MAX, UINT16_MAX },
        { UINT16_MAX, UINT16_MAX + 1 },
    };
    for (uint32_t n = 1; n <= 3; n++) {
        expect_same(lengths, n);
        kh_places places = written(lengths, n);
        cr_expect(eq(u64, places.n_wide, n == 3));
        kh_map_close(&places.map);
    }
}

Test(record_places, of_other_sizes_do_not_fit)
{
    static const uint64_t lengths[2][KH_N_PARTS] = { { 1, 100000 }, { 2, 2 } };
    kh_places places = written(lengths, 2);
    cr_expect(eq(sz, places.map.len, KH_PLACE_GROUP_BYTES + KH_PLACE_WIDE_BYTES));
    cr_expect(kh_places_fit(&places, KH_PLACE_GROUP));
    cr_expect(not(kh_places_fit(&places, KH_PLACE_GROUP + 1)));
    cr_expect(not(kh_places_fit(&places, 0)));
    places.map.len--;
    cr_expect(not(kh_places_fit(&places, 2)));
    places.map.len++;
    kh_map_close(&places.map);
}

/* A group that names no wide one lies nowhere. */
Test(record_places, that_are_damaged_end_before_they_begin)
{
    static const uint64_t lengths[2][KH_N_PARTS] = { { 1, 100000 }, { 2, 2 } };
    kh_places good = written(lengths, 2);
    unsigned char *bytes = malloc(good.map.len);
    memcpy(bytes, good.map.ptr, good.map.len);
    bytes[KH_PLACE_LENGTHS_AT] = 1;
    kh_places bad = good;
    bad.map.ptr = bytes;
    kh_extent of = kh_places_of(&bad, 1, KH_PART_CODES);
    cr_expect(gt(u64, of.begin, of.end));
    cr_expect(not(kh_places_are_sound(&bad, (const uint64_t[]){ 3, 100002 })));
    free(bytes);
    kh_map_close(&good.map);
}

Test(record_places, have_a_last_byte)
{
    kh_sink *sink = open_file();
    kh_place_writer writer;
    kh_place_writer_init(&writer);
    kh_error err;
    const uint64_t all[KH_N_PARTS] = { 5, KH_OFFSET_MAX };
    cr_expect(eq(int, kh_place_writer_add(&writer, sink, all, &err), KH_OK));
    const uint64_t one[KH_N_PARTS] = { 0, 1 };
    cr_expect(eq(int, kh_place_writer_add(&writer, sink, one, &err), KH_ERR_LIMIT));
    kh_place_writer_release(&writer);
    kh_sink_free(sink);
    cr_assert(eq(int, unlink(path), 0));
}
