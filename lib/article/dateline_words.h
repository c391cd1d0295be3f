/* dateline_words - tables for datelines: agencies, places, words that begin prose. */
#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Whether text names a news agency, or says "agencies", "staff reporter". */
bool kh_dateline_is_agency(kh_str text);

/* The Chinese, Japanese or Korean agency that text begins with (or ends with); its
 * bytes, 0 if there is none. */
size_t kh_dateline_agency_at_start(kh_str text);
size_t kh_dateline_agency_at_end(kh_str text);

/* Whether a place is one that papers date from: it may stand without date or agency. */
bool kh_dateline_is_known_place(kh_str place);

/* Whether a word begins prose, a label or a date, and so no place. */
bool kh_dateline_is_no_place(kh_str word);

/* A small word inside of a name: "Rio de Janeiro", "Frankfurt am Main". */
bool kh_dateline_is_particle(kh_str word);

/* Whether a name is that of an agency and of nothing else: papers date from Petra. */
bool kh_dateline_is_only_agency(kh_str name);

/* "Bosnia and Herzegovina": no list of two. */
bool kh_dateline_is_double_name(kh_str name);

/* As kh_dateline_is_known_place(), or a city in the script of Chinese or Japanese. */
bool kh_dateline_is_east_asian_place(kh_str place);
