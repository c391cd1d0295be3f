/* glue - what the parts of cutting glued tag lines share: the line letter by letter,
 * its evidence, the weights. */
#pragma once

#include "article/tags.h"
#include "phrases.h"

#define KH_GLUE_LINE_MAX                                        \
    4096u /* bytes that are cut; the rest stays in the last tag \
           */
#define KH_GLUE_BODY_MAX    200000u /* bytes of the body that are looked at */
#define KH_GLUE_MATCHES_MAX 8192u   /* stretches of a line that the body says */
#define KH_GLUE_TAG_CHARS   80u     /* code points of a tag, unless nothing parts it */

typedef enum kh_glue_class {
    KH_GLUE_SPACE,
    KH_GLUE_PUNCT, /* ends a tag at most: . ) ! + */
    KH_GLUE_OPEN,  /* begins a tag at most: ( # " */
    KH_GLUE_JOIN,  /* neither: - ' / & */
    KH_GLUE_MARK,  /* belongs to the letter before it */
    KH_GLUE_DIGIT, /* this and what follows are letters of words */
    KH_GLUE_UPPER,
    KH_GLUE_LOWER,
    KH_GLUE_LETTER, /* of a script without case */
} kh_glue_class;

typedef struct kh_glue_char {
    uint32_t at;      /* byte in text */
    uint32_t fold_at; /* byte in folded */
    uint8_t class;    /* kh_glue_class */
    uint8_t script;
} kh_glue_char;

/* A text code point by code point. folded: lower case, no accents, one space for
 * whatever is no letter, digit or mark; no span of it needs a look at its neighbours.
 */
typedef struct kh_glue_text {
    kh_str text;
    kh_str folded;
    kh_glue_char *chars; /* n + 1 of them */
    size_t n;
} kh_glue_text;

void kh_glue_text_make(kh_glue_text *out, kh_str text, kh_arena *arena);

/* Whether a code point is a unit by itself, as words are not set apart: Han, kana,
 * Thai, Lao, Burmese, Khmer. */
bool kh_glue_is_unspaced(const kh_glue_char *c);

static inline bool kh_glue_in_word(const kh_glue_char *c)
{
    return c->class >= KH_GLUE_MARK;
}

static inline kh_str kh_glue_folded(const kh_glue_text *text, size_t from, size_t to)
{
    return kh_str_slice(text->folded, text->chars[from].fold_at,
                        text->chars[to].fold_at);
}

/* The folded form of what people write between two tags' ends, without spaces around.
 */
void kh_glue_fold(kh_buf *out, kh_str text);

/* Whether a line is tags glued together; one behind a label needs less to tell. */
bool kh_has_glue_seams(kh_str line, bool has_label);
bool kh_ends_sentence(kh_str line); /* with a full stop or the like, of any script */

typedef struct kh_glue_match {
    uint16_t start; /* code points of the line */
    uint16_t end;
    uint8_t count; /* how often the body says it; 255 is 255 or more */
} kh_glue_match;

struct kh_glue {
    kh_glue_text line;
    kh_str rest;            /* of a line over KH_GLUE_LINE_MAX */
    kh_glue_match *matches; /* ascending by start, then end */
    size_t n_matches;
    uint8_t *likeness; /* per code point: how many from here on begin a body's word */
};

/* A line without evidence. */
kh_glue *kh_glue_of_line(kh_str line, kh_arena *arena);

struct kh_known_tags {
    kh_phrases tags;
    kh_phrases words;  /* of all tags */
    uint64_t n_listed; /* sum of counts */
};

/* What things cost, in nats: minus the logarithm of how likely they are. Found by
 * bench/measure_tags.c on real tag lines. */
typedef struct kh_glue_weights {
    float tag;         /* a tag at all */
    float word;        /* a word that the body has ... */
    float word_share;  /* ... one of other tags: this times minus log of its share */
    float inflected;   /* one that ends in a letter or two more than one of its */
    float alike;       /* a word that begins as one of the body's does ... */
    float alike_more;  /* ... and each letter behind that */
    float unseen;      /* any other word ... */
    float unseen_more; /* ... and each of its letters */
    float unseen_unspaced; /* ... each character where words are not set apart */
    float number;
    float stub;         /* a tag of one or two letters that are not capitals */
    float said;         /* a phrase of the body ... */
    float said_word;    /* ... each of its words ... */
    float said_again;   /* ... less for each doubling of how often it is said */
    float known;        /* a known tag ... */
    float known_share;  /* ... this times minus log of its share more */
    float cut_case;     /* a cut at lower|Upper, digit|letter, )|letter */
    float cut_capitals; /* at KS|h of "POKShangri" */
    float cut_digit;    /* at letter|digit */
    float cut_plain;    /* between letters that look alike ... */
    float cut_unseen;   /* ... more for each word beside it that nobody says */
    float cut_scrap;    /* ... and more if that is a letter or three */
    float lower_start;  /* a tag in lower case, in a line of capitals */
    float inside_case;  /* lower|Upper inside of a word that was not seen so */
    float inside_other; /* the other changes there */
    float disorder;     /* two tags against the alphabet, if the line is sorted */
    float unsorted;     /* each tag, if it is not */
    float sharpness;    /* of confidence: 1 takes the model at its word */
} kh_glue_weights;

extern const kh_glue_weights kh_glue_weights_default;

/* kh_glue_cut() with other weights, for measuring. */
size_t kh_glue_cut_by(kh_tag **out, const kh_glue *glue, const kh_known_tags *known,
                      const kh_glue_weights *weights, kh_arena *arena);
