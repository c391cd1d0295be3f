/* gaps - what stands between words unless something else is said.
 *
 * The table of defaults of docs/index-format.md, section 5. Internal to lib/record. */
#pragma once

#include "article/article.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/words.h"

#define KH_BLOCK_END "\n\n" /* behind each block of the stored text */

typedef enum kh_gap_place {
    KH_GAP_FIRST,    /* before the first word of a sentence */
    KH_GAP_BETWEEN,  /* two words */
    KH_GAP_SENTENCE, /* last of a sentence, another one follows in the block */
    KH_GAP_BLOCK,    /* last of a block */
} kh_gap_place;

/* A word as its neighbours see it. */
typedef struct kh_side {
    bool is_joined;    /* stands without spaces to its neighbours */
    bool is_character; /* Han or kana */
} kh_side;

static inline bool kh_kind_is_stored(unsigned kind)
{
    return kind >= KH_BLOCK_PARAGRAPH && kind <= KH_BLOCK_DECK;
}

/* joined(): Han and kana, Thai, Lao, Burmese, Khmer. */
static inline bool kh_is_joined(uint32_t c)
{
    return c >= 0x0E00 && ((c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
                           (c >= 0x1780 && c <= 0x17FF) || kh_is_character(c));
}

static inline kh_side kh_side_of(kh_str word)
{
    size_t at = 0;
    uint32_t c = (unsigned char)word.ptr[0] < 0x80 ? 0 : kh_utf8_next(word, &at);
    kh_side side = { c != 0 && kh_is_joined(c), false };
    side.is_character = side.is_joined && kh_is_character(c);
    return side;
}

/* The defaults. A cutter's gaps begin with them, by these numbers. */
typedef enum kh_usual_gap {
    KH_USUAL_NOTHING,
    KH_USUAL_SPACE,
    KH_USUAL_STOP,        /* full stop, space */
    KH_USUAL_IDEOGRAPHIC, /* the full stop of Han and kana */
    KH_USUAL_END,         /* KH_BLOCK_END, alone or behind either full stop */
    KH_USUAL_STOP_END,
    KH_USUAL_IDEOGRAPHIC_END,
    KH_N_USUAL_GAPS,
} kh_usual_gap;

static inline kh_str kh_usual_gap_text(kh_usual_gap gap)
{
    switch (gap) {
    case KH_USUAL_SPACE:
        return KH_STR(" ");
    case KH_USUAL_STOP:
        return KH_STR(". ");
    case KH_USUAL_IDEOGRAPHIC:
        return KH_STR("\xE3\x80\x82");
    case KH_USUAL_END:
        return KH_STR(KH_BLOCK_END);
    case KH_USUAL_STOP_END:
        return KH_STR("." KH_BLOCK_END);
    case KH_USUAL_IDEOGRAPHIC_END:
        return KH_STR("\xE3\x80\x82" KH_BLOCK_END);
    default:
        return KH_STR("");
    }
}

static inline kh_usual_gap kh_gap_usual(kh_gap_place place, unsigned kind,
                                        kh_side before, kh_side after)
{
    switch (place) {
    case KH_GAP_FIRST:
        break;
    case KH_GAP_BETWEEN:
        return before.is_joined || after.is_joined ? KH_USUAL_NOTHING : KH_USUAL_SPACE;
    case KH_GAP_SENTENCE:
        return before.is_character ? KH_USUAL_IDEOGRAPHIC : KH_USUAL_STOP;
    case KH_GAP_BLOCK:
        if (kind == KH_BLOCK_PARAGRAPH)
            return before.is_character ? KH_USUAL_IDEOGRAPHIC_END : KH_USUAL_STOP_END;
        return kh_kind_is_stored(kind) ? KH_USUAL_END : KH_USUAL_NOTHING;
    }
    return KH_USUAL_NOTHING;
}

static inline kh_str kh_gap_default(kh_gap_place place, unsigned kind, kh_side before,
                                    kh_side after)
{
    return kh_usual_gap_text(kh_gap_usual(place, kind, before, after));
}

/* ---- gaps that are listed ---- */

/* How many defaults come before it and which it is go together into one byte, if both
 * are small: so they are coded as one symbol. */
#define KH_LISTED_COMMON 9u  /* gaps */
#define KH_LISTED_USUAL  20u /* defaults that one byte tells */
/* From here on defaults alone, and a gap whose number follows; from the next on k times
 * KH_LISTED_USUAL defaults, and more. */
#define KH_LISTED_OTHER (KH_LISTED_COMMON * KH_LISTED_USUAL)
#define KH_LISTED_MORE  (KH_LISTED_OTHER + KH_LISTED_USUAL)

/* Append a gap behind n_usual defaults. */
static inline void kh_listed_gap_put(kh_buf *out, size_t n_usual, unsigned gap)
{
    while (n_usual >= KH_LISTED_USUAL) {
        size_t more = n_usual / KH_LISTED_USUAL;
        if (more > UINT8_MAX + 1 - KH_LISTED_MORE)
            more = UINT8_MAX + 1 - KH_LISTED_MORE;
        kh_buf_add_char(out, (char)(KH_LISTED_MORE + more - 1));
        n_usual -= more * KH_LISTED_USUAL;
    }
    if (gap < KH_LISTED_COMMON) {
        kh_buf_add_char(out, (char)(n_usual * KH_LISTED_COMMON + gap));
        return;
    }
    kh_buf_add_char(out, (char)(KH_LISTED_OTHER + n_usual));
    kh_buf_add_char(out, (char)gap);
}
