/* glass_random - databases drawn from seeds, written, checked and read back, for as
 * long as is asked for.
 *
 *   glass_random [--seconds N] [--seed S] [FOLDER]
 *
 * Writes below FOLDER (/tmp if none is named) and leaves what failed there; the seed is
 * printed with it. Exit code 1 for a failure. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "support/glass_made.h"

typedef struct run {
    const char *folder;
    uint64_t seconds;
    uint64_t seed;
} run;

static bool read_arguments(run *out, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        kh_str name = kh_str_from(argv[i]);
        bool is_seconds = kh_str_equal(name, KH_STR("--seconds"));
        bool is_seed = kh_str_equal(name, KH_STR("--seed"));
        unsigned long long number;
        if (!is_seconds && !is_seed) {
            out->folder = argv[i];
            continue;
        }
        if (++i == argc || !kh_str_number(kh_str_from(argv[i]), UINT32_MAX, &number))
            return false;
        if (is_seconds)
            out->seconds = number;
        else
            out->seed = number;
    }
    return true;
}

/* The same content must be in a compact copy, which counts documents anew. */
static kh_status try_compact(const made *content, const char *path, kh_error *err)
{
    KH_AUTO_BUF compact;
    kh_buf_init(&compact, KH_BUF_MAX);
    kh_buf_printf(&compact, "%s-compact", path);
    kh_status status = kh_database_compact(path, kh_buf_text(&compact), err);
    if (status == KH_OK)
        status = made_compare(content, kh_buf_text(&compact), err);
    return status == KH_OK ? kh_folder_remove(kh_buf_text(&compact), err) : status;
}

static kh_status try_seed(const char *path, uint64_t seed, kh_error *err)
{
    made_shape shape = made_shape_of(seed);
    KH_AUTO(made_free) made *content = made_open(&shape);
    kh_status status = made_write(content, path, made_block_of(seed), err);
    if (status == KH_OK)
        status = made_compare(content, path, err);
    if (status == KH_OK && !content->has_gaps)
        status = try_compact(content, path, err);
    return status == KH_OK ? kh_folder_remove(path, err) : status;
}

int main(int argc, char **argv)
{
    run r = { .folder = "/tmp", .seconds = 60, .seed = 1 };
    if (!read_arguments(&r, argc, argv)) {
        fprintf(stderr, "usage: glass_random [--seconds N] [--seed S] [FOLDER]\n");
        return 2;
    }
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_printf(&path, "%s/kh-glass-random-%ld", r.folder, (long)getpid());
    uint64_t end = kh_clock_ms() + r.seconds * 1000;
    uint64_t seed = r.seed;
    for (; kh_clock_ms() < end; seed++) {
        kh_error err = { 0 };
        if (try_seed(kh_buf_text(&path), seed, &err) == KH_OK)
            continue;
        fprintf(stderr, "glass_random: seed %" PRIu64 ", '%s': %s\n", seed,
                kh_buf_text(&path), err.message);
        return 1;
    }
    printf("%" PRIu64 " databases, seeds %" PRIu64 " to %" PRIu64 "\n", seed - r.seed,
           r.seed, seed - 1);
    return 0;
}
