/* key_class - languages that make the same keys of a word: those without a stemmer that
 * fold alike are one. Bits of a mask. Internal to lib/record. */
#pragma once

#include "text/language.h"

KH_BEGIN_DECLS

#define KH_KEY_CLASSES_MAX 64u

unsigned kh_key_class(const kh_language *language);

/* A language of the class. */
const kh_language *kh_key_class_language(unsigned number);

KH_END_DECLS
