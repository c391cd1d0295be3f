/* str - text as (pointer, length): UTF-8, not NUL-terminated, owned by someone else. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/decls.h"

KH_BEGIN_DECLS

typedef struct kh_str {
    const char *ptr; /* may be NULL if len is 0 */
    size_t len;      /* bytes */
} kh_str;

#define KH_FMT       ".*s" /* printf("%" KH_FMT, KH_ARG(s)) */
#define KH_ARG(s)    (int)(s).len, (s).ptr
#define KH_STR(text) kh_str_make((text), sizeof(text) - 1) /* of a string literal */

static inline kh_str kh_str_make(const char *ptr, size_t len)
{
    kh_str s = { ptr, len };
    return s;
}

/* View of a NUL-terminated text; NULL gives the empty one. */
static inline kh_str kh_str_from(const char *text)
{
    return kh_str_make(text, text ? strlen(text) : 0);
}

static inline bool kh_str_equal(kh_str a, kh_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool kh_str_starts(kh_str s, kh_str prefix)
{
    return s.len >= prefix.len &&
           (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool kh_str_ends(kh_str s, kh_str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 ||
            memcmp(s.ptr + (s.len - suffix.len), suffix.ptr, suffix.len) == 0);
}

/* Bytes from..to; both are cut to the length. */
static inline kh_str kh_str_slice(kh_str s, size_t from, size_t to)
{
    to = to > s.len ? s.len : to;
    from = from > to ? to : from;
    return kh_str_make(s.ptr ? s.ptr + from : NULL, to - from);
}

/* Order of bytes, the shorter first: <0, 0, >0. */
int kh_str_compare(kh_str a, kh_str b);

/* Equal but for the case of ASCII letters. */
bool kh_str_equal_ascii(kh_str a, kh_str b);

/* Without ASCII white space at both ends. */
kh_str kh_str_trim(kh_str s);

/* Offset of the first occurrence at or after from; SIZE_MAX if there is none. */
size_t kh_str_find(kh_str s, kh_str what, size_t from);

/* The next line of *rest without its line end (\n or \r\n); false at the end. */
bool kh_str_line(kh_str *rest, kh_str *line);

/* A decimal number and nothing else, at most max; false if it is not one. */
bool kh_str_number(kh_str s, unsigned long long max, unsigned long long *out);

/* NUL-terminated copy, malloc'ed. */
char *kh_str_dup(kh_str s);

KH_END_DECLS
