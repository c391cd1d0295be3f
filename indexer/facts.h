/* facts - the small record of an article that the archive-wide stage decides by. */
#pragma once

#include "article/article.h"
#include "base/buf.h"

typedef struct kh_facts {
    uint64_t key;          /* of the id */
    uint64_t input_hash;   /* of the input it came from */
    uint64_t text_hash;    /* of title and body: copies of one article agree */
    uint32_t length;       /* of the document: sum of its wdf */
    uint32_t date;         /* packed */
    uint64_t stored_bytes; /* of its stored text */
    kh_str lang;           /* code */
    kh_str glue;  /* evidence of a glued tag line (article/tags.h); empty if none */
    kh_str *tags; /* names of listed tags; in the arena */
    size_t n_tags;
} kh_facts;

void kh_facts_write(kh_buf *out, const kh_facts *facts);
KH_MUST_USE kh_status kh_facts_read(kh_facts *out, kh_cursor *cursor, kh_arena *arena,
                                    kh_error *err);
