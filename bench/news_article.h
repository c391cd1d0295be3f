/* news_article - made-up articles: the same number and seed give the same article. */
#pragma once

#include "base/buf.h"

/* Append article number n, from 0, as one line of JSON: id, title, body, date, lang,
 * source, author, place, tags. One in twelve is a near copy of one before it. */
void kh_news_article(kh_buf *out, uint64_t seed, uint64_t n);
