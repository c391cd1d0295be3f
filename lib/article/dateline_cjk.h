/* dateline_cjk - datelines of Chinese, Japanese and Korean agencies. */
#pragma once

#include "article/dateline.h"

/* As kh_dateline_read(), but a date without a year keeps year 0. */
bool kh_dateline_read_cjk(kh_dateline *out, kh_str text, const kh_language *language);
