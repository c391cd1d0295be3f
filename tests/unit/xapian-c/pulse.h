/* pulse - a database of the engine's, copied with its rare terms beside the table. */
#pragma once

#include "xapian-c/database.h"

/* Both are folders; `to` is made. Lengths are those of the documents, 1 to all. */
void pulse_database(const char *to, const char *from);
