/* scratch - a temporary folder for each test. */
#pragma once

#include "glass/writer.h"

/* The .init and .fini of a suite. */
void scratch_make(void);
void scratch_remove(void);

/* "SCRATCH/name"; of the last eight names. */
const char *scratch_path(const char *name);

/* What must be KH_OK, and a writer in a folder. */
void must(kh_status status);
kh_glass_writer *writer_of(const char *path, uint32_t block_bytes);
