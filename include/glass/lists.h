/* lists - read the posting lists of a database in Xapian's glass format, whole.
 *
 * The engine gives one posting at a call; where a list is wanted whole that costs ten
 * times what its bytes do. The table is mapped and never changes. What is not
 * understood (a tag in pieces, another format, a list that does not hold what its heads
 * say) is left to the engine: every function here may say no. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

typedef struct kh_glass_lists kh_glass_lists;

/* folder: of the database. */
KH_MUST_USE kh_status kh_glass_lists_open(kh_glass_lists **out, const char *folder,
                                          kh_error *err);
void kh_glass_lists_free(kh_glass_lists *lists); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_glass_lists, kh_glass_lists_free)

/**
 * Set the bit of every document that has a term.
 *
 * @param bits           bit d % 64 of number d / 64 is document d
 * @param last_document  the highest that has a bit
 * @return               false: not read, or not all of it; bits may have been set
 */
bool kh_glass_lists_mark(const kh_glass_lists *lists, kh_str term, uint64_t *bits,
                         uint32_t last_document);

KH_END_DECLS
