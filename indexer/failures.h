/* failures - articles that could not be read: counted, named, written to
 * failures.jsonl. */
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
    kh_failure *items;
    size_t n;
    size_t capacity;
    kh_arena *arena; /* owned */
} kh_failures;

void kh_failures_init(kh_failures *failures);
void kh_failures_release(kh_failures *failures);
void kh_failures_add(kh_failures *failures, const kh_place *place, const char *why);

/* Append one JSON object a line: {"path","member","record","line","why"}. */
void kh_failures_write(kh_buf *out, const kh_failures *failures);

/* How many of them are not among the lines of an earlier failures.jsonl. */
size_t kh_failures_new(const kh_failures *failures, kh_str earlier, bool *is_new);

/* Append "path!member:line: why". */
void kh_failure_print(kh_buf *out, const kh_failure *failure);
