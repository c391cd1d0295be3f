/* inverter - what an inverter consists of, for the files that fill it. */
#pragma once

#include <assert.h>

#include "article/fields.h"
#include "base/arena.h"
#include "indexer/invert.h"
#include "record/writer.h"
#include "runs/counts.h"
#include "runs/inversion.h"
#include "text/analysis.h"

/* Notes of a lexeme (text/analysis.h); the cutter has those behind them. Numbers are
 * one higher than what they stand for, so that 0 is none. */
enum {
    KH_NOTE_TERM,     /* in the inversion */
    KH_NOTE_SPELLING, /* in the counts; KH_NO_SPELLING: it has none */
    KH_NOTE_ARTICLE,  /* stamp of the last article that has it */
    KH_NOTE_WDF,      /* there, so far */
    KH_NOTE_TITLE,    /* the term of the field title, in the inversion */
};
#define KH_NO_SPELLING UINT32_MAX
static_assert(KH_NOTE_TITLE < KH_CUTTER_NOTES, "no note is used twice");

struct kh_inverter {
    const kh_inverter_plan *plan;
    kh_str default_lang;     /* a tag; empty: detect */
    kh_analyser **analysers; /* by kh_language_number(); opened when met */
    size_t n_languages;
    kh_inversion *inversion;
    kh_counts *spellings;
    kh_cutter *cutter;
    char **runs; /* owned, and what they name */
    size_t n_runs;
    size_t runs_capacity;
    kh_inverter_batch_files *batches;
    size_t n_batches;
    size_t batches_capacity;
    bool has_postings;   /* since the last run */
    bool has_counts;     /* since the last batch */
    uint32_t level;      /* memory is doubled so often */
    uint32_t n_at_level; /* runs since it was */
    /* the article */
    uint64_t number; /* in source order */
    uint32_t stamp;  /* 1, 2 ... */
    uint64_t length; /* sum of wdf */
    const kh_lexeme **touched;
    size_t n_touched;
    size_t touched_capacity;
    kh_arena *scratch;
    kh_buf cut;
    kh_buf buffer;
    kh_buf glue;
};

/* The analyser of a language. */
KH_MUST_USE kh_status kh_inverter_analyser(kh_inverter *inverter, kh_analyser **out,
                                           const kh_language *language, kh_error *err);

/* invert_fields.c: what is not words: dates, language, address, tags. */
void kh_invert_fields(kh_inverter *inverter, const kh_article *article);
void kh_invert_tag_names(kh_inverter *inverter, const kh_article *article);

/* Log a term of a field: wdf 0. */
void kh_invert_field(kh_inverter *inverter, kh_field field, kh_str value);
