/* made_up - random articles full of what makes words hard. */
#pragma once

#include "article/article.h"
#include "support/dice.h"

/* Article i, from 0, of one of eleven languages: blocks, authors, tags; in the arena.
 */
kh_article made_up_article(dice *d, unsigned i, kh_arena *arena);
