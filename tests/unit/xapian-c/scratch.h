/* scratch - a temporary folder for each test, and small databases in it. */
#pragma once

#include "xapian-c/database.h"
#include "xapian-c/writer.h"

/* The .init and .fini of a suite. */
void scratch_make(void);
void scratch_remove(void);

/* "SCRATCH/name"; of the last eight names. */
const char *scratch_path(const char *name);

/* A letter of the test's alphabet: the term "w<i>". Holds for the last 64 calls. */
kh_str word(unsigned i);

/* The wdf of word i in document d (from 1) of the made-up archive; 0 if it is not
 * there. */
unsigned archive_wdf(unsigned document, unsigned i);
#define ARCHIVE_WORDS 12

/* Documents first..last of the made-up archive, with one value (slot 0: "v<d>"), data
 * ("data of <d>"), a filter term "Xeven" or "Xodd" of wdf 0, and metadata m1, m2, m3.
 */
void archive_write(const char *path, unsigned first, unsigned last);
unsigned archive_length(unsigned document);

/* From here on (or no longer) leaks are none of ours: the engine itself leaks where a
 * write or an allocation fails inside of it. */
void leaks_allow(bool is_allowed);

/* Open or fail the test. */
kh_database *database_of(const char *path);

/* Overwrite bytes of a file, or cut it. */
void file_patch(const char *path, long offset, const char *bytes, size_t n);
void file_cut(const char *path, long size);
long file_size(const char *path);
