/* parse - from a text that a person typed to a tree; khabar-query-syntax(7).
 *
 * Total: any bytes give a tree. Two errors exist: an unknown field, a date that cannot
 * be read. All else that looks odd is text, with a note. */
#pragma once

#include "article/date.h"
#include "article/fields.h"
#include "base/arena.h"
#include "base/error.h"

#define KH_QUERY_BYTES_MAX       ((size_t)1 << 20) /* a longer query is cut, with a note */
#define KH_QUERY_DEPTH_MAX       64                /* deeper brackets are text */
#define KH_PREFIX_CHARS_MIN      3 /* code points before the star of prefix* */
#define KH_PREFIX_CHARACTERS_MIN 2 /* if the last is kh_is_character(): of tags */
#define KH_NEAR_DEFAULT          10

typedef enum kh_node_kind {
    KH_NODE_WORD,   /* text: one plain word as typed, hyphens and all ("Modi-Xi") */
    KH_NODE_PREFIX, /* text: the word before the star */
    KH_NODE_EXACT,  /* text: the word behind the = */
    KH_NODE_PHRASE, /* text: what stood between the quotes; is_exact for ="..." */
    KH_NODE_DATE,   /* range; of date:, since:, until: */
    KH_NODE_NEAR,   /* two children, window */
    KH_NODE_GROUP,  /* items side by side, each with its sign */
    KH_NODE_AND,
    KH_NODE_OR,
} kh_node_kind;

typedef enum kh_sign { KH_SIGN_NONE, KH_SIGN_MUST, KH_SIGN_NOT } kh_sign;

/* A tree in an arena. A field of a bracket is handed down to its leaves. */
typedef struct kh_node kh_node;
struct kh_node {
    kh_node_kind kind;
    kh_sign sign;   /* as an item of a group */
    kh_field field; /* KH_N_FIELDS: none */
    bool is_exact;
    kh_str text;
    uint32_t window;
    kh_date_range range;
    kh_node **children;
    size_t n_children;
};

typedef struct kh_parse_options {
    bool is_literal; /* -F: plain words only */
    kh_date today;   /* for today, 3d, last-week */
} kh_parse_options;

typedef struct kh_parsed {
    kh_node *root; /* a KH_NODE_GROUP; no children: there is no word at all */
    kh_str *notes; /* one line each, lower case, for people */
    size_t n_notes;
} kh_parsed;

/* KH_OK or KH_ERR_USAGE (message and hint). All in the arena.
 */
KH_MUST_USE kh_status kh_parse(kh_parsed *out, kh_str text,
                               const kh_parse_options *options, kh_arena *arena,
                               kh_error *err);

/* Append the tree as one line, for --explain and tests: (group treaty +"indus waters"
 * -cricket). */
void kh_node_describe(kh_buf *out, const kh_node *node);
