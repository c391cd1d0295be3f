/* tag_line - whether the last line of a plain-text article lists its tags.
 *
 * A glued line is told from prose by its seams, words like "TreatyIndia" or
 * "2025diplomatic" that lose a space. Names have such seams, too (YouTube, McDonald),
 * so it takes several, on both sides of them whole words, few words between them, and
 * nothing that makes a sentence. A line in one case, or in a script without case, has
 * no seams: it is not found unless a label stands before it. */
#include "glue.h"

#include <stdint.h>

#include "text/fold.h"

enum { LINE_MIN = 16, LINE_MAX = KH_GLUE_LINE_MAX /* bytes of a glued line */ };
enum { SEAM_LETTERS = 3 /* on each side */, WORDS_PER_TAG = 5 };

/* As kh_fold_phrase() writes them. */
static const char *const labels[] = {
    "tags",
    "tag",
    "tagged",
    "tagged with",
    "tagged as",
    "tagged under",
    "keywords",
    "keyword",
    "key words",
    "topics",
    "topic",
    "filed under",
    "categories",
    "category",
    "hashtags",
    "related topics",
    "related tags",
    "more on",
    "article tags",
    "story tags",
    /* de */ "schlagworter",
    "schlagworte",
    "stichworte",
    "stichworter",
    "themen",
    /* fr */ "mots cles",
    "mots clefs",
    "mot cle",
    "themes",
    "etiquettes",
    "sujets",
    /* es, pt */ "etiquetas",
    "palabras clave",
    "temas",
    "palavras chave",
    "topicos",
    "assuntos",
    "archivado en",
    /* it */ "etichette",
    "parole chiave",
    "argomenti",
    /* tr */ "etiketler",
    "anahtar kelimeler",
    "konular",
    /* nl, sv, da, no, fi, pl */ "trefwoorden",
    "onderwerpen",
    "taggar",
    "nyckelord",
    "etiketter",
    "stikord",
    "emner",
    "avainsanat",
    "asiasanat",
    "tagi",
    "slowa kluczowe",
    "tematy",
    /* ro, cs, hu, id, sw */ "etichete",
    "cuvinte cheie",
    "stitky",
    "klicova slova",
    "cimkek",
    "kulcsszavak",
    "kata kunci",
    "topik",
    "lebo",
    "maneno muhimu",
    /* vi */ "the",
    "tu khoa",
    "chu de",
    /* el */ "ετικετες",
    "λεξεις κλειδια",
    "θεματα",
    /* ru, uk, bg */ "теги",
    "метки",
    "ключевые слова",
    "темы",
    "ключові слова",
    "мітки",
    "етикети",
    "тагове",
    "ключови думи",
    /* ar */ "وسوم",
    "الوسوم",
    "كلمات مفتاحيه",
    "كلمات مفتاحية",
    "الكلمات المفتاحية",
    "كلمات دليلية",
    "مواضيع",
    "علامات",
    /* ur */ "ٹیگز",
    "ٹیگ",
    "مطلوبہ الفاظ",
    "موضوعات",
    /* fa */ "برچسب ها",
    "برچسبها",
    "برچسب",
    "کلیدواژه ها",
    "کلیدواژهها",
    "کلمات کلیدی",
    /* he */ "תגיות",
    "תגים",
    "מילות מפתח",
    /* hi, mr, ne */ "टैग",
    "टैग्स",
    "टैग्ज",
    "कीवर्ड",
    "मुख्य शब्द",
    "विषय",
    "ट्याग",
    /* bn */ "ট্যাগ",
    "ট্যাগস",
    "ট্যাগসমূহ",
    "বিষয়",
    /* ta, te, kn, ml */ "குறிச்சொற்கள்",
    "குறிச்சொல்",
    "டேக்ஸ்",
    "ట్యాగ్లు",
    "ట్యాగ్స్",
    "ಟ್ಯಾಗ್ಗಳು",
    "ടാഗുകൾ",
    /* gu, pa, or */ "ટૅગ્સ",
    "ટેગ્સ",
    "ਟੈਗ",
    "ଟ୍ୟାଗ",
    /* th */ "แท็ก",
    "ป้ายกำกับ",
    "คำสำคัญ",
    /* zh */ "标签",
    "標籤",
    "关键词",
    "關鍵詞",
    "关键字",
    "關鍵字",
    "话题",
    /* ja, ko */ "タグ",
    "キーワード",
    "태그",
    "키워드",
    "주제어",
    /* am, yo, so */ "መለያዎች",
    "ቁልፍ ቃላት",
};

/* Whether `name` is a label, compared as people read: labels go the same way. */
static bool is_label(kh_str name)
{
    KH_AUTO_BUF asked;
    KH_AUTO_BUF known;
    kh_buf_init(&asked, 1000);
    kh_buf_init(&known, 1000);
    kh_fold_phrase(&asked, name);
    if (asked.len == 0)
        return false;
    for (size_t i = 0; i < KH_COUNT_OF(labels); i++) {
        kh_buf_reset(&known);
        kh_fold_phrase(&known, kh_str_from(labels[i]));
        if (kh_str_equal(kh_buf_str(&asked), kh_buf_str(&known)))
            return true;
    }
    return false;
}

/* Bytes of "Tags:" at the start, its colon and spaces included; 0 if there is none. */
static size_t label_bytes(kh_str line)
{
    enum { LABEL_MAX = 80 };
    kh_str start = kh_str_slice(line, 0, LABEL_MAX);
    size_t colon = kh_str_find(start, KH_STR(":"), 0);
    size_t wide = kh_str_find(start, KH_STR("\xEF\xBC\x9A"), 0);
    size_t end = colon < wide ? colon : wide;
    if (end == SIZE_MAX || !is_label(kh_str_slice(line, 0, end)))
        return 0;
    return end + (colon < wide ? 1 : 3);
}

static bool ends_sentence(kh_str line)
{
    static const char *const ends[] = { ".",
                                        "!",
                                        "?",
                                        "\"",
                                        ":",
                                        ",",
                                        "\xE2\x80\x9D" /* ” */,
                                        "\xE2\x80\xA6" /* … */,
                                        "\xE3\x80\x82" /* 。 */,
                                        "\xE0\xA5\xA4" /* danda */,
                                        "\xDB\x94" /* Urdu full stop */,
                                        "\xD8\x9F" /* Arabic question mark */,
                                        "\xEF\xBC\x81" /* ！ */,
                                        "\xEF\xBC\x9F" /* ？ */ };
    for (size_t i = 0; i < KH_COUNT_OF(ends); i++) {
        if (kh_str_ends(line, kh_str_from(ends[i])))
            return true;
    }
    return false;
}

/* Letters of the same word before or behind a place, as far as they are in one case. */
static size_t letters_before(const kh_glue_text *text, size_t at)
{
    size_t n = 0;
    while (at > n && text->chars[at - n - 1].class >= KH_GLUE_MARK)
        n++;
    return n;
}

static size_t lower_letters_from(const kh_glue_text *text, size_t at)
{
    size_t n = 0;
    while (at + n < text->n && text->chars[at + n].class == KH_GLUE_LOWER)
        n++;
    return n;
}

/* Names and makes that have a seam of their own, folded. */
static bool is_brand(kh_str word)
{
    static const char *const brands[] = {
        "youtube",         "whatsapp",
        "linkedin",        "tiktok",
        "paypal",          "blackrock",
        "javascript",      "astrazeneca",
        "glaxosmithkline", "mastercard",
        "playstation",     "powerpoint",
        "sharepoint",      "wordpress",
        "facetime",        "snapchat",
        "wechat",          "deepmind",
        "deepseek",        "chatgpt",
        "openai",          "spacex",
        "github",          "gitlab",
        "rosneft",         "pricewaterhousecoopers",
        "exxonmobil",      "conocophillips",
        "hubspot",         "phonepe",
        "jetblue",         "easyjet",
        "fedex",           "oneplus",
        "makemytrip",      "sharechat",
        "indigo",          "telesur",
    };
    for (size_t i = 0; i < KH_COUNT_OF(brands); i++) {
        if (kh_str_equal(word, kh_str_from(brands[i])))
            return true;
    }
    return false;
}

typedef struct seams {
    size_t strong; /* whole words on both sides */
    size_t words;
    bool has_sentence; /* a full stop or comma with a space behind it */
} seams;

static bool is_strong_seam(const kh_glue_text *text, size_t i)
{
    const kh_glue_char *before = &text->chars[i - 1];
    const kh_glue_char *after = &text->chars[i];
    if (after->class != KH_GLUE_UPPER && after->class != KH_GLUE_LOWER)
        return false;
    if (before->class == KH_GLUE_PUNCT && text->text.ptr[before->at] == ')')
        return true;
    if (before->class == KH_GLUE_DIGIT)
        return letters_before(text, i) >= 4 && lower_letters_from(text, i + 1) >= 2;
    if (before->class != KH_GLUE_LOWER || after->class != KH_GLUE_UPPER)
        return false;

    size_t left = letters_before(text, i);
    size_t right = lower_letters_from(text, i + 1) + 1;
    bool is_all_capitals = i + 1 < text->n && after[1].class == KH_GLUE_UPPER;
    if (left < SEAM_LETTERS || (right < SEAM_LETTERS && !is_all_capitals))
        return false;
    size_t start = i - left;
    size_t end = i;
    while (end < text->n && kh_glue_in_word(&text->chars[end]))
        end++;
    return !is_brand(kh_glue_folded(text, start, end));
}

static seams find_seams(const kh_glue_text *text)
{
    seams found = { 0, 0, false };
    for (size_t i = 0; i < text->n; i++) {
        const kh_glue_char *c = &text->chars[i];
        bool is_start = i == 0 || !kh_glue_in_word(&text->chars[i - 1]);
        if (is_start && kh_glue_in_word(c))
            found.words++;
        if (i > 0 && is_strong_seam(text, i))
            found.strong++;
        char byte = text->text.ptr[c->at];
        bool has_space = i + 1 < text->n && c[1].class == KH_GLUE_SPACE;
        if (has_space && (byte == ',' || byte == ';' || byte == '!' || byte == '?' ||
                          (byte == '.' && letters_before(text, i) > 3)))
            found.has_sentence = true;
    }
    return found;
}

/* Whether enough seams hold the line together; a label before it makes it likelier. */
static bool is_glued_line(kh_str line, size_t least)
{
    if (line.len < LINE_MIN || line.len > LINE_MAX || ends_sentence(line) ||
        kh_str_find(line, KH_STR("://"), 0) != SIZE_MAX)
        return false;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_glue_text text;
    kh_glue_text_make(&text, line, arena);
    seams found = find_seams(&text);
    return !found.has_sentence && found.strong >= least &&
           found.words + found.strong <= (found.strong + 1) * WORDS_PER_TAG;
}

/* A label may also begin a sentence: "Topics: the minister spoke of ... .". */
static bool is_list(kh_str list)
{
    enum { TAG_BYTES = 60 /* of a tag on average */, WORDS_ALONE = 8 };
    if (list.len == 0)
        return false;
    size_t parts = 1;
    size_t words = 1;
    for (size_t i = 0; i < list.len; i++) {
        parts += memchr(",;|#\n", list.ptr[i], 5) != NULL;
        words += list.ptr[i] == ' ';
    }
    /* The comma of Arabic is D8 8C, those of Chinese and Japanese E3 80 81, EF BC 8C.
     */
    for (size_t i = 0; i + 1 < list.len; i++) {
        parts += memcmp(list.ptr + i, "\xD8\x8C", 2) == 0 ||
                 memcmp(list.ptr + i, "\x80\x81", 2) == 0 ||
                 memcmp(list.ptr + i, "\xBC\x8C", 2) == 0;
    }
    if (parts == 1)
        return words <= WORDS_ALONE && !ends_sentence(list);
    return list.len / parts <= TAG_BYTES;
}

static bool has_only_hash_tags(kh_str line)
{
    size_t n = 0;
    bool is_start = true;
    for (size_t i = 0; i < line.len; i++) {
        bool is_space = line.ptr[i] == ' ' || line.ptr[i] == '\t' || line.ptr[i] == ',';
        if (is_start && !is_space) {
            if (line.ptr[i] != '#' || i + 1 == line.len)
                return false;
            n++;
        }
        is_start = is_space;
    }
    return n > 0;
}

bool kh_tags_line(kh_str line, kh_str *list, bool *is_glued)
{
    line = kh_str_trim(line);
    size_t label = label_bytes(line);
    kh_str rest = kh_str_trim(kh_str_slice(line, label, line.len));
    bool is_seamed = is_glued_line(rest, label > 0 ? 1 : 2);
    bool is_tags = is_seamed || (label > 0 ? is_list(rest) : has_only_hash_tags(rest));
    if (!is_tags)
        return false;
    *list = rest;
    *is_glued = is_seamed;
    return true;
}
