/* article - what an article is, between the reader that found it and the index. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "article/date.h"
#include "base/arena.h"
#include "base/error.h"

KH_BEGIN_DECLS

/* Kinds of blocks; the numbers are part of the record (docs/index-format.md). Kinds 1
 * to 4 make up the stored text, in reading order; the others are fields and follow it.
 */
typedef enum kh_block_kind {
    KH_BLOCK_PARAGRAPH = 1,
    KH_BLOCK_HEADING = 2,
    KH_BLOCK_TITLE = 3,
    KH_BLOCK_DECK = 4,
    KH_BLOCK_AUTHOR = 16, /* one a block */
    KH_BLOCK_PLACE = 17,
    KH_BLOCK_TAG = 18, /* one a block */
    KH_BLOCK_SECTION = 19,
    KH_BLOCK_SOURCE = 20,
} kh_block_kind;

typedef struct kh_block {
    kh_block_kind kind; /* 1 to 4 here */
    kh_str text;        /* UTF-8, no line end at its ends, none doubled inside */
    uint32_t line;      /* where it begins in the unpacked file, from 1; 0 unknown */
    uint64_t byte;      /* the same in bytes, from 0 */
    bool is_verbatim;   /* text stands there byte for byte */
} kh_block;

typedef enum kh_tag_origin {
    KH_TAG_LISTED, /* the article lists it, separated from others */
    KH_TAG_CUT,    /* cut out of a glued line */
} kh_tag_origin;

typedef struct kh_tag {
    kh_str name; /* the article's own spelling */
    kh_tag_origin origin;
    float confidence; /* 0 to 1; 1 for a listed one */
} kh_tag;

#define KH_ARTICLE_TEXT_MAX ((size_t)256 << 20) /* bytes of all blocks */
#define KH_ARTICLE_TAGS_MAX 1000                /* more are left out, and counted */

/* Views live in the arena of whoever made the article (a reader: until its next
 * article). Text is well-formed UTF-8 without NUL; what is not known is empty. */
typedef struct kh_article {
    kh_str id;       /* see identity.h; never empty after kh_article_identify() */
    bool has_own_id; /* the article brought it: guid, urn, id or canonical URL */
    kh_str title;
    kh_str deck;
    kh_str *authors;
    size_t n_authors;
    kh_str place; /* of the dateline */
    kh_date date; /* published */
    kh_date updated;
    kh_str
        date_doubt; /* what is wrong with the date that it gives: a line; else empty */
    kh_str source;  /* the paper or agency */
    kh_str section;
    kh_str lang;     /* canonical code (text/language.h); empty if not named */
    kh_str lang_tag; /* the whole BCP 47 tag, if it says more: "zh-Hant-TW" */
    kh_str url;
    kh_tag *tags;
    size_t n_tags;
    size_t n_tags_left_out; /* beyond KH_ARTICLE_TAGS_MAX */
    size_t n_unreadable;    /* characters, U+FFFD each, of what was converted */
    kh_str raw_tags;  /* the glued tag line as it stood; empty if there was none */
    kh_block *blocks; /* title and deck included, in reading order */
    size_t n_blocks;
    kh_str input;  /* the file or folder given to khabar-index, absolute; "-" */
    kh_str path;   /* of the file, absolute; "" for standard input */
    kh_str member; /* inside an archive; empty if none */
    uint32_t
        record; /* line (JSON lines) or number of the article in its file; 0 if alone */
    const char *format; /* "text", "jsonl", "json" */
} kh_article;

/**
 * Give the article its id: its own (guid, urn, id, else canonical URL), or, when it
 * brings none, its absolute path, "!member" of its archive and "#record" (the page
 * khabar-index, Ids).
 */
void kh_article_identify(kh_article *article, kh_arena *arena);

/* Name its language by a tag (text/language.h), which must live as long. */
void kh_article_set_lang(kh_article *article, kh_str tag);
/* The tag of its language, else its code; empty if not named. */
kh_str kh_article_lang(const kh_article *article);

/* Hash of the texts of all blocks, KH_TEXT_HASH_BYTES of it: copies of one article
 * agree. */
#define KH_TEXT_HASH_BYTES 5u
uint64_t kh_article_text_hash(const kh_article *article);

#define KH_REF_CHARS 8 /* an article's REF without the @ */

/* The key that the index holds: kh_hash() of the id. */
uint64_t kh_article_key(kh_str id);
/* The same where an earlier input has another article of this id: that of both.
 * input_hash: kh_hash() of the input as it is recorded. */
uint64_t kh_article_key_in(uint64_t key, uint64_t input_hash);

/* A key as the 13 letters that the Q term holds; the first KH_REF_CHARS are the REF.
 * Alphabet of Crockford's base 32, lower case: 0-9 a-z without i, l, o, u. */
#define KH_KEY_CHARS 13
void kh_article_key_text(char out[KH_KEY_CHARS + 1], uint64_t key);

KH_END_DECLS
