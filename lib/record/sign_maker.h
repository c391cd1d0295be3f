/* sign_maker - the signs of articles that are built: see signs.h. Internal to
 * lib/record. */
#pragma once

#include "key_class.h"
#include "signs.h"
#include "text/analysis.h"

KH_BEGIN_DECLS

/* ---- the words of a segment ---- */

#define KH_SIGN_HASHES ((size_t)1 << 20)

/* The words of a class of languages, by their number. Most are in no sign, and of
 * these a bit is looked at: it is at hand, a word of them is not. */
typedef struct kh_sign_words {
    uint32_t *words;   /* owned; hash and weight, from the second on; 0: not known; the
                          first one stands for all that are in no sign */
    uint64_t *in_none; /* owned; bit by number */
} kh_sign_words;

/* What words are in signs. Made while the words are written, then only read. */
typedef struct kh_sign_table {
    uint32_t n_codes; /* numbered words */
    uint8_t *weights; /* owned; by hash, where named has it */
    uint64_t *named;  /* owned; bit by hash: it has a weight */
    kh_sign_words by_class[KH_KEY_CLASSES_MAX]; /* words NULL: none is known */
    uint8_t classes[KH_LANG_OTHER + 1];         /* of the languages of the word list */
} kh_sign_table;

kh_sign_table *kh_sign_table_open(uint32_t n_codes);
void kh_sign_table_free(kh_sign_table *table); /* NULL is allowed */

/* A numbered word in a class of languages: codes ascend. NULL: one or two characters,
 * which have no neighbours in signs. */
void kh_sign_table_note(kh_sign_table *table, unsigned class, uint32_t code,
                        const kh_lexeme *lexeme);

/* Append the words as the file has them. */
void kh_sign_table_write(kh_buf *out, const kh_sign_table *table);
uint32_t kh_sign_table_n(const kh_sign_table *table); /* how many */

/* ---- one article after the other ---- */

typedef struct kh_sign_maker kh_sign_maker;

kh_sign_maker *kh_sign_maker_open(const kh_sign_table *table); /* borrowed */
void kh_sign_maker_free(kh_sign_maker *maker);                 /* NULL is allowed */

/* Append the size of an article's sign, its language or KH_SIGN_NONE, its bytes.
 * codes: of the stream, without its language. */
void kh_sign_make(kh_buf *out, kh_sign_maker *maker, uint32_t lang,
                  const uint32_t *codes, size_t n_codes);

KH_END_DECLS
