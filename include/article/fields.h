/* fields - the one table of fields: what people call them, how the index holds them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "article/article.h"
#include "base/str.h"

KH_BEGIN_DECLS

typedef enum kh_field {
    KH_FIELD_TITLE, /* title and deck */
    KH_FIELD_AUTHOR,
    KH_FIELD_PLACE,
    KH_FIELD_SECTION,
    KH_FIELD_SOURCE,
    KH_FIELD_TAG,
    KH_FIELD_LANG,
    KH_FIELD_URL,
    KH_FIELD_ID,
    KH_FIELD_DATE,
    KH_FIELD_SINCE,
    KH_FIELD_UNTIL,
    KH_N_FIELDS,
} kh_field;

typedef enum kh_field_shape {
    KH_SHAPE_WORDS,  /* terms: prefix + the text term, wdf 0; phrases are decided in the
                        record */
    KH_SHAPE_WHOLE,  /* one term: prefix + kh_fold_phrase() of all (tag) */
    KH_SHAPE_CODE,   /* terms for what the tag begins with, in lower case (lang) */
    KH_SHAPE_STARTS, /* terms for what it begins with (url) */
    KH_SHAPE_ID,     /* prefix + key text */
    KH_SHAPE_DATE,   /* D, M, Y terms */
} kh_field_shape;

typedef struct kh_field_row {
    kh_field field;
    kh_field_shape shape;
    const char *name;        /* in queries: "title" */
    const char *term_prefix; /* Omega's where there is one: S A XPL XSEC XSRC K L U Q */
    uint64_t kinds;  /* bit k: blocks of kind k hold it in the record; 0: none */
    unsigned weight; /* how much its words count in the unprefixed terms' wdf; 0: not at
                        all */
} kh_field_row;

const kh_field_row *
kh_field_table(void); /* KH_N_FIELDS rows, in the order of kh_field */
const kh_field_row *kh_field_find(kh_str name); /* any case; NULL if there is none */

/* Weight in wdf of a word of a block of this kind; lead: it is in the first paragraph.
 * Part of the fingerprint. */
unsigned kh_block_weight(kh_block_kind kind, bool is_lead);

/* Append prefix + value, shortened to KH_TERM_MAX_BYTES by a hash where longer. A value
 * that begins with a capital or ':' is set off by ':' after a prefix of several
 * letters, as Omega does. */
void kh_field_term(kh_buf *out, kh_field field, kh_str value);

/* Append the value of the url field: scheme, "www.", user, port 80/443, fragment and
 * trailing slash off, host in lower case. */
void kh_url_normalise(kh_buf *out, kh_str url);

/* Where the indexer keeps values (engine value slots). */
typedef enum kh_value_slot {
    KH_VALUE_DATE = 0
} kh_value_slot; /* packed date, 4 bytes big endian */

KH_END_DECLS
