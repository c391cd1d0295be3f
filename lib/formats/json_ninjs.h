/* json_ninjs - the lists of ninjs 2 and 3: headlines, bodies and descriptions by role.
 */
#pragma once

#include "json_fields.h"

KH_BEGIN_DECLS

/* Add to what the map has found what such lists hold, if the record has any; is_taken
 * says of each field added that no usual name is to replace it. */
void kh_ninjs_find(const kh_json *found[KH_JSON_N_FIELDS],
                   bool is_taken[KH_JSON_N_FIELDS], const kh_json *record);

/* One of several forms of a title or body, whoever found the list: the main headline,
 * the body that keeps its paragraphs. What is no such list is given back as it is. */
const kh_json *kh_ninjs_headline(const kh_json *value);
const kh_json *kh_ninjs_body(const kh_json *value);

KH_END_DECLS
