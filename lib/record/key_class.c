/* key_class - languages that make the same keys of a word. */
#include "key_class.h"

#include <assert.h>

#define FIRST_STEMMER 4u /* below: no stemmer, by how they fold */

static unsigned class_of_folding(const kh_language *language)
{
    return (language->is_dotless_i ? 2u : 0u) + (language->has_decimal_comma ? 1u : 0u);
}

unsigned kh_key_class(const kh_language *language)
{
    if (language->stemmer == NULL)
        return class_of_folding(language);
    size_t n;
    const kh_language *table = kh_language_table(&n);
    unsigned number = FIRST_STEMMER;
    for (const kh_language *row = table; row < language; row++)
        number += row->stemmer != NULL;
    assert(number < KH_KEY_CLASSES_MAX);
    return number;
}

const kh_language *kh_key_class_language(unsigned number)
{
    size_t n;
    const kh_language *table = kh_language_table(&n);
    for (size_t i = 0; i < n; i++)
        if (kh_key_class(&table[i]) == number)
            return &table[i];
    return kh_language_neutral();
}
