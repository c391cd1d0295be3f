/* dump_database FOLDER - everything that a database holds, as lines, by way of the
 * engine's own readers: two that print the same hold the same. */
#include <stdio.h>

#include "xapian-c/database.h"

static void print_text(kh_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c > ' ' && c < 0x7F && c != '\\')
            putchar(c);
        else
            printf("\\%02x", c);
    }
}

static kh_status dump_postings(kh_database *database, kh_str term, kh_error *err)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_status status = kh_posting_cursor_open(&cursor, database, term, err);
    uint32_t document;
    uint32_t wdf;
    while (status == KH_OK &&
           (status = kh_posting_cursor_next(cursor, &document, &wdf, err)) == KH_OK)
        printf(" %u:%u", document, wdf);
    putchar('\n');
    return status == KH_END ? KH_OK : status;
}

static kh_status dump_terms(kh_database *database, kh_error *err)
{
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_status status = kh_term_cursor_open(&cursor, database, KH_STR(""), false, err);
    kh_str term;
    uint32_t n = 0;
    while (status == KH_OK &&
           (status = kh_term_cursor_next(cursor, &term, &n, err)) == KH_OK) {
        kh_term_stats stats;
        status = kh_database_term(&stats, database, term, err);
        printf("term ");
        print_text(term);
        printf(" %u %u %llu:", n, stats.n_documents,
               (unsigned long long)stats.n_occurrences);
        if (status == KH_OK)
            status = dump_postings(database, term, err);
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status dump_metadata(kh_database *database, kh_error *err)
{
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_status status = kh_term_cursor_open(&cursor, database, KH_STR(""), true, err);
    KH_AUTO_BUF value;
    kh_buf_init(&value, KH_BUF_MAX);
    kh_str key;
    while (status == KH_OK &&
           (status = kh_term_cursor_next(cursor, &key, NULL, err)) == KH_OK) {
        kh_buf_reset(&value);
        status = kh_database_metadata(&value, database, key, err);
        printf("metadata ");
        print_text(key);
        putchar(' ');
        print_text(kh_buf_str(&value));
        putchar('\n');
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status dump_documents(kh_database *database, kh_error *err)
{
    kh_database_stats stats;
    kh_status status = kh_database_statistics(&stats, database, err);
    KH_AUTO_BUF value;
    kh_buf_init(&value, KH_BUF_MAX);
    if (status == KH_OK)
        printf("documents %u, last %u, length %llu, average %.17g\n", stats.n_documents,
               stats.last_document, (unsigned long long)stats.total_length,
               stats.average_length);
    for (uint32_t d = 1; status == KH_OK && d <= stats.last_document; d++) {
        uint32_t length = 0;
        kh_buf_reset(&value);
        status = kh_database_length(&length, database, d, err);
        if (status == KH_OK)
            status = kh_database_value(&value, database, d, 0, err);
        printf("document %u %u ", d, length);
        print_text(kh_buf_str(&value));
        putchar('\n');
    }
    return status;
}

int main(int argc, char **argv)
{
    kh_error err;
    KH_AUTO(kh_database_free) kh_database *database = NULL;
    const char *path = argc == 2 ? argv[1] : "";
    kh_status status = kh_database_open(&database, &path, 1, &err);
    if (status == KH_OK)
        status = dump_documents(database, &err);
    if (status == KH_OK)
        status = dump_metadata(database, &err);
    if (status == KH_OK)
        status = dump_terms(database, &err);
    if (status == KH_OK)
        return 0;
    fprintf(stderr, "dump_database: %s\n", err.message);
    return 2;
}
