/* archive - the words of all articles of a language, in memory. */
#include "archive.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/alloc.h"
#include "random.h"
#include "text/fold.h"
#include "text/words.h"

typedef struct reading {
    kh_archive *archive;
    kh_words *words;
    const kh_language *language;
    const char *lang;
    kh_buf folded;
} reading;

static bool is_plain(kh_str word)
{
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.ptr[i] < 0x80 &&
            (word.ptr[i] < 'a' || word.ptr[i] > 'z'))
            return false;
    return word.len >= 2;
}

static void push_word(kh_archive *archive, uint32_t number)
{
    KH_PUSH(archive->words, archive->n_words, archive->words_capacity) = number;
}

/* Words that anything but one space, or a word of digits, parts have a break between.
 */
static void add_text(reading *r, const json_t *article, const char *name)
{
    const json_t *field = json_object_get(article, name);
    if (!json_is_string(field))
        return;
    kh_str text = kh_str_make(json_string_value(field), json_string_length(field));
    kh_word word;
    size_t before = 0;
    kh_words_reset(r->words, text);
    while (kh_words_next(r->words, &word)) {
        bool is_beside = word.start == before + 1 && text.ptr[before] == ' ';
        before = word.end;
        kh_buf_reset(&r->folded);
        kh_fold(&r->folded, kh_str_slice(text, word.start, word.end), r->language);
        kh_str folded = kh_buf_str(&r->folded);
        if (!is_beside || !is_plain(folded))
            push_word(r->archive, KH_ARCHIVE_BREAK);
        if (is_plain(folded))
            push_word(r->archive,
                      kh_table_add(&r->archive->table, folded, kh_table_hash(folded)));
    }
    push_word(r->archive, KH_ARCHIVE_BREAK);
}

static void add_article(reading *r, const json_t *article)
{
    kh_archive *archive = r->archive;
    const char *lang = json_string_value(json_object_get(article, "lang"));
    if (lang != NULL && strcmp(lang, r->lang) != 0)
        return;
    kh_archive_article a = { .begin = archive->n_words, .first_tag = archive->n_tags };
    add_text(r, article, "title");
    add_text(r, article, "body");
    const char *date = json_string_value(json_object_get(article, "date"));
    if (date != NULL && strlen(date) >= 10)
        snprintf(a.date, sizeof(a.date), "%.10s", date);
    size_t i;
    json_t *tag;
    json_array_foreach(json_object_get(article, "tags"), i,
                       tag) if (json_is_string(tag))
        KH_PUSH(archive->tags, archive->n_tags, archive->tags_capacity) =
            kh_str_dup(kh_str_from(json_string_value(tag)));
    a.end = archive->n_words;
    a.n_tags = archive->n_tags - a.first_tag;
    KH_PUSH(archive->articles, archive->n_articles, archive->articles_capacity) = a;
}

static void count_documents(kh_archive *archive)
{
    archive->documents = kh_alloc((archive->table.n + 1) * sizeof(uint32_t));
    uint32_t *last = kh_alloc((archive->table.n + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < archive->n_articles; i++)
        for (size_t j = archive->articles[i].begin; j < archive->articles[i].end; j++) {
            uint32_t word = archive->words[j];
            if (word == KH_ARCHIVE_BREAK || last[word] == i + 1)
                continue;
            last[word] = (uint32_t)i + 1;
            archive->documents[word]++;
        }
    kh_free(last);
}

kh_status kh_archive_read(kh_archive *out, const char *path, const char *lang,
                          kh_error *err)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return kh_fail_errno(err, KH_ERR_IO, "cannot read '%s'", path);
    kh_table_init(&out->table);
    reading r = { .archive = out,
                  .language = kh_language_find(kh_str_from(lang)),
                  .lang = lang };
    kh_buf_init(&r.folded, KH_BUF_MAX);
    kh_status status = kh_words_open(&r.words, err);
    char *line = NULL;
    size_t capacity = 0;
    while (status == KH_OK && getline(&line, &capacity, file) > 0) {
        json_t *article = json_loads(line, 0, NULL);
        if (article != NULL)
            add_article(&r, article);
        json_decref(article);
    }
    free(line);
    (void)fclose(file);
    kh_words_free(r.words);
    kh_buf_release(&r.folded);
    if (status == KH_OK && out->n_words == 0)
        status = kh_fail(err, KH_ERR_FORMAT, "no article of language '%s' in '%s'",
                         lang, path);
    if (status == KH_OK)
        count_documents(out);
    return status;
}

void kh_archive_release(kh_archive *archive)
{
    for (size_t i = 0; i < archive->n_tags; i++)
        kh_free(archive->tags[i]);
    kh_free(archive->tags);
    kh_free(archive->articles);
    kh_free(archive->documents);
    kh_free(archive->words);
    kh_table_release(&archive->table);
}

/* ---- phrases ---- */

static uint64_t phrase_hash(uint32_t a, uint32_t b, uint32_t c)
{
    return kh_bench_mix(((uint64_t)a << 32 | b) ^ kh_bench_mix(c));
}

/* The phrases of a hash are a chain from its bucket. */
typedef struct chains {
    uint32_t *buckets; /* phrase + 1 */
    uint32_t *next;    /* by phrase */
    size_t mask;
} chains;

static void count_at(const chains *c, kh_archive_phrase *phrases, uint32_t article,
                     const uint32_t words[3])
{
    uint64_t hash = phrase_hash(words[0], words[1], words[2]);
    for (uint32_t i = c->buckets[hash & c->mask]; i > 0; i = c->next[i - 1]) {
        kh_archive_phrase *p = &phrases[i - 1];
        if (memcmp(p->words, words, sizeof(p->words)) != 0 || p->last == article + 1)
            continue;
        p->last = article + 1;
        p->n_documents++;
    }
}

void kh_archive_count(const kh_archive *archive, kh_archive_phrase *phrases, size_t n)
{
    chains c = { .mask = 1 };
    while (c.mask < n * 4)
        c.mask = c.mask * 2 + 1;
    c.buckets = kh_alloc((c.mask + 1) * sizeof(uint32_t));
    c.next = kh_alloc((n + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < n; i++) {
        const uint32_t *w = phrases[i].words;
        uint32_t *bucket = &c.buckets[phrase_hash(w[0], w[1], w[2]) & c.mask];
        c.next[i] = *bucket;
        *bucket = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < archive->n_articles; i++) {
        const kh_archive_article *a = &archive->articles[i];
        for (size_t j = a->begin; j + 1 < a->end; j++) {
            const uint32_t *w = &archive->words[j];
            uint32_t two[3] = { w[0], w[1], KH_ARCHIVE_BREAK };
            if (w[0] == KH_ARCHIVE_BREAK || w[1] == KH_ARCHIVE_BREAK)
                continue;
            count_at(&c, phrases, (uint32_t)i, two);
            if (j + 2 < a->end && w[2] != KH_ARCHIVE_BREAK)
                count_at(&c, phrases, (uint32_t)i, w);
        }
    }
    kh_free(c.buckets);
    kh_free(c.next);
}
