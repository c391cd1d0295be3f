/* dateline - "Bhubaneswar, June 5, 2025:" and "NEW DELHI, June 5 (Agency) -". */
#pragma once

#include "article/article.h"

KH_BEGIN_DECLS

typedef struct kh_dateline {
    kh_str place;  /* view of the text, without a line end; empty if none */
    kh_str agency; /* "(Agency)"; empty if none */
    kh_date
        date;   /* precision KH_DATE_NONE if it has none; a date without a year takes
                   the  year of `published`, so that it lies nearest before or on it */
    size_t end; /* bytes of the text that the dateline takes, separator included, and
                   with them a byline above it */
} kh_dateline;

/**
 * Read the dateline that a first paragraph begins with, or that its second line begins
 * with if the first looks like a byline.
 *
 * @param published  known otherwise, for a date without a year; may be NULL
 * @return           false if the paragraph begins with prose; out is untouched then
 */
bool kh_dateline_read(kh_dateline *out, kh_str paragraph, const kh_language *language,
                      const kh_date *published);

/* Whether a line that stands alone begins with a dateline, and is no heading for that:
 * "Paris: What we know" is one, so a date or an agency is asked for where there are
 * capitals. */
bool kh_dateline_leads(kh_str line, const kh_language *language);

KH_END_DECLS
