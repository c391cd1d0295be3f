/* made_records - articles written as the records of a segment, and opened. */
#pragma once

#include "article/article.h"
#include "record/record.h"

/* Records of articles; in a folder that made_records_free() removes. Words of filler
 * take numbers before the rarer ones: these then have codes of two and three bytes.
 * They stand in a document of their own, the last. */
kh_records *made_records(const kh_article *articles, uint32_t n, unsigned n_filler);
void made_records_free(kh_records *records);

/* kh_record_holds(), which must not fail. */
bool made_holds(kh_record_query *query, uint32_t document,
                const kh_record_phrase *phrase);
