/* acronym - US, IT and WHO: acronyms whose form is a common word. docs/analysis.md,
 * section 6. */
#pragma once

#include "text/analysis.h"

KH_BEGIN_DECLS

/* Whether a word has letters, and all of them capitals. */
bool kh_is_all_capitals(kh_str word);

/* Whether the word in capitals at start..end of a text is an acronym there, or one more
 * word of a line in capitals. Looks at a few words on each side. */
bool kh_reads_as_acronym(kh_str text, size_t start, size_t end);

KH_END_DECLS
