/* coder - an article's cut into its stream and the parts of its rest. Internal to
 * lib/record. */
#pragma once

#include "batch.h"
#include "cut.h"

KH_BEGIN_DECLS

/* More cached lexemes than this are forgotten between two articles: only few words need
 * to be analysed here. */
#define KH_CODER_LEXEMES_MAX 2000u

typedef struct kh_coder {
    const kh_numbers *numbers; /* borrowed */
    kh_analyser **analysers;   /* owned; by kh_language_number() */
    size_t n_analysers;
    kh_analyser *analyser; /* of the article */
    unsigned key_class;    /* of the same language */
    kh_run run;
    /* what the last article became */
    uint32_t lang;   /* its number; KH_LANG_OTHER */
    uint32_t *codes; /* owned; of the stream without its language */
    size_t n_codes;
    size_t codes_capacity;
    bool has_pairs; /* among the codes */
    kh_buf gaps;
    kh_buf spelled;
    kh_buf jumps; /* without their number */
    uint64_t n_jumps;
    uint32_t first_line;
    uint64_t first_byte;
    uint64_t text_bytes;
    uint64_t stored_bytes;
    /* the block */
    unsigned kind;
    uint32_t n_lines; /* line ends of its text */
    unsigned n_usual; /* gaps by default since the last that was listed */
    kh_side before;
    bool is_bad; /* the cut is damaged */
} kh_coder;

void kh_coder_init(kh_coder *coder, const kh_numbers *numbers);
void kh_coder_release(kh_coder *coder);

/* Code the blocks of an article. */
KH_MUST_USE kh_status kh_coder_article(kh_coder *coder, const kh_record_source *source,
                                       kh_error *err);

KH_END_DECLS
