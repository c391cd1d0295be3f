/* record_letters - the letters of a text, from a table that fills itself. */
#include "record_letters.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "text/fold.h"

#define KNOWN   0x80000000u
#define N_KNOWN 0x10000u

void kh_letters_release(kh_letters *letters)
{
    kh_free(letters->known);
    letters->known = NULL;
    kh_words_free(letters->words);
    letters->words = NULL;
}

static uint32_t ascii_bit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return 1u << 26;
    c |= 0x20;
    return c >= 'a' && c <= 'z' ? 1u << (c - 'a') : 0;
}

/* Bits of a folded text, which is that of one code point. */
static uint64_t folded_bits(kh_str folded)
{
    uint64_t bits = 0;
    unsigned n = 0;
    for (size_t i = 0; i < folded.len; i++) {
        uint32_t bit = ascii_bit((unsigned char)folded.ptr[i]);
        bits |= bit;
        n += bit != 0;
    }
    for (size_t at = 0; at < folded.len;)
        if (kh_is_character(kh_utf8_next(folded, &at)))
            bits |= KH_LETTERS_HAN;
    return n > 1 ? bits | KH_LETTERS_SEVERAL : bits;
}

static bool is_apostrophe(uint32_t code_point)
{
    static const uint32_t apostrophes[] = { 0xB4,   0x2B9,  0x2BB,  0x2BC,  0x2BD,
                                            0x2BE,  0x2BF,  0x5F3,  0x2018, 0x2019,
                                            0x201B, 0x2032, 0xA78C, 0xFF07 };
    for (size_t i = 0; i < KH_COUNT_OF(apostrophes); i++)
        if (apostrophes[i] == code_point)
            return true;
    return false;
}

static bool is_word(kh_letters *letters, kh_str one)
{
    if (!letters->words && kh_words_open(&letters->words, NULL) != KH_OK)
        return false;
    kh_words_reset(letters->words, one);
    kh_word word;
    return kh_words_next(letters->words, &word);
}

/* Bits of a code point that is not ASCII. */
static uint64_t work_out(kh_letters *letters, kh_str one, uint32_t code_point)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    kh_fold(&folded, one, kh_language_neutral());
    KH_AUTO_BUF form;
    kh_buf_init(&form, KH_BUF_MAX);
    kh_strip_accents(&form, kh_buf_str(&folded));

    uint64_t bits =
        KNOWN | folded_bits(kh_buf_str(&folded)) | folded_bits(kh_buf_str(&form));
    if (is_apostrophe(code_point))
        bits |= KH_LETTERS_APOSTROPHE;
    if (kh_is_character(code_point))
        bits |= KH_LETTERS_CHARACTER;
    else if (is_word(letters, one))
        bits |= KH_LETTERS_UNIT;
    return bits;
}

/* Bits of the code point at *at, which is not ASCII; *at moves behind it. */
static uint64_t next_bits(kh_letters *letters, kh_str text, size_t *at)
{
    size_t start = *at;
    uint32_t code_point = kh_utf8_next(text, at);
    kh_str one = kh_str_slice(text, start, *at);
    if (code_point >= N_KNOWN)
        return work_out(letters, one, code_point);
    if (!letters->known)
        letters->known = kh_alloc(N_KNOWN * sizeof(letters->known[0]));
    if (letters->known[code_point] == 0)
        letters->known[code_point] = work_out(letters, one, code_point);
    return letters->known[code_point];
}

uint64_t kh_letters_of(kh_letters *letters, kh_str text)
{
    uint64_t bits = 0;
    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (c < 0x80) {
            uint32_t bit = ascii_bit(c);
            bits |= bit != 0 ? bit | KH_LETTERS_UNIT : 0;
            bits |= c == '\'' || c == '`' ? KH_LETTERS_APOSTROPHE : 0;
            at++;
        } else {
            bits |= next_bits(letters, text, &at);
        }
    }
    return bits;
}

size_t kh_letters_squeeze(char *out, size_t max, kh_letters *letters, kh_str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (c < 0x80) {
            at++;
            if (ascii_bit(c) == 0)
                continue;
            c = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
        } else {
            uint64_t bits = next_bits(letters, text, &at);
            uint32_t letter = (uint32_t)(bits & KH_LETTERS_ALL);
            if (letter == 0)
                continue;
            if ((bits & KH_LETTERS_SEVERAL) != 0 || (letter & (letter - 1)) != 0 ||
                letter == 1u << 26)
                return SIZE_MAX;
            c = (unsigned char)('a' + __builtin_ctz(letter));
        }
        if (n == max)
            return SIZE_MAX;
        out[n++] = (char)c;
    }
    return n;
}
