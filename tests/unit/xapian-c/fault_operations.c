/* fault_operations - see fault_operations.h. */
#include "fault_operations.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

#include "scratch.h"

const kh_status expected[KH_FAULT_COUNT] = {
    [KH_FAULT_ASSERTION] = KH_ERR_ENGINE,
    [KH_FAULT_INVALID_ARGUMENT] = KH_ERR_ARGUMENT,
    [KH_FAULT_INVALID_OPERATION] = KH_ERR_ENGINE,
    [KH_FAULT_UNIMPLEMENTED] = KH_ERR_ENGINE,
    [KH_FAULT_DATABASE] = KH_ERR_CORRUPT,
    [KH_FAULT_DATABASE_ERRNO] = KH_ERR_IO,
    [KH_FAULT_DATABASE_CORRUPT] = KH_ERR_CORRUPT,
    [KH_FAULT_DATABASE_CREATE] = KH_ERR_IO,
    [KH_FAULT_DATABASE_LOCKED] = KH_ERR_LOCKED,
    [KH_FAULT_DATABASE_UNLOCKABLE] = KH_ERR_IO,
    [KH_FAULT_DATABASE_MODIFIED] = KH_ERR_ENGINE,
    [KH_FAULT_DATABASE_OPENING] = KH_ERR_CORRUPT,
    [KH_FAULT_DATABASE_OPENING_ERRNO] = KH_ERR_IO,
    [KH_FAULT_DATABASE_VERSION] = KH_ERR_VERSION,
    [KH_FAULT_DATABASE_NOT_FOUND] = KH_ERR_NOT_FOUND,
    [KH_FAULT_DATABASE_CLOSED] = KH_ERR_ENGINE,
    [KH_FAULT_DOCUMENT_NOT_FOUND] = KH_ERR_CORRUPT, /* unless a document was named */
    [KH_FAULT_FEATURE_UNAVAILABLE] = KH_ERR_ENGINE,
    [KH_FAULT_INTERNAL] = KH_ERR_ENGINE,
    [KH_FAULT_NETWORK] = KH_ERR_IO,
    [KH_FAULT_NETWORK_TIMEOUT] = KH_ERR_IO,
    [KH_FAULT_QUERY_PARSER] = KH_ERR_ENGINE,
    [KH_FAULT_SERIALISATION] = KH_ERR_ENGINE,
    [KH_FAULT_RANGE] = KH_ERR_ENGINE,
    [KH_FAULT_WILDCARD] = KH_ERR_ENGINE,
    [KH_FAULT_BAD_ALLOC] = KH_ERR_LIMIT,
    [KH_FAULT_LENGTH] = KH_ERR_CORRUPT,
    [KH_FAULT_RUNTIME] = KH_ERR_ENGINE,
    [KH_FAULT_INT] = KH_ERR_ENGINE,
};

kh_fault the_fault;
unsigned the_point;
bool is_of_allocations;
bool was_thrown;

void arm(void)
{
    if (is_of_allocations)
        kh_fault_arm_allocation(the_point);
    else
        kh_fault_arm(the_fault, the_point);
}

void disarm(void)
{
    was_thrown = kh_fault_disarm();
}

int untouched_marker;

const char *database_path(void)
{
    static char path[160];
    snprintf(path, sizeof(path), "%s", scratch_path("db"));
    return path;
}

static kh_status open_database(kh_error *err)
{
    const char *const paths[] = { database_path(), database_path() };
    kh_database *database = UNTOUCHED;
    arm();
    kh_status status = kh_database_open(&database, paths, 2, err);
    disarm();
    if (status == KH_OK)
        kh_database_free(database);
    else
        cr_expect(eq(ptr, database, UNTOUCHED));
    return status;
}

kh_status read_statistics(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    kh_database_stats stats = { .n_documents = 999, .total_length = 999 };
    arm();
    kh_status status = kh_database_statistics(&stats, database, err);
    disarm();
    if (status != KH_OK)
        cr_expect(stats.n_documents == 999 && stats.total_length == 999);
    return status;
}

static kh_status read_term(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    kh_term_stats stats = { 999, 999, 999 };
    arm();
    kh_status status = kh_database_term(&stats, database, word(0), err);
    disarm();
    if (status != KH_OK)
        cr_expect(stats.n_documents == 999 && stats.n_occurrences == 999);
    return status;
}

static kh_status read_frequency(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    kh_term_frequency frequency = { 999, 999 };
    kh_fault_refuse(2); /* of two looks one by the engine */
    arm();
    kh_status status = kh_database_frequency(&frequency, database, word(0), err);
    disarm();
    kh_fault_refuse(0);
    if (status != KH_OK)
        cr_expect(frequency.n_documents == 999 && frequency.n_occurrences == 999);
    return status;
}

static kh_status read_length(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    uint32_t length = 999;
    arm();
    kh_status status = kh_database_length(&length, database, 3, err);
    disarm();
    if (status != KH_OK)
        cr_expect(eq(u32, length, 999));
    return status;
}

/* A read that appends to a buffer, which must stay empty on failure. */
typedef kh_status append(kh_buf *out, kh_database *database, kh_error *err);

static kh_status read_appended(append *read, kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    KH_AUTO_BUF out;
    kh_buf_init(&out, 1000);
    arm();
    kh_status status = read(&out, database, err);
    disarm();
    cr_expect(status == KH_OK ? out.len > 0 : out.len == 0);
    return status;
}

static kh_status append_value(kh_buf *out, kh_database *database, kh_error *err)
{
    return kh_database_value(out, database, 2, 0, err);
}

static kh_status append_data(kh_buf *out, kh_database *database, kh_error *err)
{
    return kh_database_data(out, database, 2, err);
}

static kh_status append_metadata(kh_buf *out, kh_database *database, kh_error *err)
{
    return kh_database_metadata(out, database, KH_STR("m1"), err);
}

static kh_status read_value(kh_error *err)
{
    return read_appended(append_value, err);
}

static kh_status read_data(kh_error *err)
{
    return read_appended(append_data, err);
}

/* By the engine: what is read without it throws nothing. */
static kh_status append_metadata_from(kh_buf *out, kh_database *database, kh_error *err)
{
    KH_AUTO_BUF key;
    kh_buf_init(&key, KH_BUF_MAX);
    kh_fault_refuse(1);
    kh_status status =
        kh_database_metadata_from(&key, out, database, KH_STR("m0x"), err);
    kh_fault_refuse(0);
    return status;
}

static kh_status read_metadata_from(kh_error *err)
{
    return read_appended(append_metadata_from, err);
}

static kh_status read_metadata(kh_error *err)
{
    return read_appended(append_metadata, err);
}

static kh_status open_terms(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    kh_term_cursor *cursor = UNTOUCHED;
    arm();
    kh_status status = kh_term_cursor_open(&cursor, database, KH_STR("w"), false, err);
    disarm();
    if (status == KH_OK)
        kh_term_cursor_free(cursor);
    else
        cr_expect(eq(ptr, cursor, UNTOUCHED));
    return status;
}

static kh_term_cursor *terms(kh_database *database)
{
    kh_term_cursor *cursor = NULL;
    cr_assert(eq(int, kh_term_cursor_open(&cursor, database, KH_STR("w"), false, NULL),
                 KH_OK));
    return cursor;
}

static kh_status next_term(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = terms(database);
    kh_str term = { UNTOUCHED, 999 };
    uint32_t n = 999;
    arm();
    kh_status status = kh_term_cursor_next(cursor, &term, &n, err);
    disarm();
    if (status != KH_OK) {
        cr_expect(term.ptr == (char *)UNTOUCHED && term.len == 999 && n == 999);
        cr_expect(eq(int, kh_term_cursor_next(cursor, &term, &n, NULL), status));
        cr_expect(eq(int, kh_term_cursor_seek(cursor, KH_STR(""), NULL), status));
    }
    return status;
}

static kh_status seek_term(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = terms(database);
    arm();
    kh_status status = kh_term_cursor_seek(cursor, KH_STR("w5"), err);
    disarm();
    return status;
}

static kh_status open_postings(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    kh_posting_cursor *cursor = UNTOUCHED;
    arm();
    kh_status status = kh_posting_cursor_open(&cursor, database, word(1), err);
    disarm();
    if (status == KH_OK)
        kh_posting_cursor_free(cursor);
    else
        cr_expect(eq(ptr, cursor, UNTOUCHED));
    return status;
}

static kh_posting_cursor *postings(kh_database *database)
{
    kh_posting_cursor *cursor = NULL;
    cr_assert(eq(int, kh_posting_cursor_open(&cursor, database, word(1), NULL), KH_OK));
    return cursor;
}

static kh_status next_posting(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = postings(database);
    uint32_t document = 999;
    uint32_t wdf = 999;
    arm();
    kh_status status = kh_posting_cursor_next(cursor, &document, &wdf, err);
    disarm();
    if (status != KH_OK) {
        cr_expect(document == 999 && wdf == 999);
        cr_expect(
            eq(int, kh_posting_cursor_next(cursor, &document, NULL, NULL), status));
        cr_expect(eq(int, kh_posting_cursor_seek(cursor, 1, NULL), status));
    }
    return status;
}

static kh_status seek_posting(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = postings(database);
    arm();
    kh_status status = kh_posting_cursor_seek(cursor, 5, err);
    disarm();
    return status;
}

/* A folder that no earlier operation has used. */
static const char *new_path(void)
{
    static unsigned n;
    char name[32];
    snprintf(name, sizeof(name), "new%u", n++);
    return scratch_path(name);
}

static kh_status open_writer(kh_error *err)
{
    kh_writer *writer = UNTOUCHED;
    arm();
    kh_status status = kh_writer_open(&writer, new_path(), err);
    disarm();
    if (status == KH_OK)
        kh_writer_free(writer);
    else
        cr_expect(eq(ptr, writer, UNTOUCHED));
    return status;
}

static kh_writer *new_writer(const char *path)
{
    kh_writer *writer = NULL;
    cr_assert(eq(int, kh_writer_open(&writer, path, NULL), KH_OK));
    return writer;
}

static kh_status add_document(kh_writer *writer, uint32_t *number, kh_error *err)
{
    kh_posting posting = { KH_STR("a"), 1 };
    kh_value value = { 0, KH_STR("v") };
    kh_document document = { &posting, 1, &value, 1, KH_STR("data") };
    return kh_writer_add(writer, &document, number, err);
}

/* A writer that failed takes no more, and nothing that it had is there. */
static void expect_broken(kh_writer *writer, const char *path)
{
    kh_database_stats stats;
    cr_expect(eq(int, kh_writer_commit(writer, NULL), KH_ERR_ENGINE));
    kh_writer_free(writer);
    KH_AUTO(kh_database_free) kh_database *database = database_of(path);
    cr_assert(eq(int, kh_database_statistics(&stats, database, NULL), KH_OK));
    cr_expect(eq(u32, stats.n_documents, 0));
}

static kh_status add(kh_error *err)
{
    const char *path = new_path();
    kh_writer *writer = new_writer(path);
    uint32_t number = 999;
    arm();
    kh_status status = add_document(writer, &number, err);
    disarm();
    if (status == KH_OK) {
        kh_writer_free(writer);
        return status;
    }
    cr_expect(eq(u32, number, 999));
    expect_broken(writer, path);
    return status;
}

static kh_status set_metadata(kh_error *err)
{
    const char *path = new_path();
    kh_writer *writer = new_writer(path);
    cr_assert(eq(int, add_document(writer, NULL, NULL), KH_OK));
    arm();
    kh_status status = kh_writer_set_metadata(writer, KH_STR("k"), KH_STR("v"), err);
    disarm();
    if (status == KH_OK)
        kh_writer_free(writer);
    else
        expect_broken(writer, path);
    return status;
}

/* What a failed commit leaves is all or nothing. */
static void expect_all_or_nothing(const char *path)
{
    kh_database_stats stats;
    KH_AUTO(kh_database_free) kh_database *database = database_of(path);
    cr_assert(eq(int, kh_database_statistics(&stats, database, NULL), KH_OK));
    cr_expect(le(u32, stats.n_documents, 1));
    kh_error err = { 0 };
    cr_expect(eq(int, kh_database_check(path, NULL, &err), KH_OK), "point %u: %s",
              the_point, err.message);
}

static kh_status commit(kh_error *err)
{
    const char *path = new_path();
    kh_writer *writer = new_writer(path);
    cr_assert(eq(int, add_document(writer, NULL, NULL), KH_OK));
    arm();
    kh_status status = kh_writer_commit(writer, err);
    disarm();
    if (status != KH_OK)
        cr_expect(eq(int, add_document(writer, NULL, NULL), KH_ERR_ENGINE));
    kh_writer_free(writer);
    expect_all_or_nothing(path);
    return status;
}

static kh_status close_writer(kh_error *err)
{
    const char *path = new_path();
    kh_writer *writer = new_writer(path);
    cr_assert(eq(int, add_document(writer, NULL, NULL), KH_OK));
    arm();
    kh_status status = kh_writer_close(writer, err);
    disarm();
    expect_all_or_nothing(path);
    return status;
}

/* Freeing has nobody to tell: it must only end well. */
static kh_status free_writer(kh_error *err)
{
    kh_writer *writer = new_writer(new_path());
    cr_assert(eq(int, add_document(writer, NULL, NULL), KH_OK));
    arm();
    kh_writer_free(writer);
    disarm();
    if (!was_thrown || is_of_allocations)
        return KH_OK;
    snprintf(err->message, sizeof(err->message), "injected");
    return expected[the_fault];
}

static const kh_match_options bm25 = {
    .limit = 5, .k1 = 1.2, .b = 0.75, .min_normalised_length = 0.5
};

/* Every builder; what fails in one of them is told by the last. */
static kh_status build_query(kh_error *err)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, 1000);
    arm();
    KH_AUTO(kh_query_free) kh_query *a = kh_query_term(KH_STR("a"), 1);
    KH_AUTO(kh_query_free) kh_query *all = kh_query_all();
    KH_AUTO(kh_query_free) kh_query *none = kh_query_none();
    const kh_query *const leaves[] = { a, all, none };
    KH_AUTO(kh_query_free) kh_query *and = kh_query_and(leaves, 3);
    KH_AUTO(kh_query_free) kh_query * or = kh_query_or(leaves, 3);
    KH_AUTO(kh_query_free) kh_query *group = kh_query_group(leaves, 2);
    KH_AUTO(kh_query_free) kh_query *not = kh_query_not(all, and);
    KH_AUTO(kh_query_free) kh_query *filter = kh_query_filter(not, or);
    KH_AUTO(kh_query_free) kh_query *maybe = kh_query_maybe(filter, group);
    KH_AUTO(kh_query_free) kh_query *top = kh_query_scale(maybe, 2);
    kh_status status = kh_query_describe(&out, top, err);
    disarm();
    cr_expect(status == KH_OK ? out.len > 0 : out.len == 0);
    if (status == KH_OK || !was_thrown)
        return status;

    /* Running tells the same, unless it was the describing that failed. */
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    kh_matches found;
    kh_status run = kh_match_run(&found, database, top, &bm25, NULL);
    cr_expect(run == status || run == KH_OK);
    if (run == KH_OK)
        kh_matches_release(&found);
    return status;
}

static kh_status run_match(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    KH_AUTO(kh_query_free) kh_query *query = kh_query_term(word(1), 1);
    kh_matches found = { .matches = UNTOUCHED, .n = 999 };
    arm();
    kh_status status = kh_match_run(&found, database, query, &bm25, err);
    disarm();
    if (status == KH_OK)
        kh_matches_release(&found);
    else
        cr_expect(found.matches == UNTOUCHED && found.n == 999);
    return status;
}

/* Words, a filter and a word that must not be there, of the archive of 20 documents. */
typedef struct asking {
    kh_str words[4];
    kh_rank_group groups[2];
    kh_rank_terms filter;
    kh_rank_terms never;
    unsigned char lengths[20 * 4];
    kh_rank_source source;
    kh_rank_request request;
} asking;

static const kh_rank_request *ask(asking *a, kh_database *database)
{
    static const unsigned words[] = { 1, 5, 6, 7 };
    for (unsigned i = 0; i < 4; i++)
        a->words[i] = word(words[i]);
    a->groups[0] = (kh_rank_group){ { &a->words[0], 1 }, 1, false, 0 };
    a->groups[1] = (kh_rank_group){ { &a->words[1], 2 }, 1, false, 0 };
    a->filter = (kh_rank_terms){ &a->words[0], 1 };
    a->never = (kh_rank_terms){ &a->words[3], 1 };
    memset(a->lengths, 0, sizeof(a->lengths));
    for (unsigned d = 1; d <= 20; d++)
        a->lengths[(d - 1) * 4] = (unsigned char)archive_length(d);
    a->source = (kh_rank_source){
        .database = database, .lengths = a->lengths, .stride = 4, .n_lengths = 20
    };
    a->request = (kh_rank_request){ .groups = a->groups,
                                    .n_groups = 2,
                                    .filters = &a->filter,
                                    .n_filters = 1,
                                    .nevers = &a->never,
                                    .n_nevers = 1,
                                    .limit = 5,
                                    .k1 = 1.2,
                                    .b = 0.75,
                                    .min_normalised_length = 0.5 };
    return &a->request;
}

static kh_status run_rank(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    asking asked;
    const kh_rank_request *request = ask(&asked, database);
    kh_rank_result found = { .matches = UNTOUCHED, .n = 999 };
    arm();
    kh_status status = kh_rank_run(&found, &asked.source, 1, request, err);
    disarm();
    if (status == KH_OK)
        kh_rank_release(&found);
    else
        cr_expect(found.matches == UNTOUCHED && found.n == 999);
    return status;
}

static kh_status walk_rank(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(database_path());
    asking asked;
    const kh_rank_request *request = ask(&asked, database);
    kh_rank_documents found = { .documents = UNTOUCHED, .n = 999 };
    arm();
    kh_status status = kh_rank_walk(&found, &asked.source, 1, request, err);
    disarm();
    if (status == KH_OK)
        kh_rank_documents_release(&found);
    else
        cr_expect(found.documents == UNTOUCHED && found.n == 999);
    return status;
}

static kh_status check(kh_error *err)
{
    arm();
    kh_status status = kh_database_check(database_path(), NULL, err);
    disarm();
    return status;
}

static kh_status compact(kh_error *err)
{
    const char *to = new_path();
    arm();
    kh_status status = kh_database_compact(database_path(), to, err);
    disarm();
    cr_expect(eq(int, kh_path_exists(to), status == KH_OK));
    return status;
}

const fault_operation operations[] = {
    { "open database", open_database, false },
    { "statistics", read_statistics, false },
    { "term", read_term, false },
    { "frequency", read_frequency, false },
    { "metadata from a key", read_metadata_from, false },
    { "length", read_length, true },
    { "value", read_value, true },
    { "data", read_data, true },
    { "metadata", read_metadata, false },
    { "open terms", open_terms, false },
    { "next term", next_term, false },
    { "seek term", seek_term, false },
    { "open postings", open_postings, false },
    { "next posting", next_posting, false },
    { "seek posting", seek_posting, false },
    { "open writer", open_writer, false },
    { "add", add, false },
    { "set metadata", set_metadata, false },
    { "commit", commit, false },
    { "close", close_writer, false },
    { "free writer", free_writer, false },
    { "build query", build_query, false },
    { "match", run_match, false },
    { "match rare", match_rare, false },
    { "list rare", list_rare, false },
    { "rank", run_rank, false },
    { "walk", walk_rank, false },
    { "check", check, false },
    { "compact", compact, false },
};

const size_t n_operations = KH_COUNT_OF(operations);
