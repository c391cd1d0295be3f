/* values - bounds and values of all slots. */
#pragma once

#include "glass/writer.h"
#include "table.h"

/* All slots; the highest document that has a value is written to *last. */
KH_MUST_USE kh_status kh_glass_slots_add(kh_glass_table *table, uint32_t *last,
                                         const kh_glass_values *slots, size_t n,
                                         kh_error *err);
