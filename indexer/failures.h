/* failures - articles that could not be read, and what was left out of others: counted,
 * named, written to failures.jsonl. */
#pragma once

#include "base/buf.h"
#include "formats/reader.h"

#define KH_FAILURES_SHOWN 20u

typedef struct kh_failure {
    kh_str path;
    kh_str member;
    uint32_t record;
    uint32_t line;
    kh_str why;
} kh_failure;

typedef struct kh_failures {
    const char *type; /* "failure", or "warning": the article is in */
    kh_failure *items;
    size_t n;
    size_t capacity;
    bool *is_new;    /* of each; owned, by kh_failures_compare() */
    size_t n_new;    /* the same */
    kh_arena *arena; /* owned */
} kh_failures;

void kh_failures_init(kh_failures *failures, const char *type);
void kh_failures_release(kh_failures *failures);
void kh_failures_add(kh_failures *failures, const kh_place *place, const char *why);

/* Append one JSON object a line: {"type","path","member","record","line","why"}. */
void kh_failures_write(kh_buf *out, const kh_failures *failures);

/* Which of them are not among the lines of an earlier failures.jsonl. */
void kh_failures_compare(kh_failures *failures, kh_str earlier);

/* Append "path!member:line: why". */
void kh_failure_print(kh_buf *out, const kh_failure *failure);
