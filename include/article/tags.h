/* tags - lists of tags, their compared form, and lines that a site's export glued
 * together. */
#pragma once

#include "article/article.h"
#include "base/arena.h"
#include "base/buf.h"

KH_BEGIN_DECLS

/* Append the form that tags are compared and looked up by: kh_fold_phrase() of the
 * name, so that case, accents, hyphens and spaces do not count. May be empty: then it
 * is no tag. */
void kh_tag_normalise(kh_buf *out, kh_str name);

/**
 * Split a list of tags: at semicolons if there are any, else line ends, "|", else
 * commas (also Arabic, CJK and full-width ones), "#hash #tags" at their signs.
 *
 * @param[out] out  array in the arena; tags trimmed, empty and repeated (by normal
 * form) left out
 * @return          number of tags, without a limit but that of the list
 */
size_t kh_tags_split(kh_tag **out, kh_str list, kh_arena *arena);

/* Whether the last line of a plain-text article is a tag line: "Tags: ...", "Keywords:
 * ..." in the languages of the golden tests (then *list is what follows), or a glued
 * one (then *list is all of it and *is_glued). Prose is neither. */
bool kh_tags_line(kh_str line, kh_str *list, bool *is_glued);

/* Whether a last line that shows hardly any seam is glued tags all the same: the
 * article's body says most of what it falls apart into. Dearer than kh_tags_line(); for
 * one line an article. */
bool kh_tags_line_of_body(kh_str line, const kh_block *body, size_t n_blocks,
                          kh_arena *arena);

/* Tags known to the archive, for cutting: normalised form -> how many articles list it.
 */
typedef struct kh_known_tags kh_known_tags;
kh_known_tags *kh_known_tags_open(void);
void kh_known_tags_free(kh_known_tags *known); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_known_tags, kh_known_tags_free)
void kh_known_tags_add(kh_known_tags *known, kh_str name, uint32_t n_articles);
uint32_t kh_known_tags_count(const kh_known_tags *known,
                             kh_str name); /* any spelling */

/* What a glued line is cut by. It is made while the article is read, and is all that
 * the archive-wide stage has to keep of the article: the line, its possible cuts, and
 * for every stretch between two of them whether the body says it. */
typedef struct kh_glue kh_glue;

/**
 * Collect the evidence for a glued line: letter case, digits, and phrases of the
 * article's own body and title.
 *
 * @param body  the article's blocks of kind 1 to 4, without the line itself
 * @return      lives in the arena
 */
kh_glue *kh_glue_collect(kh_str line, const kh_block *body, size_t n_blocks,
                         kh_arena *arena);

/* Write the evidence as bytes and read it back (a view of bytes where it can be). */
void kh_glue_write(kh_buf *out, const kh_glue *glue);
KH_MUST_USE kh_status kh_glue_read(kh_glue **out, kh_str bytes, kh_arena *arena,
                                   kh_error *err);

/**
 * Cut the line into tags: the likeliest cut by the evidence, the alphabetical order in
 * which sites list tags, and the tags known from the whole archive.
 *
 * @param known  may be NULL: the article's own evidence alone
 * @return       number of tags; end to end they are the line
 */
size_t kh_glue_cut(kh_tag **out, const kh_glue *glue, const kh_known_tags *known,
                   kh_arena *arena);

KH_END_DECLS
