/* json_parse - one JSON value as a tree of views. */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

KH_BEGIN_DECLS

#define KH_JSON_DEPTH_MAX 256u     /* arrays and objects inside one another */
#define KH_JSON_NODES_MAX 4000000u /* values in one record */

typedef enum kh_json_kind {
    KH_JSON_NULL, /* also NaN and Infinity, which some writers emit */
    KH_JSON_FALSE,
    KH_JSON_TRUE,
    KH_JSON_NUMBER, /* text is the number as it was written */
    KH_JSON_STRING,
    KH_JSON_ARRAY,
    KH_JSON_OBJECT,
} kh_json_kind;

typedef struct kh_json kh_json;
struct kh_json {
    kh_json_kind kind;
    kh_str key;     /* inside an object */
    kh_str text;    /* of strings and numbers; without NUL */
    size_t offset;  /* where the value begins in the bytes parsed */
    kh_json *first; /* of an array or object */
    kh_json *next;  /* beside it; a key that comes twice stands twice */
};

typedef struct kh_json_trouble {
    const char *what; /* "',' expected" */
    size_t offset;
} kh_json_trouble;

/**
 * Parse one value.
 *
 * @param[out] out      untouched on failure
 * @param      bytes    well-formed UTF-8; strings without escapes become views of it
 * @param[out] trouble  what is wrong and where; only written on failure
 * @return              KH_OK, KH_ERR_FORMAT or KH_ERR_LIMIT
 *
 * More forgiving than RFC 8259 where archives are: a lone surrogate or \u0000 becomes
 * U+FFFD, tabs may stand in strings as they are.
 */
KH_MUST_USE kh_status kh_json_parse(kh_json **out, kh_str bytes, kh_arena *arena,
                                    kh_json_trouble *trouble);

/* The member of an object by its exact key; of several the last; NULL if none. */
const kh_json *kh_json_member(const kh_json *object, kh_str key);

/* Finds the end of a value without parsing it, over bytes that arrive in pieces. */
typedef struct kh_json_extent {
    unsigned depth;
    bool is_in_string;
    bool is_escaped;
    bool is_scalar; /* a number or word: ends before what cannot belong to it */
    bool is_begun;
} kh_json_extent;

/* Offset in bytes, from `from` on, behind the value's last byte; SIZE_MAX if it goes
 * on. Brackets are counted, not matched: the parser complains later. */
size_t kh_json_extent_find(kh_json_extent *extent, kh_str bytes, size_t from);

KH_END_DECLS
