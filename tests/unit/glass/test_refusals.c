/* Suite refusals: what breaks a rule of the writer is refused, and makes no database.
 */
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "glass/writer.h"

#include "scratch.h"

TestSuite(refusals, .init = scratch_make, .fini = scratch_remove);

Test(refusals, wants_a_folder_that_is_missing_or_empty)
{
    kh_glass_writer *glass = NULL;
    kh_error err = { 0 };
    must(kh_folder_make(scratch_path("full"), NULL));
    must(kh_file_replace(scratch_path("full/x"), KH_STR("x"), NULL));

    cr_expect(eq(int, (int)kh_glass_open(&glass, scratch_path("full"), 8192, &err),
                 KH_ERR_ARGUMENT));
    cr_expect(ne(ptr, strstr(err.message, "not empty"), NULL));
    cr_expect(eq(int, (int)kh_glass_open(&glass, scratch_path("full/x"), 8192, &err),
                 KH_ERR_ARGUMENT));
    cr_expect(eq(int, (int)kh_glass_open(&glass, scratch_path("full/x/y"), 8192, &err),
                 KH_ERR_IO));
    cr_expect(eq(ptr, glass, NULL));
}

Test(refusals, takes_powers_of_two_as_sizes_of_blocks)
{
    static const uint32_t sizes[] = { 0, 1024, 3000, 8191, 131072 };
    for (size_t i = 0; i < KH_COUNT_OF(sizes); i++) {
        kh_glass_writer *glass = NULL;
        cr_expect(eq(int, (int)kh_glass_open(&glass, scratch_path("a"), sizes[i], NULL),
                     KH_ERR_ARGUMENT));
    }
}

/* What goes wrong in a writer that has three documents of lengths 5, 6 and 7, the
 * highest of them 9, and the term "m". */
static kh_status add(kh_glass_writer *glass, kh_str term, uint32_t document,
                     uint32_t wdf)
{
    return kh_glass_term(glass, term, &document, &wdf, 1, NULL);
}

static kh_status metadata_late(kh_glass_writer *glass)
{
    return kh_glass_metadata(glass, KH_STR("k"), KH_STR("v"), NULL);
}

static kh_status values_late(kh_glass_writer *glass)
{
    return kh_glass_values_add(glass, NULL, 0, NULL);
}

static kh_status lengths_twice(kh_glass_writer *glass)
{
    return kh_glass_lengths(glass, NULL, NULL, 0, NULL);
}

static kh_status term_before(kh_glass_writer *glass)
{
    return add(glass, KH_STR("lzz"), 1, 1);
}

static kh_status term_twice(kh_glass_writer *glass)
{
    return add(glass, KH_STR("m"), 1, 1);
}

static kh_status term_empty(kh_glass_writer *glass)
{
    return add(glass, KH_STR(""), 1, 1);
}

static kh_status term_long(kh_glass_writer *glass)
{
    char text[KH_GLASS_TERM_MAX + 1];
    memset(text, 'x', sizeof(text));
    return add(glass, kh_str_make(text, sizeof(text)), 1, 1);
}

static kh_status term_of_zeros(kh_glass_writer *glass)
{
    char text[KH_GLASS_TERM_MAX];
    memset(text, 'x', sizeof(text));
    text[100] = '\0';
    return add(glass, kh_str_make(text, sizeof(text)), 1, 1);
}

static kh_status no_postings(kh_glass_writer *glass)
{
    return kh_glass_term(glass, KH_STR("n"), NULL, NULL, 0, NULL);
}

static kh_status document_of_0(kh_glass_writer *glass)
{
    return add(glass, KH_STR("n"), 0, 1);
}

static kh_status document_above(kh_glass_writer *glass)
{
    return add(glass, KH_STR("n"), 10, 1);
}

static kh_status documents_twice(kh_glass_writer *glass)
{
    static const uint32_t documents[] = { 1, 2, 2 };
    static const uint32_t wdfs[] = { 1, 1, 1 };
    return kh_glass_term(glass, KH_STR("n"), documents, wdfs, 3, NULL);
}

static kh_status wdf_above(kh_glass_writer *glass)
{
    return add(glass, KH_STR("n"), 1, 8);
}

static kh_status data_of_0(kh_glass_writer *glass)
{
    return kh_glass_data(glass, 0, KH_STR("d"), NULL);
}

static kh_status data_twice(kh_glass_writer *glass)
{
    kh_status status = kh_glass_data(glass, 1, KH_STR("d"), NULL);
    return status == KH_OK ? kh_glass_data(glass, 1, KH_STR("d"), NULL) : KH_OK;
}

static kh_status data_above(kh_glass_writer *glass)
{
    return kh_glass_data(glass, 10, KH_STR("d"), NULL);
}

static kh_status data_empty(kh_glass_writer *glass)
{
    return kh_glass_data(glass, 1, KH_STR(""), NULL);
}

static kh_status data_large(kh_glass_writer *glass)
{
    return kh_glass_data(glass, 1, kh_str_make("", KH_GLASS_STORED_MAX + 1), NULL);
}

Test(refusals, refuses_what_breaks_a_rule_and_all_that_follows)
{
    static const struct {
        kh_status (*go)(kh_glass_writer *glass);
        kh_status wanted;
    } cases[] = {
        { metadata_late, KH_ERR_ARGUMENT },  { values_late, KH_ERR_ARGUMENT },
        { lengths_twice, KH_ERR_ARGUMENT },  { term_before, KH_ERR_ARGUMENT },
        { term_twice, KH_ERR_ARGUMENT },     { term_empty, KH_ERR_ARGUMENT },
        { term_long, KH_ERR_LIMIT },         { term_of_zeros, KH_ERR_LIMIT },
        { no_postings, KH_ERR_ARGUMENT },    { document_of_0, KH_ERR_ARGUMENT },
        { document_above, KH_ERR_ARGUMENT }, { documents_twice, KH_ERR_ARGUMENT },
        { wdf_above, KH_ERR_ARGUMENT },      { data_of_0, KH_ERR_ARGUMENT },
        { data_twice, KH_ERR_ARGUMENT },     { data_above, KH_ERR_ARGUMENT },
        { data_empty, KH_ERR_ARGUMENT },     { data_large, KH_ERR_LIMIT },
    };
    static const uint32_t documents[] = { 2, 5, 9 };
    static const uint32_t lengths[] = { 5, 6, 7 };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        const char *path = scratch_path("a");
        kh_glass_writer *glass = writer_of(path, 2048);
        must(kh_glass_lengths(glass, documents, lengths, 3, NULL));
        must(kh_glass_term(glass, KH_STR("m"), documents, lengths, 3, NULL));

        cr_expect(eq(int, (int)cases[i].go(glass), (int)cases[i].wanted), "%zu", i);
        cr_expect(eq(int, (int)add(glass, KH_STR("z"), 2, 0), (int)cases[i].wanted));
        cr_expect(eq(int, (int)kh_glass_close(glass, NULL), (int)cases[i].wanted));
        cr_expect(not(kh_path_exists(scratch_path("a/iamglass"))));
        must(kh_folder_remove(path, NULL));
    }
}

/* What comes before the terms. */
static kh_status key_empty(kh_glass_writer *glass)
{
    return kh_glass_metadata(glass, KH_STR(""), KH_STR("v"), NULL);
}

static kh_status value_empty(kh_glass_writer *glass)
{
    return kh_glass_metadata(glass, KH_STR("k"), KH_STR(""), NULL);
}

static kh_status key_long(kh_glass_writer *glass)
{
    char key[KH_GLASS_KEY_MAX + 1];
    memset(key, 'k', sizeof(key));
    return kh_glass_metadata(glass, kh_str_make(key, sizeof(key)), KH_STR("v"), NULL);
}

static kh_status keys_twice(kh_glass_writer *glass)
{
    must(kh_glass_metadata(glass, KH_STR("k"), KH_STR("v"), NULL));
    return kh_glass_metadata(glass, KH_STR("k"), KH_STR("v"), NULL);
}

static kh_status metadata_large(kh_glass_writer *glass)
{
    return kh_glass_metadata(glass, KH_STR("k"),
                             kh_str_make("", KH_GLASS_STORED_MAX + 1), NULL);
}

static kh_status values_of(kh_glass_writer *glass, uint32_t slot, uint32_t first,
                           uint32_t second, uint32_t end)
{
    uint32_t documents[] = { first, second };
    uint32_t starts[] = { 0, 1, end };
    kh_glass_values values[] = { { slot, 2, documents, "ab", starts },
                                 { slot + 1, 2, documents, "ab", starts } };
    return kh_glass_values_add(glass, values, 2, NULL);
}

static kh_status values_unordered(kh_glass_writer *glass)
{
    return values_of(glass, 1, 2, 2, 2);
}

static kh_status values_of_0(kh_glass_writer *glass)
{
    return values_of(glass, 1, 0, 2, 2);
}

static kh_status values_empty(kh_glass_writer *glass)
{
    return values_of(glass, 1, 1, 2, 1);
}

static kh_status values_large(kh_glass_writer *glass)
{
    return values_of(glass, 1, 1, 2, KH_GLASS_STORED_MAX + 2);
}

static kh_status values_of_no_slot(kh_glass_writer *glass)
{
    return values_of(glass, UINT32_MAX, 1, 2, 2);
}

static kh_status slots_twice(kh_glass_writer *glass)
{
    uint32_t document = 1;
    uint32_t starts[] = { 0, 1 };
    kh_glass_values values[] = { { 7, 1, &document, "a", starts },
                                 { 7, 1, &document, "a", starts } };
    return kh_glass_values_add(glass, values, 2, NULL);
}

static kh_status values_of_nobody(kh_glass_writer *glass)
{
    must(values_of(glass, 1, 1, 2, 2));
    return kh_glass_lengths(glass, NULL, &(uint32_t){ 1 }, 1, NULL);
}

static kh_status term_early(kh_glass_writer *glass)
{
    return add(glass, KH_STR("x"), 1, 1);
}

static kh_status data_early(kh_glass_writer *glass)
{
    return kh_glass_data(glass, 1, KH_STR("x"), NULL);
}

static kh_status lengths_unordered(kh_glass_writer *glass)
{
    static const uint32_t documents[] = { 2, 1 };
    static const uint32_t lengths[] = { 1, 1 };
    return kh_glass_lengths(glass, documents, lengths, 2, NULL);
}

static kh_status lengths_above(kh_glass_writer *glass)
{
    static const uint32_t documents[] = { UINT32_MAX };
    static const uint32_t lengths[] = { 1 };
    return kh_glass_lengths(glass, documents, lengths, 1, NULL);
}

static kh_status length_large(kh_glass_writer *glass)
{
    return kh_glass_lengths(glass, NULL, &(uint32_t){ UINT32_MAX }, 1, NULL);
}

static kh_status wdfs_over_32_bits(kh_glass_writer *glass)
{
    static const uint32_t documents[] = { 1, 2 };
    static const uint32_t lengths[] = { UINT32_C(3000000000), UINT32_C(3000000000) };
    must(kh_glass_lengths(glass, NULL, lengths, 2, NULL));
    return kh_glass_term(glass, KH_STR("x"), documents, lengths, 2, NULL);
}

Test(refusals, refuses_what_breaks_a_rule_before_the_terms)
{
    static const struct {
        kh_status (*go)(kh_glass_writer *glass);
        kh_status wanted;
    } cases[] = {
        { key_empty, KH_ERR_ARGUMENT },
        { value_empty, KH_ERR_ARGUMENT },
        { key_long, KH_ERR_LIMIT },
        { keys_twice, KH_ERR_ARGUMENT },
        { metadata_large, KH_ERR_LIMIT },
        { values_unordered, KH_ERR_ARGUMENT },
        { values_of_0, KH_ERR_ARGUMENT },
        { values_empty, KH_ERR_ARGUMENT },
        { values_large, KH_ERR_LIMIT },
        { values_of_no_slot, KH_ERR_ARGUMENT },
        { slots_twice, KH_ERR_ARGUMENT },
        { values_of_nobody, KH_ERR_ARGUMENT },
        { term_early, KH_ERR_ARGUMENT },
        { data_early, KH_ERR_ARGUMENT },
        { lengths_unordered, KH_ERR_ARGUMENT },
        { lengths_above, KH_ERR_LIMIT },
        { length_large, KH_ERR_LIMIT },
        { wdfs_over_32_bits, KH_ERR_LIMIT },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_glass_writer *glass = writer_of(scratch_path("a"), 2048);

        cr_expect(eq(int, (int)cases[i].go(glass), (int)cases[i].wanted), "%zu", i);
        cr_expect(eq(int, (int)kh_glass_close(glass, NULL), (int)cases[i].wanted));
        cr_expect(not(kh_path_exists(scratch_path("a/iamglass"))));
        must(kh_folder_remove(scratch_path("a"), NULL));
    }
}

Test(refusals, wants_postings_to_add_up_to_the_lengths)
{
    kh_glass_writer *glass = writer_of(scratch_path("a"), 8192);
    kh_error err = { 0 };
    must(kh_glass_lengths(glass, NULL, &(uint32_t){ 5 }, 1, NULL));
    must(add(glass, KH_STR("x"), 1, 4));

    cr_expect(eq(int, (int)kh_glass_close(glass, &err), KH_ERR_ARGUMENT));
    cr_expect(ne(ptr, strstr(err.message, "4 occurrences"), NULL), "%s", err.message);
    cr_expect(not(kh_path_exists(scratch_path("a/iamglass"))));
}

Test(refusals, wants_lengths_if_there_are_values)
{
    kh_glass_writer *glass = writer_of(scratch_path("a"), 8192);
    must(values_of(glass, 1, 1, 2, 2));

    cr_expect(eq(int, (int)kh_glass_close(glass, NULL), KH_ERR_ARGUMENT));
}
