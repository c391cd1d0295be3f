/* format - what a format promises the reader. A new format is a file and a row. */
#pragma once

#include "draft.h"
#include "formats/reader.h"
#include "stream.h"

KH_BEGIN_DECLS

/* What a format reads from, and where it says which article it is at. */
typedef struct kh_source {
    kh_stream *stream;
    const kh_reader_options *options; /* never NULL */
    uint32_t record;                  /* of the article or failure last given */
    uint32_t line;                    /* the same */
    void *state;                      /* the format's own */
} kh_source;

/* How sure a format is, by the first bytes. */
#define KH_SNIFF_NO      0
#define KH_SNIFF_PERHAPS 10 /* text that may be anything */
#define KH_SNIFF_LIKELY  50
#define KH_SNIFF_SURE    90
#define KH_SNIFF_NAME    20 /* added where the suffix says the same */

typedef struct kh_format {
    const char *name;            /* --format, kh_article.format */
    const char *const *suffixes; /* ".txt" ..., NULL-terminated */
    int (*sniff)(kh_str head);
    /* NULL if there is nothing to prepare. */
    kh_status (*open)(kh_source *source, kh_error *err);
    /* The next article; statuses as of kh_reader_next(). */
    kh_status (*next)(kh_source *source, kh_draft *draft, kh_error *err);
    void (*close)(kh_source *source); /* NULL if there is nothing to free */
} kh_format;

extern const kh_format kh_format_text;
extern const kh_format kh_format_json;
extern const kh_format kh_format_jsonl;

/* All formats, NULL-terminated. */
const kh_format *const *kh_formats(void);

/* The format of a file or member; NULL if it is none of ours. Of equals the first; text
 * of a name that says JSON is JSON, and its reader says what is wrong with it.
 *
 * @param name  path or member; "" if unknown */
const kh_format *kh_format_sniff(const char *name, kh_str head);
const kh_format *kh_format_find(const char *name); /* as --format says it */

/* What bytes of no known format look like: "a PDF", "an HTML page", "binary data". */
const char *kh_format_guess(kh_str head);

/* Whether bytes begin like text in some encoding. */
bool kh_head_is_text(kh_str head);

/* Without a UTF-8 byte-order mark and white space at the start. */
kh_str kh_head_trim(kh_str head);

/* Whether the bytes are UTF-16 or UTF-32 by their byte-order mark. */
bool kh_head_is_wide(kh_str head);

KH_END_DECLS
