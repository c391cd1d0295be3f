/* tag_line - whether the last line of a plain-text article lists its tags: behind a
 * label, as hash tags, or glued (tag_seams.c). */
#include "glue.h"

#include <stdint.h>

#include "text/fold.h"

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
    "关键词",
    "关键字",
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
    bool is_quoted = line.len > 0 && strchr("\"#'[", line.ptr[0]) != NULL;
    if (end == SIZE_MAX || is_quoted || !is_label(kh_str_slice(line, 0, end)))
        return 0;
    return end + (colon < wide ? 1 : 3);
}

static bool has_letters(kh_str text)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    kh_fold_phrase(&folded, text);
    return folded.len > 0;
}

/* A label may also begin a sentence: "Topics: the minister spoke of ... .". */
static bool is_list(kh_str list)
{
    enum { TAG_BYTES = 60 /* of a tag on average */, WORDS_ALONE = 8 };
    if (!has_letters(list))
        return false;
    size_t parts = 1;
    size_t words = 1;
    for (size_t i = 0; i < list.len; i++) {
        parts += list.ptr[i] != '\0' && strchr(",;|#\n", list.ptr[i]) != NULL;
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
        return words <= WORDS_ALONE && !kh_ends_sentence(list);
    return list.len / parts <= TAG_BYTES;
}

/* Two hash tags or more and nothing else; "## heading" is Markdown. */
static bool has_only_hash_tags(kh_str line)
{
    size_t n = 0;
    bool is_start = true;
    for (size_t i = 0; i < line.len; i++) {
        bool is_space = strchr(" \t,", line.ptr[i]) != NULL;
        if (is_start && !is_space) {
            if (line.ptr[i] != '#' || i + 1 == line.len ||
                strchr("# \t,", line.ptr[i + 1]) != NULL)
                return false;
            n++;
        }
        is_start = is_space;
    }
    return n > 1;
}

bool kh_tags_line(kh_str line, kh_str *list, bool *is_glued)
{
    line = kh_str_trim(line);
    size_t label = label_bytes(line);
    kh_str rest = kh_str_trim(kh_str_slice(line, label, line.len));
    bool is_seamed = kh_has_glue_seams(rest, label > 0);
    bool is_tags = is_seamed || (label > 0 ? is_list(rest) : has_only_hash_tags(rest));
    if (!is_tags)
        return false;
    *list = rest;
    *is_glued = is_seamed;
    return true;
}

enum { BODY_TAGS_MIN = 4 };
#define BODY_SHARE 0.6f /* of the tags that the article is sure of */
#define BODY_SURE  0.5f

bool kh_tags_line_of_body(kh_str line, const kh_block *body, size_t n_blocks,
                          kh_arena *arena)
{
    if (!kh_has_glue_seams(line, true))
        return false;
    kh_glue *glue = kh_glue_collect(line, body, n_blocks, arena);
    kh_tag *tags = NULL;
    size_t n = kh_glue_cut(&tags, glue, NULL, arena);
    size_t n_sure = 0;
    for (size_t i = 0; i < n; i++)
        n_sure += tags[i].confidence >= BODY_SURE;
    return n >= BODY_TAGS_MIN && (float)n_sure >= BODY_SHARE * (float)n;
}
