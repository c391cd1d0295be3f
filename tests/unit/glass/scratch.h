/* scratch - a temporary folder for each test. */
#pragma once

/* The .init and .fini of a suite. */
void scratch_make(void);
void scratch_remove(void);

/* "SCRATCH/name"; of the last eight names. */
const char *scratch_path(const char *name);
