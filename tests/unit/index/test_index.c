/* An open index: several segments as one, dead articles gone, pruned while opening. */
#include <stdio.h>

#include "article/fields.h"
#include "base/file.h"
#include "index/index.h"
#include "scratch.h"
#include "vocabulary_block.h"

TestSuite(index, .init = scratch_open, .fini = scratch_free);

static const char *const uuids[] = { "11111111-1111-4111-8111-111111111111",
                                     "22222222-2222-4222-8222-222222222222",
                                     "33333333-3333-4333-8333-333333333333",
                                     "44444444-4444-4444-8444-444444444444" };

static bool is_live(unsigned i)
{
    return i % 7 != 3;
}

static bool is_in_first(unsigned i)
{
    return i < 5;
}

static bool is_in_second(unsigned i)
{
    return i >= 5 && i < 18;
}

static bool is_in_third(unsigned i)
{
    return i >= 18;
}

static bool is_in_old(unsigned i)
{
    return i < 3;
}

static kh_index *index_opened(const char *folder, uint32_t generation)
{
    kh_index *index;
    kh_error err;
    must(kh_index_open(&index, folder, generation, &err), &err);
    return index;
}

/* Dead bits of a segment whose samples begin with `first`: those that are not live. */
static void write_dead(const char *folder, const char *uuid, sample_pick pick)
{
    char bits[SAMPLES] = { 0 };
    size_t n = 0;
    for (unsigned i = 0; i < SAMPLES; i++) {
        if (!pick(i))
            continue;
        if (!is_live(i))
            bits[n / 8] = (char)(bits[n / 8] | 1 << (n % 8));
        n++;
    }
    kh_str path = printed("%s/gen-000001/dead-%s.bits", folder, uuid);
    scratch_write(path.ptr, kh_str_make(bits, (n + 7) / 8));
}

/* Three segments with dead bits, and one segment of what is live. */
static void make_both(const char **three, const char **single)
{
    sample_pick picks[] = { is_in_first, is_in_second, is_in_third };
    kh_error err;
    uint32_t n_live = 0;
    for (unsigned i = 0; i < SAMPLES; i++)
        n_live += is_live(i);

    *three = printed("%s", scratch_path("three")).ptr;
    kh_str segments[3];
    for (size_t i = 0; i < 3; i++)
        segments[i] = index_segment(*three, uuids[i], picks[i]);
    kh_manifest manifest = manifest_of(1, segments, 3, n_live);
    must(kh_generation_publish(*three, &manifest, KH_STR(""), &err), &err);
    for (size_t i = 0; i < 3; i++)
        write_dead(*three, uuids[i], picks[i]);

    *single = printed("%s", scratch_path("single")).ptr;
    kh_str segment = index_segment(*single, uuids[3], is_live);
    manifest = manifest_of(1, &segment, 1, n_live);
    must(kh_generation_publish(*single, &manifest, KH_STR(""), &err), &err);
}

/* Ids of the live documents of a term, in the order of their numbers in the samples. */
static size_t ids_of(bool found[SAMPLES], kh_index *index, const char *term)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_error err;
    must(kh_posting_cursor_open(&cursor, kh_index_database(index), kh_str_from(term),
                                &err),
         &err);
    size_t n = 0;
    uint32_t document;
    memset(found, 0, SAMPLES * sizeof(found[0]));
    while (kh_posting_cursor_next(cursor, &document, NULL, &err) == KH_OK) {
        if (kh_index_is_dead(index, document))
            continue;
        kh_location at = kh_index_locate(index, document);
        cr_assert(eq(u32, kh_index_combine(index, at), document));
        kh_records *records = kh_segment_records(kh_index_segment(index, at.segment));
        kh_article article;
        must(kh_record_article(&article, NULL, records, at.document, scratch_arena(),
                               &err),
             &err);
        unsigned i;
        cr_assert(eq(int, sscanf(article.id.ptr, "https://example.org/%u", &i), 1));
        found[i] = true;
        kh_article sample = sample_article(i);
        kh_record_head head = kh_index_head(index, document);
        cr_expect(eq(u64, head.key, kh_article_key(sample.id)));
        cr_expect(eq(u32, head.date, kh_date_pack(&sample.date)));
        n++;
    }
    return n;
}

Test(index, of_three_segments_is_as_one)
{
    const char *three;
    const char *single;
    make_both(&three, &single);
    KH_AUTO(kh_index_free) kh_index *a = index_opened(three, 0);
    KH_AUTO(kh_index_free) kh_index *b = index_opened(single, 1);
    cr_expect(eq(sz, kh_index_n_segments(a), 3));
    cr_expect(kh_index_has_dead(a));
    cr_expect(not(kh_index_has_dead(b)));
    cr_expect(
        eq(u32, kh_index_manifest(a)->n_articles, kh_index_manifest(b)->n_articles));
    kh_error err;
    must(kh_generation_check(three, 1, NULL, &err), &err);

    const char *const terms[] = { "en:river", "es:agu", "en:number", "", "none" };
    for (size_t i = 0; i < KH_COUNT_OF(terms); i++) {
        bool in_three[SAMPLES];
        bool in_one[SAMPLES];
        cr_expect(eq(sz, ids_of(in_three, a, terms[i]), ids_of(in_one, b, terms[i])));
        cr_expect(eq(int, memcmp(in_three, in_one, sizeof(in_one)), 0));
    }
    size_t n;
    const kh_language *const *languages = kh_index_languages(a, &n);
    cr_assert(eq(sz, n, 3));
    for (size_t i = 0; i < n; i++)
        cr_expect(ne(ptr, (void *)languages[i]->stemmer, NULL));
}

Test(index, counts_tags_without_dead_articles)
{
    const char *three;
    const char *single;
    make_both(&three, &single);
    KH_AUTO(kh_index_free) kh_index *a = index_opened(three, 0);
    KH_AUTO(kh_index_free) kh_index *b = index_opened(single, 0);
    const char *const prefixes[] = { "", "indus", "r", "zzz" };
    for (size_t p = 0; p < KH_COUNT_OF(prefixes); p++) {
        kh_tag_entry *x;
        kh_tag_entry *y;
        size_t n_x;
        size_t n_y;
        kh_error err;
        kh_str prefix = kh_str_from(prefixes[p]);
        must(kh_index_tags(&x, &n_x, a, prefix, scratch_arena(), &err), &err);
        must(kh_index_tags(&y, &n_y, b, prefix, scratch_arena(), &err), &err);
        cr_assert(eq(sz, n_x, n_y));
        for (size_t i = 0; i < n_x; i++) {
            cr_expect(kh_str_equal(x[i].normal, y[i].normal));
            cr_expect(kh_str_equal(x[i].name, y[i].name));
            cr_expect(eq(u32, x[i].n_articles, y[i].n_articles));
            cr_expect(eq(u32, x[i].first, y[i].first));
            cr_expect(eq(u32, x[i].last, y[i].last));
        }
    }
}

Test(index, merges_vocabularies)
{
    const char *folder = printed("%s", scratch_path("index")).ptr;
    sample_pick picks[] = { is_in_first, is_in_second, is_in_third };
    kh_str segments[3];
    kh_error err;
    for (size_t i = 0; i < 3; i++)
        segments[i] = index_segment(folder, uuids[i], picks[i]);
    kh_manifest manifest = manifest_of(1, segments, 3, SAMPLES);
    must(kh_generation_publish(folder, &manifest, KH_STR(""), &err), &err);
    const char *whole = printed("%s", scratch_path("whole")).ptr;
    kh_str segment = index_segment(whole, uuids[3], NULL);
    manifest = manifest_of(1, &segment, 1, SAMPLES);
    must(kh_generation_publish(whole, &manifest, KH_STR(""), &err), &err);

    KH_AUTO(kh_index_free) kh_index *a = index_opened(folder, 0);
    KH_AUTO(kh_index_free) kh_index *b = index_opened(whole, 0);
    const struct {
        const char *prefix;
        size_t max;
    } cases[] = { { "", SIZE_MAX }, { "", 5 }, { "s", 3 }, { "educ", 10 }, { "x", 1 } };
    for (size_t c = 0; c < KH_COUNT_OF(cases); c++) {
        kh_spelling *x;
        kh_spelling *y;
        size_t n_x;
        size_t n_y;
        size_t forms_x;
        size_t forms_y;
        kh_str prefix = kh_str_from(cases[c].prefix);
        must(kh_index_prefix(&x, &n_x, &forms_x, a, prefix, cases[c].max,
                             scratch_arena(), &err),
             &err);
        must(kh_index_prefix(&y, &n_y, &forms_y, b, prefix, cases[c].max,
                             scratch_arena(), &err),
             &err);
        cr_expect(eq(sz, forms_x, forms_y));
        cr_assert(eq(sz, n_x, n_y));
        for (size_t i = 0; i < n_x; i++) {
            cr_expect(eq(int, kh_spelling_compare(&x[i], &y[i]), 0));
            cr_expect(eq(u32, x[i].n_documents, y[i].n_documents));
            kh_spelling *found;
            size_t n_found;
            must(kh_index_spellings(&found, &n_found, a, x[i].form, scratch_arena(),
                                    &err),
                 &err);
            cr_expect(ge(sz, n_found, 1));
        }
    }
}

Test(index, finds_articles_by_ref)
{
    const char *three;
    const char *single;
    make_both(&three, &single);
    KH_AUTO(kh_index_free) kh_index *index = index_opened(three, 0);
    for (unsigned i = 0; i < SAMPLES; i++) {
        char letters[KH_KEY_CHARS + 1];
        kh_article_key_text(letters, kh_article_key(sample_article(i).id));
        kh_error err;
        uint32_t found[4];
        size_t n;
        must(kh_index_find(found, &n, 4, index, kh_str_make(letters, KH_REF_CHARS),
                           &err),
             &err);
        cr_assert(eq(sz, n, is_live(i) ? 1 : 0));
        if (n == 1)
            cr_expect(eq(u64, kh_index_head(index, found[0]).key,
                         kh_article_key(sample_article(i).id)));
        must(kh_index_find(found, &n, 4, index, kh_str_from(letters), &err), &err);
        cr_expect(eq(sz, n, is_live(i) ? 1 : 0));
    }
    kh_error err;
    uint32_t found[3];
    size_t n;
    must(kh_index_find(found, &n, 3, index, KH_STR("uuuuuuuu"), &err), &err);
    cr_expect(eq(sz, n, 0));
}

Test(index, of_no_segment_is_empty)
{
    const char *folder = printed("%s", scratch_path("index")).ptr;
    kh_manifest manifest = manifest_of(1, NULL, 0, 0);
    kh_error err;
    must(kh_folder_make(folder, &err), &err);
    must(kh_generation_publish(folder, &manifest, KH_STR(""), &err), &err);
    KH_AUTO(kh_index_free) kh_index *index = index_opened(folder, 0);
    cr_expect(eq(ptr, kh_index_database(index), NULL));
    uint32_t found[1];
    size_t n;
    must(kh_index_find(found, &n, 1, index, KH_STR("k7m2qx9f"), &err), &err);
    cr_expect(eq(sz, n, 0));
}

Test(index, says_what_it_cannot_open)
{
    kh_index *index;
    kh_error err;
    cr_expect(eq(int, kh_index_open(&index, scratch_path("none"), 0, &err),
                 KH_ERR_NOT_FOUND));
    const char *folder = printed("%s", scratch_path("index")).ptr;
    kh_str segment = index_segment(folder, uuids[0], is_in_old);
    kh_manifest manifest = manifest_of(1, &segment, 1, 3);
    must(kh_generation_publish(folder, &manifest, KH_STR(""), &err), &err);
    cr_expect(eq(int, kh_index_open(&index, folder, 9, &err), KH_ERR_NOT_FOUND));

    manifest = manifest_of(2, &segment, 1, 3);
    manifest.fingerprint = KH_STR("khabar layout 3, analysis 99, record 1");
    must(kh_generation_publish(folder, &manifest, KH_STR(""), &err), &err);
    cr_expect(eq(int, kh_index_open(&index, folder, 0, &err), KH_ERR_VERSION));
    cr_expect(eq(int, kh_generation_check(folder, 2, NULL, &err), KH_ERR_VERSION));

    kh_str gone = KH_STR("55555555-5555-4555-8555-555555555555");
    kh_str path = printed("%s/segments/%s", folder, gone.ptr);
    write_segment(path.ptr, is_in_old);
    manifest = manifest_of(3, &gone, 1, 3);
    must(kh_generation_publish(folder, &manifest, KH_STR(""), &err), &err);
    must(kh_folder_remove(path.ptr, &err), &err);
    cr_expect(eq(int, kh_index_open(&index, folder, 0, &err), KH_ERR_CORRUPT));
}

Test(index, stays_readable_while_its_generation_is_pruned)
{
    const char *folder = printed("%s", scratch_path("index")).ptr;
    kh_error err;
    kh_str old = index_segment(folder, uuids[0], is_in_old);
    kh_manifest manifest = manifest_of(1, &old, 1, 3);
    must(kh_generation_publish(folder, &manifest, KH_STR(""), &err), &err);
    KH_AUTO(kh_index_free) kh_index *index = index_opened(folder, 0);

    kh_str fresh = index_segment(folder, uuids[1], is_in_second);
    manifest = manifest_of(2, &fresh, 1, 13);
    must(kh_generation_publish(folder, &manifest, KH_STR(""), &err), &err);
    must(kh_generation_prune(folder, 1, &err), &err);

    bool found[SAMPLES];
    cr_expect(eq(sz, ids_of(found, index, ""), 3));
    kh_spelling *spellings;
    size_t n;
    must(kh_index_spellings(&spellings, &n, index, KH_STR("river"), scratch_arena(),
                            &err),
         &err);
    cr_expect(eq(sz, n, 1));
    kh_tag_entry *tags;
    must(kh_index_tags(&tags, &n, index, KH_STR(""), scratch_arena(), &err), &err);
    cr_expect(gt(sz, n, 0));

    KH_AUTO(kh_index_free) kh_index *again = index_opened(folder, 0);
    cr_expect(eq(u32, kh_index_manifest(again)->number, 2));
}
