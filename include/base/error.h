/* error - what went wrong, for the caller that acts on it and for the reader. */
#pragma once

#include "base/decls.h"

KH_BEGIN_DECLS

/* Codes are for callers who act differently. 0 is success, KH_END no more items. */
typedef enum kh_status {
    KH_OK = 0,
    KH_END,          /* an iterator is at its end; no message */
    KH_ERR_ARGUMENT, /* a value that the function does not take */
    KH_ERR_USAGE,    /* a command line that cannot be understood */
    KH_ERR_FORMAT, /* this article (or query, or line) is spoilt; go on with the next */
    KH_ERR_IO,     /* the system said no: open, read, write, disk full */
    KH_ERR_NOT_FOUND, /* no such index, file, article, generation */
    KH_ERR_LOCKED,    /* another process holds it */
    KH_ERR_VERSION,   /* made by another analysis or format version */
    KH_ERR_CORRUPT,   /* damaged: a checksum or a structure does not hold */
    KH_ERR_LIMIT, /* over a size that the header names, or out of memory in a library */
    KH_ERR_ENGINE,      /* the search engine failed in another way */
    KH_ERR_INTERRUPTED, /* SIGINT or SIGTERM asked for an end */
} kh_status;

typedef struct kh_error {
    kh_status status;
    char message[1024]; /* one line, no full stop, NUL-terminated */
    char hint[512];     /* what the user can do about it, or "" */
} kh_error;             /* lives on the caller's stack; nothing to free */

/**
 * Record a failure and return its status, so that failing is one line.
 *
 * @param err     may be NULL; any hint that stands in it is removed
 * @param status  what the caller gets back
 */
kh_status kh_fail(kh_error *err, kh_status status, const char *format, ...)
    KH_PRINTF(3, 4);

/* The same with the text of errno behind a colon: "cannot open 'x': No such file". */
kh_status kh_fail_errno(kh_error *err, kh_status status, const char *format, ...)
    KH_PRINTF(3, 4);

/* Say what the user can do about the failure that stands in err; err may be NULL. */
void kh_hint(kh_error *err, const char *format, ...) KH_PRINTF(2, 3);

/* The name of a status for logs and JSON: "format", "io" ...; never NULL. */
const char *kh_status_name(kh_status status);

KH_END_DECLS
