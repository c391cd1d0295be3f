/* json_fields - which of a record's keys is our title, body, date ... */
#pragma once

#include "formats/reader.h"
#include "json_parse.h"

KH_BEGIN_DECLS

typedef enum kh_json_field {
    KH_JSON_TITLE,
    KH_JSON_DECK,
    KH_JSON_SUMMARY,
    KH_JSON_BODY,
    KH_JSON_TAGS,
    KH_JSON_DATE,
    KH_JSON_UPDATED,
    KH_JSON_AUTHOR,
    KH_JSON_PLACE,
    KH_JSON_SOURCE,
    KH_JSON_SECTION,
    KH_JSON_LANG,
    KH_JSON_URL,
    KH_JSON_ID,
    KH_JSON_N_FIELDS,
} kh_json_field;

/* For each field the value of its best name that holds anything; NULL if none does.
 * Names count in any case and without "_", "-", spaces and "@". Rows of the map win
 * over usual names; a dot in their names reaches into objects. */
void kh_json_fields_find(const kh_json *found[KH_JSON_N_FIELDS], const kh_json *record,
                         const kh_reader_options *options);

/* Whether a value holds anything: not null, false, "", [] or {}. */
bool kh_json_has_content(const kh_json *value);

/* The array of articles inside a record that is no article: {"articles": [...]},
 * {"response": {"docs": [...]}}; NULL if it has none. It may be empty. */
const kh_json *kh_json_article_list(const kh_json *record,
                                    const kh_reader_options *options);

KH_END_DECLS
