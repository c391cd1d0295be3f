/* html - the text of HTML that was left in a field, through libxml2. */
#pragma once

#include "draft.h"

KH_BEGIN_DECLS

/* More than this stays as it is: the parser takes time by the square of the depth. */
#define KH_HTML_MAX_BYTES ((size_t)16 << 20)

/* Whether a text has real tags: an end tag of HTML, or <br>, <p>, <img ...>. Agencies
 * write <I> and <IBM.N> for shares. */
bool kh_html_is_in(kh_str text);

/* Make paragraphs and headings of a body in HTML: UTF-8, without a NUL. */
void kh_html_blocks(kh_draft *draft, kh_str html);

/* The text on one line: tags off, entities decoded, white space single. */
kh_str kh_html_line(kh_str text, kh_arena *arena);

bool kh_html_is_name(char c); /* a letter or digit of ASCII */

/* What a numeric reference stands for: those to controls are to bytes of Windows-1252,
 * from pages older than Unicode: &#146; is an apostrophe. */
uint32_t kh_html_referred(uint32_t code_point);

/* Take the marks of CDATA sections off, "]]>" only behind the first start of one; a
 * view if there are none. */
kh_str kh_html_without_cdata(kh_str text, kh_arena *arena);

/* The bytes of a name and its semicolon that text begins with, behind '&', where it is
 * one of those that HTML takes without a semicolon, too; 0: none. is_page: as the
 * standard has it, else only at the end of a word. */
size_t kh_html_named(kh_str text, bool is_page, uint32_t *meant);

/* Decode &amp; &#8217; &#x2019; &rsquo; in text without tags; a view if there are none.
 */
kh_str kh_html_entities(kh_str text, kh_arena *arena);

KH_END_DECLS
