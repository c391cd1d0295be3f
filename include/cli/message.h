/* message - what the programs say to people on standard error. */
#pragma once

#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

/* What to do about an index that is damaged: its folder, twice. */
#define KH_HINT_DAMAGE                                                         \
    "build it again: khabar-index --index %s --rebuild INPUT...; or go back: " \
    "khabar-index --index %s rollback"

/* "khabar-query: no index at '...'" and, on the next line, "hint: ...". */
void kh_message_error(const char *program, const kh_error *err);

/* "khabar-query: note: ..." */
void kh_message_note(const char *program, kh_str note);

/* "khabar-query: warning: ..." */
void kh_message_warning(const char *program, const char *format, ...) KH_PRINTF(2, 3);

KH_END_DECLS
