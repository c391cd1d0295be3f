/* show - answers as bytes for standard output, one form a file. Inside query/ only. */
#pragma once

#include "query/options.h"

/* What a form is given with each answer. */
typedef struct kh_shown {
    const kh_settings *settings;
    kh_str query_id; /* of a batch; ptr NULL for a single query */
    const kh_answer *answer;
} kh_shown;

void kh_show_text(kh_buf *out, const kh_shown *shown); /* show_text.c */
void kh_show_json(kh_buf *out, const kh_shown *shown); /* show_json.c */
void kh_show_json_summary(kh_buf *out, const kh_shown *shown, uint32_t generation,
                          uint64_t ms);
void kh_show_trec(kh_buf *out, const kh_shown *shown); /* show_lines.c */
void kh_show_files(kh_buf *out, const kh_shown *shown);
void kh_show_ids(kh_buf *out, const kh_shown *shown);
void kh_show_count(kh_buf *out, const kh_shown *shown);
void kh_show_oneline(kh_buf *out, const kh_shown *shown); /* show_columns.c */
void kh_show_tsv(kh_buf *out, const kh_shown *shown);
void kh_show_tsv_header(kh_buf *out, bool is_tags);
/* Those without a place (packed files, standard input) are left out. */
void kh_show_vimgrep(kh_buf *out, const kh_shown *shown);
bool kh_show_has_place(const kh_article *article);

/* Tags: a table for people, objects for programs. n_matches UINT64_MAX: no query. */
typedef struct kh_shown_tags {
    const kh_settings *settings;
    const kh_tag_count *tags;
    size_t n;
    uint64_t n_matches;
} kh_shown_tags;
void kh_show_tags_text(kh_buf *out, const kh_shown_tags *shown);
void kh_show_tags_json(kh_buf *out, const kh_shown_tags *shown);
void kh_show_tags_tsv(kh_buf *out, const kh_shown_tags *shown);   /* show_columns.c */
void kh_show_tags_names(kh_buf *out, const kh_shown_tags *shown); /* show_lines.c */

/* A whole article. */
typedef struct kh_shown_article {
    const kh_settings *settings;
    kh_article article;
    uint64_t key;
    uint32_t n_words;
    const kh_outline_block *blocks;
    const kh_excerpt *excerpts; /* one a block, highlights included */
    size_t n_blocks;
    kh_str text;     /* stored, all of it */
    bool is_passage; /* blocks are those of these sentences, cut to them */
    uint32_t sentences[2];
    kh_str passage; /* their text, or all of it */
} kh_shown_article;
void kh_show_article_text(kh_buf *out,
                          const kh_shown_article *shown); /* show_article.c */
void kh_show_article_json(kh_buf *out, const kh_shown_article *shown);

/* ---- shared ---- */

/* Append "@k7m2qx9f", and with sentences ":14-15". */
void kh_show_ref(kh_buf *out, uint64_t key, const uint32_t *sentences);

/* Append text with highlights; control characters are replaced, white space is one
 * blank. */
void kh_show_marked(kh_buf *out, kh_str text, const kh_span *spans, size_t n,
                    kh_highlight how);

/* Append the article object of the contract. */
void kh_show_json_article(kh_buf *out, const kh_article *article, uint32_t n_words);

/* Append text as it is; on a terminal without control characters. */
void kh_show_raw(kh_buf *out, kh_str text, const kh_settings *settings);

/* Append "path!member:line" for people, shortened below the current folder. line 0:
 * none. */
void kh_show_place(kh_buf *out, const kh_article *article, uint32_t line);
