/* stem_korean - a Korean noun without its particles.
 *
 * Korean writes particles on to the noun: of the government (jeongbu) it says
 * jeongbu-neun, jeongbu-reul, jeongbu-e-seo-neun. They are cut off the end one by one
 * while two syllables are left, and as nothing is cut that the noun alone would keep,
 * a noun meets itself with any of them.
 *
 * Many particles have two forms, one behind a consonant and one behind a vowel. Which
 * of them may stand tells a particle from the end of a noun: jeonmun-ga, an expert, is
 * no jeonmun with the particle ga, for that is i behind an n. The final consonant of a
 * syllable follows from its code point: 28 of them, none first, then 19 initial
 * consonants by 21 vowels.
 *
 * Endings of verbs stay, and so does what ends like a particle and may be one by its
 * sound: jejudo, the island, is cut to jeju, alone as with particles.
 *
 * Source: Unicode Standard, section 3.12 (Hangul syllables); the particles and their
 * forms are those of any grammar (josa), the list is written for khabar.
 */
#include "stem_own.h"

#include "base/decls.h"
#include "base/utf8.h"

#define SYLLABLE_FIRST 0xAC00u
#define SYLLABLE_LAST  0xD7A3u
#define SYLLABLE_BYTES 3u /* in UTF-8 */
#define N_FINALS       28u
#define FINAL_RIEUL    8u

#define NOUN_SYLLABLES 2u /* are left, at least */

/* What a particle may stand behind. */
typedef enum behind {
    BEHIND_ANY,
    BEHIND_CONSONANT,
    BEHIND_VOWEL,
    BEHIND_VOWEL_OR_RIEUL,
} behind;

/* Those that end in another one and are longer come first. A particle behind a particle
 * needs no row of its own. */
/* clang-format off */
static const struct {
    const char *particle;
    behind behind;
} particles[] = {
    { "으로부터", BEHIND_CONSONANT }, { "로부터", BEHIND_VOWEL_OR_RIEUL },
    { "이라면서", BEHIND_CONSONANT }, { "라면서", BEHIND_VOWEL },
    { "이라고", BEHIND_CONSONANT }, { "라고", BEHIND_VOWEL },
    { "이라는", BEHIND_CONSONANT }, { "라는", BEHIND_VOWEL },
    { "이라며", BEHIND_CONSONANT }, { "라며", BEHIND_VOWEL },
    { "이라도", BEHIND_CONSONANT }, { "이라", BEHIND_CONSONANT },
    { "으로서", BEHIND_CONSONANT }, { "로서", BEHIND_VOWEL_OR_RIEUL },
    { "으로써", BEHIND_CONSONANT }, { "로써", BEHIND_VOWEL_OR_RIEUL },
    { "으로", BEHIND_CONSONANT }, { "로", BEHIND_VOWEL_OR_RIEUL },
    { "입니다", BEHIND_ANY }, { "이다", BEHIND_ANY }, { "이며", BEHIND_ANY },
    { "이고", BEHIND_CONSONANT },
    { "이나", BEHIND_CONSONANT }, { "나", BEHIND_VOWEL },
    { "에게서", BEHIND_ANY }, { "에게", BEHIND_ANY }, { "에서", BEHIND_ANY },
    { "에", BEHIND_ANY }, { "의", BEHIND_ANY },
    { "께서", BEHIND_ANY }, { "께", BEHIND_ANY },
    { "까지", BEHIND_ANY }, { "부터", BEHIND_ANY }, { "보다", BEHIND_ANY },
    { "처럼", BEHIND_ANY }, { "마다", BEHIND_ANY }, { "만큼", BEHIND_ANY },
    { "조차", BEHIND_ANY }, { "마저", BEHIND_ANY }, { "밖에", BEHIND_ANY },
    { "한테", BEHIND_ANY }, { "도", BEHIND_ANY }, { "만", BEHIND_ANY },
    { "은", BEHIND_CONSONANT }, { "는", BEHIND_VOWEL },
    { "이", BEHIND_CONSONANT }, { "가", BEHIND_VOWEL },
    { "을", BEHIND_CONSONANT }, { "를", BEHIND_VOWEL },
    { "과", BEHIND_CONSONANT }, { "와", BEHIND_VOWEL },
    { "들", BEHIND_ANY }, /* the plural, before all of them */
};
/* clang-format on */

static bool may_stand(behind where, unsigned final_consonant)
{
    switch (where) {
    case BEHIND_CONSONANT:
        return final_consonant != 0;
    case BEHIND_VOWEL:
        return final_consonant == 0;
    case BEHIND_VOWEL_OR_RIEUL:
        return final_consonant == 0 || final_consonant == FINAL_RIEUL;
    default:
        return true;
    }
}

/* Whether a text ends in two syllables at least; the final consonant of the last is
 * *out then, 0 for none. */
static bool ends_in_syllables(unsigned *out, kh_str text)
{
    if (text.len < NOUN_SYLLABLES * SYLLABLE_BYTES)
        return false;
    size_t at = text.len;
    for (unsigned i = 0; i < NOUN_SYLLABLES; i++) {
        uint32_t c = kh_utf8_previous(text, &at);
        if (c < SYLLABLE_FIRST || c > SYLLABLE_LAST)
            return false;
        if (i == 0)
            *out = (c - SYLLABLE_FIRST) % N_FINALS;
    }
    return true;
}

/* Cut one particle off; false if there is none. */
static bool cut(kh_str *word)
{
    for (size_t i = 0; i < KH_COUNT_OF(particles); i++) {
        kh_str particle = kh_str_from(particles[i].particle);
        if (!kh_str_ends(*word, particle))
            continue;
        kh_str noun = kh_str_slice(*word, 0, word->len - particle.len);
        unsigned final_consonant;
        if (!ends_in_syllables(&final_consonant, noun) ||
            !may_stand(particles[i].behind, final_consonant))
            continue;
        *word = noun;
        return true;
    }
    return false;
}

kh_str kh_stem_korean(kh_str folded)
{
    while (cut(&folded)) {
    }
    return folded;
}
