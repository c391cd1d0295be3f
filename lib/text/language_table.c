/* language_table - the rows of languages, and other codes that name them.
 *
 * A row for every language with a stemmer, in libstemmer 2.2 or of our own, for those
 * that write a decimal comma (CLDR 42), and for those that news is written in besides.
 * Spanish is comma although Mexico writes points: most of its papers do. */
#include "language_table.h"

#include "base/decls.h"

/* code, stemmer, dotless i, decimal comma, month first, keeps first letter */
/* clang-format off */
const kh_language kh_language_rows[] = {
    { "af", NULL, false, true, false, true },
    { "ar", "arabic_light", false, false, false, false },
    { "as", NULL, false, false, false, true },
    { "az", NULL, true, true, false, true },
    { "be", NULL, false, true, false, true },
    { "bg", NULL, false, true, false, true },
    { "bn", NULL, false, false, false, true },
    { "br", NULL, false, true, false, true },
    { "bs", NULL, false, true, false, true },
    { "ca", "catalan", false, true, false, true },
    { "cs", NULL, false, true, false, true },
    { "da", "danish", false, true, false, true },
    { "de", "german", false, true, false, true },
    { "el", "greek", false, true, false, true },
    { "en", "english", false, false, true, true },
    { "eo", NULL, false, true, false, true },
    { "es", "spanish", false, true, false, true },
    { "et", NULL, false, true, false, true },
    { "eu", "basque", false, true, false, true },
    { "fa", NULL, false, false, false, true },
    { "fi", "finnish", false, true, false, true },
    { "fo", NULL, false, true, false, true },
    { "fr", "french", false, true, false, true },
    { "fy", NULL, false, true, false, true },
    { "ga", "irish", false, false, false, false },
    { "gl", NULL, false, true, false, true },
    { "gu", NULL, false, false, false, true },
    { "he", NULL, false, false, false, true },
    { "hi", "hindi", false, false, false, true },
    { "hr", NULL, false, true, false, true },
    { "ht", NULL, false, true, false, true },
    { "hu", "hungarian", false, true, false, true },
    { "hy", "armenian", false, true, false, true },
    { "id", "indonesian", false, true, false, false },
    { "is", NULL, false, true, false, true },
    { "it", "italian", false, true, false, true },
    { "ja", NULL, false, false, false, true },
    { "jv", NULL, false, true, false, true },
    { "ka", NULL, false, true, false, true },
    { "kk", NULL, false, true, false, true },
    { "kn", NULL, false, false, false, true },
    { "ko", "korean", false, false, false, true },
    { "ku", NULL, false, true, false, true },
    { "ky", NULL, false, true, false, true },
    { "lb", NULL, false, true, false, true },
    { "lt", "lithuanian", false, true, false, true },
    { "lv", NULL, false, true, false, true },
    { "mk", NULL, false, true, false, true },
    { "ml", NULL, false, false, false, true },
    { "mr", NULL, false, false, false, true },
    { "my", NULL, false, false, false, true },
    { "ne", "nepali", false, false, false, true },
    { "nl", "dutch", false, true, false, true },
    { "no", "norwegian", false, true, false, true },
    { "or", NULL, false, false, false, true },
    { "os", NULL, false, true, false, true },
    { "pa", NULL, false, false, false, true },
    { "pl", NULL, false, true, false, true },
    { "ps", NULL, false, true, false, true },
    { "pt", "portuguese", false, true, false, true },
    { "ro", "romanian", false, true, false, true },
    { "ru", "russian", false, true, false, true },
    { "si", NULL, false, false, false, true },
    { "sk", NULL, false, true, false, true },
    { "sl", NULL, false, true, false, true },
    { "sq", NULL, false, true, false, true },
    { "sr", "serbian", false, true, false, false },
    { "su", NULL, false, true, false, true },
    { "sv", "swedish", false, true, false, true },
    { "sw", NULL, false, false, false, true },
    { "ta", "tamil", false, false, false, false },
    { "te", NULL, false, false, false, true },
    { "tg", NULL, false, true, false, true },
    { "th", NULL, false, false, false, true },
    { "tk", NULL, false, true, false, true },
    { "tl", NULL, false, false, false, true },
    { "tr", "turkish", true, true, false, true },
    { "tt", NULL, false, true, false, true },
    { "uk", NULL, false, true, false, true },
    { "ur", NULL, false, false, false, true },
    { "uz", NULL, false, true, false, true },
    { "vi", NULL, false, true, false, true },
    { "yi", "yiddish", false, false, false, false },
    { "zh", NULL, false, false, false, true },
    { "", NULL, false, false, false, true }, /* the neutral row */
};
/* clang-format on */

const size_t kh_language_n_rows = KH_COUNT_OF(kh_language_rows) - 1;

/* What ICU does not map to ISO 639-1 itself: bibliographic codes of ISO 639-2, codes
 * that were withdrawn, and members of macrolanguages that data sets write.
 * Source: written for khabar after ISO 639-2 and 639-3; a selection, no extract. */
const kh_language_alias kh_language_aliases[] = {
    { "alb", "sq" },  { "als", "sq" }, { "arb", "ar" },  { "arm", "hy" },
    { "azb", "azb" }, { "azj", "az" }, { "baq", "eu" },  { "bur", "my" },
    { "chi", "zh" },  { "cmn", "zh" }, { "cnr", "sr" },  { "cze", "cs" },
    { "dut", "nl" },  { "ekk", "et" }, { "fil", "tl" },  { "fre", "fr" },
    { "geo", "ka" },  { "ger", "de" }, { "gre", "el" },  { "hbs", "sr" },
    { "ice", "is" },  { "in", "id" },  { "iw", "he" },   { "ji", "yi" },
    { "jw", "jv" },   { "khk", "mn" }, { "lvs", "lv" },  { "mac", "mk" },
    { "mao", "mi" },  { "may", "ms" }, { "mo", "ro" },   { "mol", "ro" },
    { "nb", "no" },   { "nn", "no" },  { "nno", "no" },  { "nob", "no" },
    { "npi", "ne" },  { "ory", "or" }, { "pbu", "ps" },  { "per", "fa" },
    { "pes", "fa" },  { "plt", "mg" }, { "pnb", "pnb" }, { "prs", "fa" },
    { "rum", "ro" },  { "scc", "sr" }, { "scr", "hr" },  { "sh", "sr" },
    { "skr", "skr" }, { "slo", "sk" }, { "swh", "sw" },  { "syl", "syl" },
    { "tib", "bo" },  { "uzn", "uz" }, { "wel", "cy" },  { "ydd", "yi" },
    { "zsm", "ms" },
};

const size_t kh_language_n_aliases = KH_COUNT_OF(kh_language_aliases);
