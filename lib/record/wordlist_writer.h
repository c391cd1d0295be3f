/* wordlist_writer - the file `words` from the numbers. Internal to lib/record. */
#pragma once

#include "dictionaries.h"
#include "numbers.h"
#include "record/writer.h"
#include "sign_maker.h"

KH_BEGIN_DECLS

/* Write FOLDER/words. signs: told which words there are; may be NULL, as may known. */
KH_MUST_USE kh_status kh_wordlist_write(const char *folder, const kh_numbers *numbers,
                                        const kh_dictionaries *dictionaries,
                                        kh_sign_table *signs,
                                        const kh_known_words *known, kh_error *err);

/* Keys of a word in one language, at most KH_WORD_KEYS_MAX; returns how many. */
#define KH_WORD_KEYS_MAX 3u
size_t kh_word_keys(uint64_t keys[KH_WORD_KEYS_MAX], const kh_lexeme *lexeme);

KH_END_DECLS
