/* json_article - a record becomes an article. */
#pragma once

#include "draft.h"
#include "format.h"
#include "json_parse.h"

KH_BEGIN_DECLS

/* Fill a draft from a record; draft->line and byte say where the record stands. */
void kh_json_article(kh_draft *draft, const kh_json *record,
                     const kh_reader_options *options);

KH_END_DECLS
