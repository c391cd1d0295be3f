/* text_header - the lines between title and text: byline, date, "Source: ...". */
#pragma once

#include "draft.h"

KH_BEGIN_DECLS

/* Take a line at the head of a plain-text article for what it says of the article;
 * false if it is text. is_below_title: bylines and bare dates count only there. */
bool kh_text_header(kh_draft *draft, kh_str line, bool is_below_title);

KH_END_DECLS
