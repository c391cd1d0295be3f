/* hard_article - random articles full of what makes giving back hard. */
#pragma once

#include "article/article.h"
#include "support/dice.h"

/* Article i, from 0: a made_up_article() of one of 90 languages, with long gaps and
 * words, jumping places, fields, values; in the arena. */
kh_article hard_article(dice *d, unsigned i, kh_arena *arena);
