/* news_words - made-up words of several languages, the frequent ones real. */
#include "news_words.h"

static const kh_news_language languages[] = {
    { "en", 60, 17,
      "the of to and a in that is for on with was as it said by at from has be he have "
      "an are his its not will were who had they their would which but been more after "
      "this about or one two new than there when all out up some could",
      "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t th tr v w",
      "a e i o u ai ea ou ar en er in on or al an", "s ed ing er ly ers al ation", " ",
      ". " },
    { "es", 8, 14,
      "de la que el en y a los se del las un por con no una su para es al lo como más",
      "b c ch d f g h j l ll m n p qu r s t v br cr gr pr tr",
      "a e i o u ía ión ar er ón es en é á ó", "s es ado ando mente ción", " ", ". " },
    { "de", 8, 14,
      "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine "
      "als "
      "auch es an werden aus er hat dass",
      "b br d f fl g gr h k kl l m n p r s sch st t tr w z v",
      "a e i o u ä ö ü ei au en er el ich ung", "en er es ung lich keit", " ", ". " },
    { "fr", 6, 14,
      "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne "
      "se",
      "b c ch d f g gr j l m n p pr qu r s t tr v", "a e i o u é è ou ai oi on an eau",
      "s e es er ement tion", " ", ". " },
    { "hi", 6, 13, "के में है की से को का और पर ने कि एक यह भी था हैं कहा नहीं",
      "क ख ग च ज ट ड त द न प ब भ म य र ल व स ह", "ा ि ी ु े ो ं ार ान", "ों ें ी ा", " ",
      "। " },
    { "ar", 4, 13, "في من على أن إلى التي عن مع هذا بعد كان بين",
      "ب ت ج ح د ر س ش ص ط ع ف ق ك ل م ن ه و ي", "ا و ي ال ار ان", "ات ون ين ة", " ",
      ". " },
    { "ru", 4, 13, "в и на не что с по как из о это к за от его для а но",
      "б в г д ж з к л м н п р с т х ц ч ш", "а е и о у я ен ор ан ит",
      "а ов ом ами ый", " ", ". " },
    { "zh", 4, 13, "的 在 了 是 和 有 中 国 人 不 年 大 上",
      "经 政 府 会 议 发 展 市 场 公 司 部 长 城 民 学 校 水 电 路",
      "业 员 院 区 车 界 队 法 省 际", "们 者 化", "", "。" },
};

const kh_news_language *kh_news_language_of(kh_random *random)
{
    uint32_t at = kh_random_below(random, 100);
    const kh_news_language *language = languages;
    while (at >= language->share) {
        at -= language->share;
        language++;
    }
    return language;
}

static size_t count(const char *list)
{
    size_t n = 1;
    for (; *list != '\0'; list++)
        n += *list == ' ';
    return n;
}

static kh_str nth(const char *list, uint64_t n)
{
    for (; n > 0; n--)
        list = strchr(list, ' ') + 1;
    const char *end = strchr(list, ' ');
    return end != NULL ? kh_str_make(list, (size_t)(end - list)) : kh_str_from(list);
}

static void add_one_of(kh_buf *out, const char *list, uint64_t number)
{
    kh_buf_add(out, nth(list, number % count(list)));
}

size_t kh_news_n_stop_words(const kh_news_language *language)
{
    return count(language->stop_words);
}

static void add_syllables(kh_buf *out, const kh_news_language *language,
                          uint64_t number, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        number = kh_bench_mix(number);
        add_one_of(out, language->onsets, number & 0xFFFF);
        add_one_of(out, language->vowels, number >> 32);
    }
}

void kh_news_word(kh_buf *out, const kh_news_language *language, uint32_t rank)
{
    size_t n_stop_words = kh_news_n_stop_words(language);
    if (rank < n_stop_words) {
        kh_buf_add(out, nth(language->stop_words, rank));
        return;
    }
    uint32_t n = 2;
    for (uint32_t rest = rank >> 9; rest > 0; rest >>= 4)
        n++;
    if (language->space[0] == '\0')
        n = 1;
    add_syllables(out, language, rank, n);
}

void kh_news_ending(kh_buf *out, const kh_news_language *language, kh_random *random)
{
    add_one_of(out, language->endings, kh_random_next(random) >> 8);
}

void kh_news_name(kh_buf *out, const kh_news_language *language, uint32_t number)
{
    size_t from = out->len;
    add_syllables(out, language, ((uint64_t)number << 32) ^ 0x6E616D65u, 2);
    kh_news_capital(out, from);
}

void kh_news_capital(kh_buf *buf, size_t from)
{
    if (from < buf->len && buf->ptr[from] >= 'a' && buf->ptr[from] <= 'z')
        buf->ptr[from] = (char)(buf->ptr[from] - 'a' + 'A');
}
