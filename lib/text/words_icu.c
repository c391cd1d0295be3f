/* words_icu - ICU's word breaks over one run of a text, with byte offsets. */
#include "words_internal.h"

#include <assert.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/alloc.h"
#include "base/utf8.h"

struct kh_icu_run {
    UBreakIterator *breaks; /* owned */
    UText utext;            /* owned; a view of text */
    kh_str text;
    size_t start; /* bytes, in text: where the run begins */
    size_t at;    /* bytes, in text: end of the last piece */
    size_t end;   /* bytes, in text: of the segment that it is in */
    bool has_non_joiner;
};

kh_status kh_icu_run_open(kh_icu_run **out, kh_error *err)
{
    KH_AUTO(kh_icu_run_free) kh_icu_run *run = kh_alloc(sizeof(*run));
    run->utext = (UText)UTEXT_INITIALIZER;

    UErrorCode icu = U_ZERO_ERROR;
    run->breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &icu);
    if (U_FAILURE(icu))
        return kh_fail(err, KH_ERR_ENGINE, "cannot open the word rules of ICU: %s",
                       u_errorName(icu));

    *out = KH_TAKE(run);
    return KH_OK;
}

void kh_icu_run_free(kh_icu_run *run)
{
    if (!run)
        return;
    if (run->breaks)
        ubrk_close(run->breaks);
    utext_close(&run->utext);
    kh_free(run);
}

void kh_icu_run_reset(kh_icu_run *run, kh_str text, size_t start, size_t end)
{
    UErrorCode icu = U_ZERO_ERROR;
    utext_openUTF8(&run->utext, text.ptr + start, (int64_t)(end - start), &icu);
    ubrk_setUText(run->breaks, &run->utext, &icu);
    assert(U_SUCCESS(icu));
    ubrk_first(run->breaks);
    run->text = text;
    run->start = start;
    run->at = start;
    run->end = start;
    run->has_non_joiner = kh_str_find(kh_str_slice(text, start, end),
                                      KH_STR(KH_NON_JOINER), 0) != SIZE_MAX;
}

static bool is_letter(UChar32 c, int word_break)
{
    bool is_dictionary =
        u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
    return word_break == U_WB_ALETTER || word_break == U_WB_HEBREW_LETTER ||
           (is_dictionary && u_isalpha(c));
}

/* Look at the code points of a segment: is there a letter, a digit first? An emoji that
 * a zero-width joiner glues to a word is cut off. */
static bool describe(kh_str text, kh_piece *piece)
{
    bool has_letter = false;
    bool has_digit = false;
    bool starts_with_digit = false;
    for (size_t at = piece->start; at < piece->end;) {
        size_t begin = at;
        UChar32 c = (UChar32)kh_utf8_next(text, &at);
        int word_break = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
        if (word_break == U_WB_OTHER &&
            u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)) {
            piece->end = begin;
        } else if (word_break == U_WB_NUMERIC) {
            has_digit = true;
            starts_with_digit = starts_with_digit || begin == piece->start;
        } else {
            has_letter = has_letter || is_letter(c, word_break);
        }
    }
    piece->kind = starts_with_digit && !has_letter ? KH_WORD_NUMBER : KH_WORD_LETTERS;
    piece->has_mid = true;
    return has_letter || has_digit;
}

/* Where the segment at..end is parted for the first time; end if it is not. */
static size_t find_seam(kh_str text, size_t at, size_t end)
{
    kh_str segment = kh_str_slice(text, 0, end);
    for (size_t from = at; from < end;) {
        size_t found = kh_str_find(segment, KH_STR(KH_NON_JOINER), from);
        if (found >= end)
            break;
        if (found > at && kh_is_seam(text, found))
            return found;
        from = found + KH_NON_JOINER_BYTES;
    }
    return end;
}

bool kh_icu_run_next(kh_icu_run *run, kh_piece *out)
{
    for (;;) {
        if (run->at == run->end) {
            int32_t end = ubrk_next(run->breaks);
            if (end == UBRK_DONE)
                return false;
            run->end = run->start + (size_t)end;
        }
        out->start = run->at;
        out->end =
            run->has_non_joiner ? find_seam(run->text, run->at, run->end) : run->end;
        run->at = out->end;
        if (run->at < run->end)
            run->at += KH_NON_JOINER_BYTES;
        if (describe(run->text, out))
            return true;
    }
}
