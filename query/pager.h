/* pager - what is longer than the screen goes through less, or whatever is named.
 * Inside query/ only. */
#pragma once

#include "base/buf.h"

/* Show a text through a pager if it does not fit on the terminal that standard output
 * is. option: "auto", "never" or a command. False: it was not shown. */
bool kh_pager_show(const char *option, kh_str text);
