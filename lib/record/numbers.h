/* numbers - which words, pairs, gaps and languages have numbers, and which.
 *
 * Internal to lib/record; rules: docs/index-format.md, section 5. */
#pragma once

#include "base/sort.h"
#include "codes.h"
#include "pairs.h"
#include "record/writer.h"
#include "tally.h"
#include "wordlist.h"

KH_BEGIN_DECLS

/* Something that may get a number: a word, a character or a pair of characters. */
typedef struct kh_numbered {
    const char *ptr; /* its text */
    uint64_t count;
    uint64_t languages;
    uint32_t len;
    uint32_t code;   /* 0: rare */
    uint32_t first;  /* its number among the characters, of a pair the first one's;
                        UINT32_MAX: a word */
    uint32_t second; /* of a pair; UINT32_MAX: no pair */
} kh_numbered;

static inline kh_str kh_numbered_text(const kh_numbered *entry)
{
    return kh_str_make(entry->ptr, entry->len);
}

/* Texts side by side, in large pieces. */
typedef struct kh_texts {
    kh_arena *arena; /* owned */
    char *at;
    size_t left; /* bytes */
} kh_texts;

struct kh_numbers {
    char **paths; /* owned; of the batches */
    size_t n_paths;
    size_t paths_capacity;
    kh_status (*may_go_on)(void *context, kh_error *err); /* NULL: always */
    void *context;
    kh_table characters;  /* all that were met */
    uint32_t *char_codes; /* owned; by number in characters; 0: rare */
    kh_pairs pairs;       /* of characters, until the numbers are chosen */
    kh_pairs pair_codes;  /* count: the code */
    kh_tally gaps;        /* those with a number, by it */
    kh_tally langs;
    uint64_t n_articles;
    kh_texts texts;       /* of entries */
    kh_numbered *entries; /* owned; by their texts: all that may have a number */
    size_t n_entries;
    size_t entries_capacity;
    size_t n_words;      /* entries that are words */
    uint64_t too_rare;   /* words that are no commoner have no number */
    size_t words_max;    /* KH_WORDS_MAX; less in tests */
    uint64_t signs_from; /* KH_SIGNS_ARTICLES_MIN; less in tests */
    uint32_t *order;     /* owned; entries by their number */
    size_t n_numbered;
    bool has_pairs;
    uint32_t lang_order[KH_LANGS_MAX]; /* numbers in langs, by bytes */
    uint32_t n_langs;
};

/* The number of a text among all characters, or UINT32_MAX. */
uint32_t kh_numbers_character(const kh_numbers *numbers, kh_str text);

/* What has number i, from 0. */
static inline const kh_numbered *kh_numbers_entry(const kh_numbers *numbers, size_t i)
{
    return &numbers->entries[numbers->order[i]];
}

/* The number of an article's language in the list, or KH_LANG_OTHER. */
uint32_t kh_numbers_lang(const kh_numbers *numbers, kh_str lang);

/* The class of each language's number (key_class.h); KH_LANG_OTHER is neutral. */
void kh_numbers_classes(uint8_t classes[KH_LANG_OTHER + 1], const kh_numbers *numbers);

/* ---- numbers_merge.c ---- */

#define KH_WORD_MIN 4u /* occurrences from which a word has a number */

/* Fill words, gaps, pairs and languages from the tables of all batches. */
KH_MUST_USE kh_status kh_numbers_merge(kh_numbers *numbers, kh_error *err);

/* Room for a text that lives as long as the entries. */
char *kh_text_room(kh_texts *texts, size_t len);

/* An entry for kh_sort_keyed(), the commonest first. Entries are in the order of their
 * texts, so their places decide between equal counts. */
static inline kh_keyed kh_ranked(uint64_t count, size_t place)
{
    return (kh_keyed){ ~count, place };
}

void kh_numbers_push(kh_numbers *numbers, const kh_numbered *entry);

/* ---- runs of characters: run.c ---- */

/* A piece of a run as the cheapest cut has it. */
typedef struct kh_piece {
    uint32_t code;   /* 0: rare */
    uint32_t first;  /* numbers of its characters */
    uint32_t second; /* UINT32_MAX: one character */
    size_t start;    /* bytes, in the run */
    size_t end;
} kh_piece;

typedef struct kh_run {
    kh_piece *pieces; /* owned; n of them */
    size_t n;
    uint32_t *units; /* owned; scratch */
    size_t *starts;
    unsigned *costs;
    unsigned char *takes;
    size_t capacity;
} kh_run;

void kh_run_release(kh_run *run);

/* Cut a run so that the sum of code lengths is least. */
void kh_run_cut(kh_run *run, const kh_numbers *numbers, kh_str text);

KH_END_DECLS
