/* generate - articles to measure with, as JSON lines on standard output.
 *
 *   generate [--articles N] [--seed S]
 *       made-up news: Zipf words, phrases that come again, names, dates, tags, eight
 *       languages, near copies; the same N and S give the same bytes everywhere
 *   generate --repeat FILE.jsonl [--times K] [--share PERCENT] [--lang CODE]
 *       the articles of a file K times over; in all copies but the first so many words
 *       are changed */
#include <stdio.h>
#include <stdlib.h>

#include "news_article.h"
#include "repeat.h"

typedef struct options {
    unsigned long long articles;
    unsigned long long seed;
    unsigned long long times;
    unsigned long long share;
    const char *file;
    const char *lang;
} options;

static bool read_option(options *o, kh_str name, const char *value)
{
    kh_str text = kh_str_from(value);
    if (kh_str_equal(name, KH_STR("--articles")))
        return kh_str_number(text, 1000000000, &o->articles);
    if (kh_str_equal(name, KH_STR("--seed")))
        return kh_str_number(text, UINT32_MAX, &o->seed);
    if (kh_str_equal(name, KH_STR("--times")))
        return kh_str_number(text, 10000, &o->times);
    if (kh_str_equal(name, KH_STR("--share")))
        return kh_str_number(text, 100, &o->share);
    if (kh_str_equal(name, KH_STR("--repeat")))
        o->file = value;
    else if (kh_str_equal(name, KH_STR("--lang")))
        o->lang = value;
    else
        return false;
    return true;
}

static void write_news(const options *o)
{
    KH_AUTO_BUF line;
    kh_buf_init(&line, KH_BUF_MAX);
    for (unsigned long long n = 0; n < o->articles; n++) {
        kh_buf_reset(&line);
        kh_news_article(&line, o->seed, n);
        (void)fwrite(line.ptr, 1, line.len, stdout);
    }
}

int main(int argc, char **argv)
{
    options o = { .articles = 20000, .seed = 1, .times = 1, .share = 5 };
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc || !read_option(&o, kh_str_from(argv[i]), argv[i + 1])) {
            fprintf(stderr, "usage: generate [--articles N] [--seed S]\n"
                            "       generate --repeat FILE.jsonl [--times K] "
                            "[--share PERCENT] [--lang CODE]\n");
            return 2;
        }
    }
    kh_error err = { 0 };
    kh_status status = KH_OK;
    if (o.file != NULL) {
        kh_repeat repeat = { o.file, (uint32_t)o.times, (uint32_t)o.share, o.lang };
        status = kh_repeat_write(stdout, &repeat, &err);
    } else {
        write_news(&o);
    }
    if (status == KH_OK && fflush(stdout) != 0)
        status = kh_fail_errno(&err, KH_ERR_IO, "cannot write");
    if (status != KH_OK) {
        fprintf(stderr, "generate: %s\n", err.message);
        return 2;
    }
    return 0;
}
