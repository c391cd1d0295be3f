/* Generations: publishing as one step, pruning, what was live when, checks. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "generation_paths.h"
#include "generation_publish.h"
#include "scratch.h"

TestSuite(generation, .init = scratch_open, .fini = scratch_free);

static const char one[] = "11111111-1111-4111-8111-111111111111";
static const char two[] = "22222222-2222-4222-8222-222222222222";

static bool is_few(unsigned i)
{
    return i < 4;
}

static kh_status publish(const char *index, uint32_t number, const char *uuid,
                         kh_error *err)
{
    kh_str segment = kh_str_from(uuid);
    kh_manifest manifest = manifest_of(number, &segment, 1, 4);
    return kh_generation_publish(index, &manifest, KH_STR("{\"line\":1}\n"), err);
}

static uint32_t current_of(const char *index)
{
    uint32_t number = 0;
    kh_error err;
    must(kh_generation_current(&number, index, &err), &err);
    return number;
}

static bool has(const char *index, const char *name)
{
    return kh_path_exists(printed("%s/%s", index, name).ptr);
}

/* An index with generations 1 to n of one segment. */
static const char *index_of(uint32_t n)
{
    const char *index = printed("%s", scratch_path("index")).ptr;
    index_segment(index, one, is_few);
    kh_error err;
    for (uint32_t i = 1; i <= n; i++)
        must(publish(index, i, one, &err), &err);
    return index;
}

Test(generation, is_live_once_published)
{
    const char *index = index_of(1);
    kh_error err;
    cr_expect(eq(u32, current_of(index), 1));
    cr_expect(kh_str_equal(scratch_read(printed("%s/current", index).ptr),
                           KH_STR("gen-000001\n")));
    KH_AUTO_BUF failures;
    kh_buf_init(&failures, KH_BUF_MAX);
    must(kh_generation_failures(&failures, index, 1, &err), &err);
    cr_expect(kh_str_equal(kh_buf_str(&failures), KH_STR("{\"line\":1}\n")));
    must(kh_generation_check(index, 1, NULL, &err), &err);
    uint32_t next;
    must(kh_generation_next(&next, index, &err), &err);
    cr_expect(eq(u32, next, 2));
    cr_expect(eq(int, publish(index, 1, one, &err), KH_ERR_ARGUMENT));
}

Test(generation, keeps_its_manifest)
{
    const char *index = printed("%s", scratch_path("index")).ptr;
    kh_str segments[] = { index_segment(index, one, is_few) };
    kh_str inputs[] = { KH_STR("/srv/archive"),
                        KH_STR("/srv/caf\xE9/\xF4\x8F\xBF\xBFx") };
    kh_str options[] = { KH_STR("--lang=en") };
    kh_str languages[] = { KH_STR("en"), KH_STR("es") };
    kh_input_file files[] = {
        { KH_STR("/srv/archive/a.jsonl"), 12345, 1749094200123456789, { "" } },
        { KH_STR("/srv/archive/b \"quoted\"\n.txt"), 0, -5, { "" } },
    };
    files[0].digest = kh_digest_of(KH_STR("a"));
    files[1].digest = kh_digest_of(KH_STR(""));
    kh_manifest manifest = manifest_of(1, segments, 1, 4);
    manifest.inputs = inputs;
    manifest.n_inputs = 2;
    manifest.options = options;
    manifest.n_options = 1;
    manifest.files = files;
    manifest.n_files = 2;
    manifest.languages = languages;
    manifest.n_languages = 2;
    manifest.n_skipped = 3;
    manifest.text_bytes = UINT64_C(5000000000);
    manifest.index_bytes = 77;
    manifest.first_date = 1000;
    manifest.last_date = 2000;
    manifest.n_tags = 9;
    manifest.build_ms = 4900;
    kh_error err;
    must(kh_generation_publish(index, &manifest, KH_STR(""), &err), &err);

    kh_manifest got;
    must(kh_manifest_read(&got, index, 1, scratch_arena(), &err), &err);
    cr_expect(eq(u32, got.number, 1));
    cr_expect(eq(i64, got.built_at, manifest.built_at));
    cr_expect(kh_str_equal(got.fingerprint, manifest.fingerprint));
    cr_expect(kh_str_equal(got.versions, manifest.versions));
    cr_assert(eq(sz, got.n_inputs, 2));
    cr_expect(kh_str_equal(got.inputs[0], inputs[0]));
    cr_expect(kh_str_equal(got.inputs[1], inputs[1]));
    cr_assert(eq(sz, got.n_options, 1));
    cr_expect(kh_str_equal(got.options[0], options[0]));
    cr_assert(eq(sz, got.n_files, 2));
    for (size_t i = 0; i < 2; i++) {
        cr_expect(kh_str_equal(got.files[i].path, files[i].path));
        cr_expect(eq(u64, got.files[i].bytes, files[i].bytes));
        cr_expect(eq(i64, got.files[i].mtime_ns, files[i].mtime_ns));
        cr_expect(eq(str, got.files[i].digest.hex, files[i].digest.hex));
    }
    cr_assert(eq(sz, got.n_segments, 1));
    cr_expect(kh_str_equal(got.segments[0], segments[0]));
    cr_assert(eq(sz, got.n_languages, 2));
    cr_expect(eq(u32, got.n_articles, 4));
    cr_expect(eq(u32, got.n_skipped, 3));
    cr_expect(eq(u64, got.text_bytes, manifest.text_bytes));
    cr_expect(eq(u64, got.index_bytes, 77));
    cr_expect(eq(u32, got.first_date, 1000));
    cr_expect(eq(u32, got.last_date, 2000));
    cr_expect(eq(u32, got.n_tags, 9));
    cr_expect(eq(u64, got.build_ms, 4900));
    cr_expect(kh_str_equal(got.phases, KH_STR("{\"read\":1}")));
}

Test(generation, keeps_names_of_any_bytes)
{
    kh_str names[] = {
        KH_STR("/a"),
        KH_STR("/\xE9t\xE9"),
        KH_STR("/\xF4\x8F\xBE\x81"),
        KH_STR("/a\xF4\x8F\xBE\x81"
               "b\xF4\x8F\xBF\x81"),
        KH_STR("/a\xF4\x8F\xBF\x81"
               "b\xF4\x8F\xBE\x81"),
        KH_STR("/\xF4\x8F\xBF\x81\xFF\xF4\x8F\xBF\x82\xF4\x8F\xBE\x83"),
    };
    const char *index = printed("%s", scratch_path("index")).ptr;
    kh_str segments[] = { index_segment(index, one, is_few) };
    kh_manifest manifest = manifest_of(1, segments, 1, 4);
    manifest.inputs = names;
    manifest.n_inputs = KH_COUNT_OF(names);
    kh_error err;
    must(kh_generation_publish(index, &manifest, KH_STR(""), &err), &err);

    kh_manifest got;
    must(kh_manifest_read(&got, index, 1, scratch_arena(), &err), &err);

    cr_assert(eq(sz, got.n_inputs, KH_COUNT_OF(names)));
    for (size_t i = 0; i < KH_COUNT_OF(names); i++)
        cr_expect(kh_str_equal(got.inputs[i], names[i]), "name %zu", i);
}

Test(generation, is_not_found_where_there_is_none)
{
    uint32_t number;
    kh_error err;
    kh_manifest manifest;
    cr_expect(eq(int, kh_generation_current(&number, scratch_path("none"), &err),
                 KH_ERR_NOT_FOUND));
    cr_expect(ne(chr, err.hint[0], '\0'));
    const char *index = index_of(1);
    cr_expect(eq(int, kh_manifest_read(&manifest, index, 7, scratch_arena(), &err),
                 KH_ERR_NOT_FOUND));
    cr_expect(eq(int, kh_generation_activate(index, 7, &err), KH_ERR_NOT_FOUND));
    scratch_write(printed("%s/current", index).ptr, KH_STR("gen-00000x\n"));
    cr_expect(eq(int, kh_generation_current(&number, index, &err), KH_ERR_CORRUPT));
}

/* Nothing says what is live, so nothing is debris, until one is made live again. */
Test(generation, lost_or_damaged_current_costs_no_generation)
{
    const char *index = index_of(2);
    const char *path = printed("%s/current", index).ptr;
    kh_error err;
    uint32_t number;
    static const char *const texts[] = { NULL, "", "gen-000009\n" };
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++) {
        if (texts[i] == NULL)
            cr_assert(eq(int, unlink(path), 0));
        else
            scratch_write(path, kh_str_from(texts[i]));
        cr_expect(eq(int, kh_generation_current(&number, index, &err), KH_ERR_CORRUPT));
        cr_expect(ne(ptr, strstr(err.hint, "rollback"), NULL));
        cr_expect(eq(int, kh_generation_clean(NULL, index, &err), KH_ERR_CORRUPT));
        cr_expect(has(index, "gen-000001"));
        cr_expect(has(index, "gen-000002"));
        uint32_t next = i == 1 ? 1 : 2;
        must(kh_generation_activate(index, next, &err), &err);
        cr_expect(eq(u32, current_of(index), next));
        must(kh_generation_clean(NULL, index, &err), &err);
        must(kh_generation_check(index, 1, NULL, &err), &err);
        must(kh_generation_check(index, 2, NULL, &err), &err);
    }
}

Test(generation, a_first_one_is_no_debris_once_it_was_live)
{
    const char *index = index_of(1);
    kh_error err;
    uint32_t number;
    cr_expect(eq(u32, kh_generation_left(index), 0));
    cr_assert(eq(int, unlink(printed("%s/current", index).ptr), 0));
    cr_expect(eq(int, kh_generation_current(&number, index, &err), KH_ERR_CORRUPT));
    cr_expect(eq(int, kh_generation_clean(NULL, index, &err), KH_ERR_CORRUPT));
    must(kh_generation_activate(index, 1, &err), &err);
    must(kh_generation_check(index, 1, NULL, &err), &err);
}

Test(generation, tells_which_was_left_last)
{
    const char *index = index_of(2);
    kh_error err;
    cr_expect(eq(u32, kh_generation_left(index), 1));
    must(kh_generation_activate(index, 1, &err), &err);
    cr_expect(eq(u32, kh_generation_left(index), 2));
}

/* A crash before each step leaves the old generation live and sound, and the next build
 * publishes. */
Test(generation, survives_a_crash_at_each_step)
{
    const char *index = index_of(1);
    index_segment(index, two, is_few);
    kh_error err;
    for (int step = KH_PUBLISH_WRITE; step <= KH_PUBLISH_CURRENT; step++) {
        must(kh_folder_make(printed("%s/tmp/runs", index).ptr, &err), &err);
        kh_publish_stop_before((kh_publish_step)step);
        cr_assert(eq(int, publish(index, 2, two, &err), KH_ERR_INTERRUPTED));
        kh_publish_stop_before(KH_PUBLISH_ALL);

        cr_assert(eq(u32, current_of(index), 1), "step %d", step);
        must(kh_generation_check(index, 1, NULL, &err), &err);
        must(kh_generation_clean(NULL, index, &err), &err);
        cr_assert(eq(u32, current_of(index), 1));
        must(kh_generation_check(index, 1, NULL, &err), &err);
        cr_expect(not(has(index, "gen-000002")));
        cr_expect(not(has(index, "gen-000002.tmp")));
        cr_expect(not(has(index, "tmp")));
        cr_expect(not(has(index, printed("segments/%s", two).ptr)));
        cr_expect(has(index, printed("segments/%s", one).ptr));
        index_segment(index, two, is_few);
    }
    must(publish(index, 2, two, &err), &err);
    cr_expect(eq(u32, current_of(index), 2));
    must(kh_generation_clean(NULL, index, &err), &err);
    cr_expect(has(index, "gen-000001"));
}

Test(generation, before_the_first_leaves_debris_that_clean_removes)
{
    const char *index = printed("%s", scratch_path("index")).ptr;
    index_segment(index, one, is_few);
    kh_error err;
    kh_publish_stop_before(KH_PUBLISH_ACTIVATE);
    cr_assert(eq(int, publish(index, 1, one, &err), KH_ERR_INTERRUPTED));
    kh_publish_stop_before(KH_PUBLISH_ALL);
    scratch_write(printed("%s/current.new-77", index).ptr, KH_STR("x"));
    uint32_t number;
    cr_expect(eq(int, kh_generation_current(&number, index, &err), KH_ERR_NOT_FOUND));
    must(kh_generation_clean(NULL, index, &err), &err);
    cr_expect(not(has(index, "gen-000001")));
    cr_expect(not(has(index, "current.new-77")));
    cr_expect(not(has(index, printed("segments/%s", one).ptr)));
}

Test(generation, is_kept_with_its_segments)
{
    const char *index = index_of(2);
    index_segment(index, two, is_few);
    kh_error err;
    must(publish(index, 3, two, &err), &err);
    must(publish(index, 4, two, &err), &err);

    must(kh_generation_prune(index, 3, &err), &err);
    cr_expect(not(has(index, "gen-000001")));
    cr_expect(has(index, "gen-000002"));
    cr_expect(has(index, printed("segments/%s", one).ptr));
    must(kh_generation_prune(index, 2, &err), &err);
    cr_expect(not(has(index, "gen-000002")));
    cr_expect(not(has(index, printed("segments/%s", one).ptr)));
    cr_expect(has(index, printed("segments/%s", two).ptr));
    must(kh_generation_prune(index, 2, &err), &err);
    must(kh_generation_check(index, 3, NULL, &err), &err);
    must(kh_generation_check(index, 4, NULL, &err), &err);
    cr_expect(eq(int, kh_generation_prune(index, 0, &err), KH_ERR_ARGUMENT));

    uint32_t *numbers;
    size_t n;
    must(kh_generation_list(&numbers, &n, index, scratch_arena(), &err), &err);
    cr_assert(eq(sz, n, 2));
    cr_expect(eq(u32, numbers[0], 3));
    cr_expect(eq(u32, numbers[1], 4));
}

Test(generation, is_rolled_back_and_remembered)
{
    const char *index = index_of(3);
    kh_error err;
    uint32_t from;
    int64_t when;
    cr_expect(eq(int, kh_generation_rolled_back(&from, &when, index, &err), KH_END));
    must(kh_generation_activate(index, 1, &err), &err);
    cr_expect(eq(u32, current_of(index), 1));
    must(kh_generation_rolled_back(&from, &when, index, &err), &err);
    cr_expect(eq(u32, from, 3));
    cr_expect(gt(i64, when, 1700000000));
    must(kh_generation_activate(index, 1, &err), &err);

    /* The one that was live last is 3, not the number before. */
    must(kh_generation_clean(NULL, index, &err), &err);
    must(kh_generation_prune(index, 2, &err), &err);
    cr_expect(has(index, "gen-000001"));
    cr_expect(not(has(index, "gen-000002")));
    cr_expect(has(index, "gen-000003"));
    uint32_t next;
    must(kh_generation_next(&next, index, &err), &err);
    cr_expect(eq(u32, next, 4));
    must(publish(index, 4, one, &err), &err);
    cr_expect(eq(int, kh_generation_rolled_back(&from, &when, index, &err), KH_END));
    must(kh_generation_prune(index, 2, &err), &err);
    cr_expect(not(has(index, "gen-000003")));
    cr_expect(has(index, "gen-000001"));
}

Test(generation, that_is_held_stays_and_lends_its_number_to_none)
{
    const char *index = index_of(4);
    kh_error err;
    must(kh_generation_activate(index, 3, &err), &err);
    must(kh_generation_activate(index, 1, &err), &err);
    must(kh_generation_activate(index, 2, &err), &err);

    must(kh_generation_prune(index, 1, &err), &err);

    uint32_t from;
    int64_t when;
    uint32_t next;
    cr_expect(not(has(index, "gen-000001")));
    cr_expect(has(index, "gen-000002"));
    cr_expect(not(has(index, "gen-000003")));
    cr_expect(has(index, "gen-000004"));
    must(kh_generation_rolled_back(&from, &when, index, &err), &err);
    cr_expect(eq(u32, from, 4));
    must(kh_generation_next(&next, index, &err), &err);
    cr_expect(eq(u32, next, 5));
}

Test(generation, that_cannot_be_read_keeps_all_segments)
{
    const char *index = index_of(1);
    index_segment(index, two, is_few);
    kh_error err;
    must(publish(index, 2, two, &err), &err);
    scratch_write(printed("%s/gen-000001/manifest.json", index).ptr, KH_STR("{"));
    must(kh_generation_clean(NULL, index, &err), &err);
    cr_expect(has(index, printed("segments/%s", one).ptr));
    must(kh_generation_prune(index, 1, &err), &err);
    cr_expect(not(has(index, printed("segments/%s", one).ptr)));
}

Test(generation, check_names_what_is_damaged)
{
    static const struct {
        const char *file;
        const char *named;
    } cases[] = {
        { "gen-000001/manifest.json", "manifest.json" },
        { "gen-000001/failures.jsonl", "failures.jsonl" },
        { "segments/11111111-1111-4111-8111-111111111111/segment.json",
          "segment.json" },
        { "segments/11111111-1111-4111-8111-111111111111/words", "words" },
        { "segments/11111111-1111-4111-8111-111111111111/codes", "codes" },
        { "segments/11111111-1111-4111-8111-111111111111/rest", "rest" },
        { "segments/11111111-1111-4111-8111-111111111111/places", "places" },
        { "segments/11111111-1111-4111-8111-111111111111/keys", "keys" },
        { "segments/11111111-1111-4111-8111-111111111111/lengths", "lengths" },
        { "segments/11111111-1111-4111-8111-111111111111/postings/postlist.glass",
          "postlist.glass" },
    };
    const char *index = index_of(1);
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_str path = printed("%s/%s", index, cases[i].file);
        kh_str good = scratch_read(path.ptr);
        char *bad = malloc(good.len);
        memcpy(bad, good.ptr, good.len);
        bad[good.len / 2] = (char)(bad[good.len / 2] ^ 1);
        scratch_write(path.ptr, kh_str_make(bad, good.len));
        free(bad);
        kh_error err;
        KH_AUTO_BUF log;
        kh_buf_init(&log, KH_BUF_MAX);
        cr_expect(eq(int, kh_generation_check(index, 1, &log, &err), KH_ERR_CORRUPT),
                  "%s", cases[i].file);
        cr_expect(ne(ptr, strstr(kh_buf_text(&log), cases[i].named), NULL), "%s: %s",
                  cases[i].file, kh_buf_text(&log));
        scratch_write(path.ptr, good);
    }
    kh_error err;
    must(kh_generation_check(index, 1, NULL, &err), &err);
}

Test(generation, check_counts_articles_and_dead_ones)
{
    const char *index = index_of(1);
    kh_error err;
    kh_str dead = printed("%s/gen-000001/dead-%s.bits", index, one);
    scratch_write(dead.ptr, KH_STR("\x02"));
    cr_expect(eq(int, kh_generation_check(index, 1, NULL, &err), KH_ERR_CORRUPT));
    scratch_write(dead.ptr, KH_STR("\x10")); /* a bit that is no document's */
    cr_expect(eq(int, kh_generation_check(index, 1, NULL, &err), KH_ERR_CORRUPT));
    cr_expect(ne(ptr, strstr(err.message, "dead-"), NULL));
}

Test(generation, last_run_is_what_was_written)
{
    const char *index = index_of(1);
    kh_error err;
    KH_AUTO_BUF json;
    kh_buf_init(&json, KH_BUF_MAX);
    must(kh_last_run_read(&json, index, &err), &err);
    cr_expect(eq(sz, json.len, 0));
    must(kh_last_run_write(index, KH_STR("{\"exit\":0}\n"), &err), &err);
    must(kh_last_run_read(&json, index, &err), &err);
    cr_expect(kh_str_equal(kh_buf_str(&json), KH_STR("{\"exit\":0}\n")));
}

Test(generation, fingerprints_of_other_versions_are_refused)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_str options[] = { KH_STR("--lang=en") };
    kh_fingerprint_write(&text, options, 1);
    kh_error err;
    must(kh_fingerprint_check(kh_buf_str(&text), "x", &err), &err);
    cr_expect(ne(ptr, strstr(kh_buf_text(&text), "options --lang=en"), NULL));
    cr_expect(ne(ptr, strstr(kh_buf_text(&text), "title="), NULL));

    const char *const others[] = {
        "khabar layout 3, analysis 99, record 1, weights",
        "nonsense",
        "",
        "khabar layout 9, analysis 1, record 1, weights",
        "khabar layout 3, analysis 1, record 7, weights",
    };
    for (size_t i = 0; i < KH_COUNT_OF(others); i++) {
        cr_expect(eq(int, kh_fingerprint_check(kh_str_from(others[i]), "/var/x", &err),
                     KH_ERR_VERSION));
        cr_expect(ne(ptr, strstr(err.hint, "khabar-index --index /var/x"), NULL));
    }
}

Test(generation, segments_have_names_of_their_own)
{
    char a[37];
    char b[37];
    kh_segment_name(a);
    kh_segment_name(b);
    cr_expect(eq(sz, strlen(a), 36));
    cr_expect(eq(chr, a[14], '4'));
    cr_expect(ne(str, a, b));
    cr_expect(kh_is_segment_name(kh_str_from(a)));
}
