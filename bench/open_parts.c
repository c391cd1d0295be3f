/* open_parts - where a whole process of khabar spends its time before it prints.
 *
 *   open_parts INDEX RUNS QUERY
 *
 * Prints PART<TAB>wall ns, RUNS lines each. Every part of every run is a process of its
 * own, so that nothing is warm but the pages of the files. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "query/run.h"

typedef enum part {
    PART_MANIFEST,
    PART_POSTINGS,
    PART_RECORDS,
    PART_INDEX,
    PART_SEARCH,
    PART_FIRST_QUERY,
    PART_NEXT_QUERY,
    N_PARTS,
} part;

static const char *const part_names[N_PARTS] = {
    "manifest read", "postings opened", "records mapped", "index opened",
    "search opened", "first query",     "the same again",
};

typedef struct subject {
    const char *folder;
    kh_settings settings;
    kh_session session;
    kh_arena *arena;
    kh_buf segment; /* path of the first */
} subject;

static int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static kh_status read_manifest(kh_manifest *out, subject *s, kh_error *err)
{
    uint32_t generation;
    kh_status status = kh_generation_current(&generation, s->folder, err);
    if (status == KH_OK)
        status = kh_manifest_read(out, s->folder, generation, s->arena, err);
    return status;
}

/* What has to be there before a part can be timed. */
static kh_status prepare(subject *s, part which, kh_error *err)
{
    kh_status status = KH_OK;
    bool is_found;
    if (which >= PART_SEARCH)
        status = kh_index_open(&s->session.index, s->folder, 0, err);
    if (status == KH_OK && which >= PART_FIRST_QUERY)
        status = kh_search_open(&s->session.search, s->session.index, err);
    if (status == KH_OK && which == PART_NEXT_QUERY)
        status = kh_session_query(&s->session, s->settings.query, KH_STR("q"),
                                  &is_found, err);
    return status;
}

static kh_status run_part(subject *s, part which, kh_error *err)
{
    kh_manifest manifest;
    kh_database *database = NULL;
    kh_records *records = NULL;
    bool is_found;
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, kh_buf_text(&s->segment), "postings");
    const char *postings = kh_buf_text(&path);
    switch (which) {
    case PART_MANIFEST:
        return read_manifest(&manifest, s, err);
    case PART_POSTINGS:
        return kh_database_open(&database, &postings, 1, err);
    case PART_RECORDS:
        return kh_records_open(&records, kh_buf_text(&s->segment), err);
    case PART_INDEX:
        return kh_index_open(&s->session.index, s->folder, 0, err);
    case PART_SEARCH:
        return kh_search_open(&s->session.search, s->session.index, err);
    default:
        return kh_session_query(&s->session, s->settings.query, KH_STR("q"), &is_found,
                                err);
    }
}

static int time_part(subject *s, part which)
{
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        kh_error err = { 0 };
        kh_status status = prepare(s, which, &err);
        int64_t start = now_ns();
        if (status == KH_OK)
            status = run_part(s, which, &err);
        int64_t wall = now_ns() - start;
        if (status == KH_OK)
            printf("%s\t%" PRId64 "\n", part_names[which], wall);
        else
            fprintf(stderr, "open_parts: %s\n", err.message);
        (void)fflush(stdout);
        _exit(status == KH_OK ? 0 : 2);
    }
    int state = 0;
    bool is_well = child > 0 && waitpid(child, &state, 0) == child &&
                   WIFEXITED(state) && WEXITSTATUS(state) == 0;
    return is_well ? 0 : 2;
}

/* An index made for measuring has one segment. */
static kh_status find_segment(subject *s, kh_error *err)
{
    kh_names names = { 0 };
    KH_AUTO_BUF segments;
    kh_buf_init(&segments, KH_BUF_MAX);
    kh_path_join(&segments, s->folder, "segments");
    kh_status status = kh_folder_list(&names, kh_buf_text(&segments), err);
    if (status == KH_OK && names.n == 0)
        status = kh_fail(err, KH_ERR_NOT_FOUND, "no segment in '%s'", s->folder);
    if (status == KH_OK)
        kh_path_join(&s->segment, kh_buf_text(&segments), names.names[0]);
    kh_names_release(&names);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: open_parts INDEX RUNS QUERY\n");
        return 2;
    }
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    subject s = { .folder = argv[1], .arena = arena };
    const char *arguments[] = { "open_parts", "--json", "-F",   "--index",
                                argv[1],      "--",     argv[3] };
    kh_error err = { 0 };
    kh_buf_init(&s.segment, KH_BUF_MAX);
    kh_buf_init(&s.session.out, KH_BUF_MAX);
    kh_status status =
        kh_settings_read(&s.settings, 7, (char *const *)arguments, arena, &err);
    if (status == KH_OK)
        status = find_segment(&s, &err);
    s.session.settings = &s.settings;
    s.session.arena = arena;
    int code = status == KH_OK ? 0 : kh_session_error(&s.session, &err);
    for (int run = 0; run < atoi(argv[2]) && code == 0; run++)
        for (int which = 0; which < N_PARTS && code == 0; which++)
            code = time_part(&s, (part)which);
    kh_buf_release(&s.segment);
    kh_buf_release(&s.session.out);
    return code;
}
