/* private - what the files of this room share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdnoreturn.h>

#include "base/error.h"

/* End the program with a message and exit code 2; 0 bytes: the size is not known. */
noreturn void kh_out_of_memory(size_t bytes);

/* The status for errno of a failed open, stat ...: is nothing there, or worse? */
kh_status kh_status_of_errno(int number);

/* Open for reading; KH_ERR_NOT_FOUND or KH_ERR_IO. */
KH_MUST_USE kh_status kh_open_to_read(int *out, const char *path, kh_error *err);

/* Memory in large pages, zeroed; NULL: ask malloc, for the block is small, or there are
 * none. */
void *kh_pages_alloc(size_t bytes);

/* The same for a block of any kind that becomes larger or smaller. NULL: it is malloc's
 * and nothing was done. What is new is zeroed only if the block was in large pages. */
void *kh_pages_grow(void *old, size_t bytes);

/* Whether it was a block in large pages; it is gone then. */
bool kh_pages_free(void *ptr);
