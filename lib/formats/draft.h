/* draft - an article in the making: what a format fills in, and what all share. */
#pragma once

#include "article/article.h"

KH_BEGIN_DECLS

#define KH_DRAFT_GUESSES 3

/* All text lives in the arena or in the bytes that the article was read from. */
typedef struct kh_draft {
    kh_article article;
    kh_arena *arena;     /* of this article */
    kh_str date_text;    /* as it was written; read by kh_draft_finish() */
    kh_str updated_text; /* the same */
    kh_str unread_date;  /* what a format did not take for a date, in its place */
    kh_str lang_text;    /* the same */
    kh_str dateline;     /* "SALVADOR, Feb 26 -" where it stands by itself */
    kh_str summary;      /* a deck, or the lead once more, or all there is */
    kh_str guesses[KH_DRAFT_GUESSES]; /* kh_draft_guess() */
    size_t n_guesses;
    uint32_t line; /* of the record, from 1 */
    uint64_t byte; /* of the record, from 0 */
    size_t author_capacity;
    kh_str *tag_forms; /* of the tags, as they are compared */
    size_t tag_capacity;
    size_t tag_form_capacity;
    size_t block_capacity;
} kh_draft;

/* Add a block; an empty text is left out. */
void kh_draft_block(kh_draft *draft, kh_block block);

/* Add a block whose place is only known as that of the record. */
void kh_draft_text(kh_draft *draft, kh_block_kind kind, kh_str text);

/* Add one author; empty and repeated names are left out. */
void kh_draft_author(kh_draft *draft, kh_str name);

/* Add the authors of a byline: "By X, Y and Z" taken apart where that is certain. */
void kh_draft_byline(kh_draft *draft, kh_str byline);

/* Add one tag, or the tags of a list. Those beyond KH_ARTICLE_TAGS_MAX are counted. */
void kh_draft_tag(kh_draft *draft, kh_str name);
void kh_draft_tag_list(kh_draft *draft, kh_str list);

/* Say that a heading was told by its look alone: one of the first few, above all
 * paragraphs, may be a paragraph with a dateline. */
void kh_draft_guess(kh_draft *draft, kh_str heading);

/* Make paragraphs and headings of plain text that is not verbatim. */
void kh_draft_plain(kh_draft *draft, kh_str text);

/**
 * Complete the article: summary placed, language and dates read, dateline taken from
 * its field or the first paragraph, identity given.
 *
 * @return KH_OK, or KH_ERR_FORMAT if it has neither a title nor text
 */
KH_MUST_USE kh_status kh_draft_finish(kh_draft *draft, kh_error *err);

KH_END_DECLS
