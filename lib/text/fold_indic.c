/* fold_indic - spellings of Hindi and its neighbours that differ in signs only.
 *
 * Newspapers write the nukta of loan words or do not (zyada with and without a dot
 * under its j), candrabindu or the anusvara that is easier to set, and a nasal before a
 * stop as a letter of its own or as an anusvara: hindi with n and virama, or with a
 * dot. One of them is taken: no nukta, the anusvara.
 *
 * The blocks of Devanagari, Gurmukhi and Gujarati are laid out alike, so a letter is
 * told by its place in its block. Left alone are Bengali, where candrabindu and
 * anusvara are two sounds and the nukta makes letters of their own, and Dravidian
 * scripts.
 *
 * A nasal that another nasal or a half vowel follows is a sound, not a spelling: anya,
 * janma, sammana. N before h stays as well (unhonne). N before the stops of the palate
 * and before s is how English words are spelt (agency, france), with an anusvara as
 * often.
 *
 * Source: the idea from Larkey, Connell, Abduljaleel: Hindi CLIR in thirty days (2003);
 * Unicode Standard, chapter 12 (layout of the blocks); which nasals, written for
 * khabar.
 */
#include "fold_internal.h"

#define BLOCK_BITS 7

/* Places in a block. */
enum {
    CANDRABINDU = 0x01,
    ANUSVARA = 0x02,
    KA = 0x15, /* then four more stops and their nasal, and so four more classes */
    PA = 0x2A,
    CLASS_LETTERS = 5,
    TA = 0x24,
    NA = 0x28,
    NNNA = 0x29, /* na, ra, lla with a nukta that NFKC does not take apart */
    RRA = 0x31,
    RA = 0x30,
    LLLA = 0x34,
    LLA = 0x33,
    SHA = 0x36,
    SA = 0x38,
    NUKTA = 0x3C,
    VIRAMA = 0x4D,
};

#define DEVANAGARI 0x0900
#define GURMUKHI   0x0A00

/* The number of the class of stops that a letter is of, from 0; -1 for none. */
static int stop_class(int place)
{
    if (place >= PA && place < PA + CLASS_LETTERS - 1)
        return 4;
    if (place < KA || place >= TA + CLASS_LETTERS - 1)
        return -1;
    return (place - KA) % CLASS_LETTERS == CLASS_LETTERS - 1
               ? -1
               : (place - KA) / CLASS_LETTERS;
}

/* The number of the class that a nasal letter ends; -1 for others. */
static int nasal_class(int place)
{
    if (place == PA + CLASS_LETTERS - 1)
        return 4;
    bool is_nasal =
        place >= KA && place <= NA && (place - KA) % CLASS_LETTERS == CLASS_LETTERS - 1;
    return is_nasal ? (place - KA) / CLASS_LETTERS : -1;
}

/* Whether a nasal with a virama is but another spelling of the anusvara. */
static bool is_anusvara(int nasal, int next)
{
    int nasals = nasal_class(nasal);
    int stops = stop_class(next);
    if (nasals < 0)
        return false;
    if (nasal == NA && (next == SHA || next == SA || (stops >= 0 && stops < 4)))
        return true;
    return stops == nasals;
}

int32_t kh_unify_indic(UChar32 *c, const UChar *behind, int32_t n)
{
    int place = *c & ((1 << BLOCK_BITS) - 1);
    UChar32 block = *c - place;
    bool is_devanagari = block == DEVANAGARI;
    if (place == NUKTA) {
        *c = 0;
        return 0;
    }
    if (place == CANDRABINDU)
        place = ANUSVARA;
    else if (is_devanagari && place == NNNA)
        place = NA;
    else if (is_devanagari && place == RRA)
        place = RA;
    else if (is_devanagari && place == LLLA)
        place = LLA;
    *c = block + place;

    if (block == GURMUKHI || n < 2 || behind[0] != block + VIRAMA)
        return 0;
    int next = behind[1] - block;
    if (next >= 1 << BLOCK_BITS || !is_anusvara(place, next))
        return 0;
    *c = block + ANUSVARA;
    return 1;
}
