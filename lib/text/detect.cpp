/* detect - the language of a text.
 *
 * A script that one language alone writes in says it at once; CLD2 is asked for the
 * rest. It is C++, so this file is, and no exception gets out. */
#include "text/language.h"

#include <cstdio> /* CLD2's header needs it first */

#include <cld2/public/compact_lang_det.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

namespace
{

constexpr size_t first_bytes = 1024; /* are enough most of the time */
constexpr size_t max_bytes = 4096;
constexpr int max_letters = 400; /* to know the script */
constexpr int min_letters = 3;
constexpr int min_percent = 50; /* of the text, for CLD2's first language */

struct script_language {
    UScriptCode script;
    const char *language;
};

/* Scripts of one language, as far as news goes. */
const script_language script_languages[] = {
    { USCRIPT_ARMENIAN, "hy" }, { USCRIPT_GEORGIAN, "ka" },
    { USCRIPT_GREEK, "el" },    { USCRIPT_GUJARATI, "gu" },
    { USCRIPT_GURMUKHI, "pa" }, { USCRIPT_HANGUL, "ko" },
    { USCRIPT_KANNADA, "kn" },  { USCRIPT_KHMER, "km" },
    { USCRIPT_LAO, "lo" },      { USCRIPT_MALAYALAM, "ml" },
    { USCRIPT_MYANMAR, "my" },  { USCRIPT_OL_CHIKI, "sat" },
    { USCRIPT_ORIYA, "or" },    { USCRIPT_SINHALA, "si" },
    { USCRIPT_TAMIL, "ta" },    { USCRIPT_TELUGU, "te" },
    { USCRIPT_THAANA, "dv" },   { USCRIPT_THAI, "th" },
    { USCRIPT_TIBETAN, "bo" },
};

/* Letters of the beginning, by script. */
struct letters {
    int n = 0;
    int n_of[USCRIPT_CODE_LIMIT] = {};
    bool is_assamese = false; /* ra or wa as only Assamese writes them */

    bool mostly(UScriptCode script) const
    {
        return n >= min_letters && n_of[script] * 10 >= n * 6;
    }
};

letters count_letters(kh_str text)
{
    letters counted;
    for (size_t at = 0; at < text.len && counted.n < max_letters;) {
        uint32_t c = kh_utf8_next(text, &at);
        if (c == KH_UTF8_BAD || !u_isalpha(static_cast<UChar32>(c)))
            continue;
        UErrorCode icu = U_ZERO_ERROR;
        UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &icu);
        if (script < 0 || script >= USCRIPT_CODE_LIMIT)
            continue;
        counted.n++;
        counted.n_of[script]++;
        counted.is_assamese |= c == 0x09F0 || c == 0x09F1;
    }
    return counted;
}

const char *language_of_script(const letters &counted)
{
    for (const script_language &row : script_languages)
        if (counted.mostly(row.script))
            return row.language;
    if (counted.mostly(USCRIPT_BENGALI))
        return counted.is_assamese ? "as" : "bn";

    int kana = counted.n_of[USCRIPT_HIRAGANA] + counted.n_of[USCRIPT_KATAKANA];
    int han = counted.n_of[USCRIPT_HAN];
    /* One of these says as much as several Latin letters. */
    if (counted.n >= min_letters && (kana + han) * 10 >= counted.n * 3)
        return kana * 20 > han ? "ja" : "zh";
    return nullptr;
}

/* The whole characters of the beginning, up to the first ill-formed byte. */
kh_str sample_of(kh_str text, size_t bytes)
{
    kh_str sample = kh_str_slice(text, 0, bytes);
    return kh_str_slice(sample, 0, kh_utf8_check(sample));
}

bool ask_cld2(kh_buf *out, kh_str sample)
{
    CLD2::Language languages[3];
    int percents[3];
    int text_bytes;
    bool is_reliable = false;
    CLD2::Language first =
        CLD2::ExtDetectLanguageSummary(sample.ptr, static_cast<int>(sample.len), true,
                                       languages, percents, &text_bytes, &is_reliable);
    if (!is_reliable || first == CLD2::UNKNOWN_LANGUAGE || first != languages[0] ||
        percents[0] < min_percent)
        return false;
    return kh_language_code(out, kh_str_from(CLD2::LanguageCode(first)));
}

} // namespace

bool kh_language_detect(kh_buf *out, kh_str text)
try {
    kh_str sample = sample_of(text, first_bytes);
    if (sample.len == 0)
        return false;
    const char *language = language_of_script(count_letters(sample));
    if (language) {
        kh_buf_add(out, kh_str_from(language));
        return true;
    }
    kh_str longer = sample_of(text, max_bytes);
    return ask_cld2(out, sample) || (longer.len > sample.len && ask_cld2(out, longer));
} catch (...) {
    return false;
}
