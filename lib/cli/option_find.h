/* option_find - rows of a table of options, and arguments that are like one. Internal
 * to lib/cli. */
#pragma once

#include "cli/options.h"

KH_BEGIN_DECLS

/* NULL: there is none. */
const kh_option *kh_option_find_name(const kh_option *options, kh_str name);
const kh_option *kh_option_find_letter(const kh_option *options, char letter);

/* Behind the first word: one letter, or a letter and digits, is an option in the wrong
 * place. */
bool kh_option_is_short(const char *text);

KH_END_DECLS
