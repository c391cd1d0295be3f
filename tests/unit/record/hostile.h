/* hostile - the record files of a segment to be damaged, and all read that can be.
 *
 * What is mapped is copied to memory of exactly its size, so that the sanitizer sees a
 * read behind it. */
#pragma once

#include "drawn.h"
#include "records.h"

#define HOSTILE_ARTICLES 24u /* enough for a dictionary */

enum { WORDS, CODES, REST, PLACES, KEYS, LENGTHS, SIGNS, N_FILES };

typedef struct hostile_site {
    kh_arena *arena;
    kh_records *records; /* of the good files */
    archive from;
    char *good[N_FILES]; /* owned: what stands in the files when they are whole */
    size_t len[N_FILES];
    dice d;
} hostile_site;

extern hostile_site site;
extern const char *const file_names[N_FILES];

/* The .init and .fini of a suite. */
void hostile_open(void);
void hostile_free(void);

/* Another file in place of the old one, which stays mapped. */
void write_file(size_t file, const char *bytes, size_t len);
void heal(size_t file); /* the good one */

/* Change one to three bytes, or none by chance. */
void flip(char *bytes, size_t len);

/* Put the low four bytes of a value. */
void put_u32(char *at, uint64_t value);

/* Where the stream (CODES) or the rest (REST) of a document lies. */
kh_extent extent_of(uint32_t document, size_t file);

/* A status that damage may give. */
void expect_fair(kh_status status);

/* Open the files as they are now and read all there is. Returns what opening said, or,
 * if that went well, what the check said. is_forged: checksums are right, so a stored
 * text may have become none. */
kh_status read_all(bool is_forged);
