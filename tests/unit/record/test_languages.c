/* Suite record_languages: languages without a number, and words that nobody counted in
 * their language. */
#include <stdio.h>

#include "base/file.h"
#include "records.h"
#include "support/cut_articles.h"

static void must(kh_status status, const kh_error *err)
{
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s",
              status == KH_OK ? "" : err->message);
}

static kh_article article_of(kh_arena *arena, kh_str id, kh_str lang, const char *text)
{
    kh_block *block = kh_arena_alloc(arena, sizeof(*block));
    *block = (kh_block){ KH_BLOCK_PARAGRAPH, kh_str_from(text), 1, 0, true };
    return (kh_article){
        .id = id, .lang = lang, .blocks = block, .n_blocks = 1, .format = "text"
    };
}

/* Check the records in a folder; the language numbers of the last document. */
static uint32_t check(const char *folder)
{
    kh_error err;
    KH_AUTO(kh_records_free) kh_records *records = NULL;
    must(kh_records_open(&records, folder, &err), &err);
    must(kh_records_check(records, 1, NULL, &err), &err);
    kh_stream stream;
    must(kh_records_stream(&stream, records, kh_records_n(records), &err), &err);
    return stream.lang;
}

/* Every made-up language three times, Portuguese (which has a stemmer) and Azerbaijani
 * (which folds its own way) once: they are the last by count. */
Test(record_languages, rare_ones_with_a_stemmer_have_a_number)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    enum { n_made = 70, n = 3 * n_made + 2 };
    kh_article articles[n];
    static const char text[] = "Governos nacionalizaram 1.000 TRABALHADORAS IStanbul.";
    for (unsigned i = 0; i < 3 * n_made; i++) {
        unsigned k = i % n_made;
        kh_str lang = kh_arena_printf(arena, "q%c%c", 'a' + k / 26, 'a' + k % 26);
        articles[i] = article_of(arena, kh_arena_printf(arena, "%u", i), lang, text);
    }
    articles[n - 2] = article_of(arena, KH_STR("az"), KH_STR("az"), text);
    articles[n - 1] = article_of(arena, KH_STR("pt"), KH_STR("pt"), text);
    char folder[] = "/tmp/khabar-languages-XXXXXX";
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
    cut_articles *cut = cut_articles_open(articles, n, 50);
    cut_write(cut, folder);
    cut_articles_free(cut);

    cr_expect(ne(u32, check(folder), KH_LANG_OTHER));
    kh_error err;
    must(kh_folder_remove(folder, &err), &err);
}

/* Enough words that not all stand in the right bucket by chance. */
#define SPANISH                                                                 \
    "Elecciones economías trabajadores gobiernos ciudades tratados ministros " \
    "reuniones "                                                                \
    "acuerdos conversaciones presidentes policías"

/* Tags that are cut when all is counted: a word may be counted in Spanish alone, and
 * stand in an English article. */
Test(record_languages, words_of_late_cuts_have_keys_or_are_spelled)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_article articles[7];
    for (unsigned i = 0; i < 6; i++)
        articles[i] =
            article_of(arena, kh_arena_printf(arena, "%u", i), KH_STR("es"), SPANISH);
    articles[6] = article_of(arena, KH_STR("en"), KH_STR("en"), "A vote.");
    cut_articles *cut = cut_articles_open(articles, 7, 7);

    kh_error err;
    KH_AUTO(kh_cutter_free) kh_cutter *cutter = NULL;
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
    must(kh_cutter_open(&cutter, &err), &err);
    must(kh_analyser_open(&analyser, kh_language_find(KH_STR("en")), &err), &err);
    char folder[] = "/tmp/khabar-languages-XXXXXX";
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
    KH_AUTO_BUF blocks;
    KH_AUTO_BUF tables;
    kh_buf_init(&blocks, KH_BUF_MAX);
    kh_buf_init(&tables, KH_BUF_MAX);
    kh_path_join(&tables, folder, "tables");
    kh_block tag = { .kind = KH_BLOCK_TAG, .text = KH_STR(SPANISH) };
    kh_cutter_begin(cutter, &blocks, KH_STR("en"));
    cut_text(cutter, &tag, analyser);
    must(kh_cutter_batch_end(cutter, kh_buf_text(&tables), &err), &err);
    KH_AUTO(kh_batch_free) kh_batch *batch = NULL;
    must(kh_batch_open_late(&batch, cut->numbers, kh_buf_text(&tables), &err), &err);

    kh_record_writer *writer = NULL;
    KH_AUTO(kh_record_packer_free) kh_record_packer *packer = NULL;
    must(kh_record_writer_open(&writer, folder, cut->numbers, &err), &err);
    must(kh_record_writer_begin(writer, NULL, &err), &err);
    must(kh_record_packer_open(&packer, writer, &err), &err);
    for (size_t i = 0; i < 7; i++) {
        kh_record_source source = cut_source(cut, i);
        if (i == 6)
            source.cuts[source.n_cuts++] = (kh_cut){ batch, kh_buf_str(&blocks) };
        cut_add(writer, packer, &source);
    }
    must(kh_record_writer_close(writer, &err), &err);
    cut_articles_free(cut);
    (void)check(folder);
    must(kh_folder_remove(folder, &err), &err);
}

static void read_codes(kh_buf *out, const char *folder)
{
    kh_error err;
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, "codes");
    kh_buf_init(out, KH_BUF_MAX);
    must(kh_file_read(out, kh_buf_text(&path), out->max, &err), &err);
}

/* Rare words have the code of the article's language, whatever languages they are met
 * in within their batch, and whatever they are read as where they stand: the acronym.
 */
Test(record_languages, of_one_rare_word_each_have_its_code)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    static const char *const langs[] = { "en", "es", "", "tr", "pt", "xx" };
    static const char text[] = "The US said nacionalizaciones at ISTANBUL. IT, WHO: us";
    enum { n = 6 };
    kh_article articles[n];
    for (unsigned i = 0; i < n; i++)
        articles[i] =
            article_of(arena, kh_arena_printf(arena, "%u", i), kh_str_from(langs[i]),
                       i < 3 ? text : "Nacionalizaciones, ISTANBUL US. WHO, it IT");

    kh_buf codes[3];
    static const size_t batches[] = { 1, 4, n };
    for (size_t i = 0; i < KH_COUNT_OF(batches); i++) {
        char folder[] = "/tmp/khabar-languages-XXXXXX";
        cr_assert(ne(ptr, mkdtemp(folder), NULL));
        cut_articles *cut = cut_articles_open(articles, n, batches[i]);
        cut_write(cut, folder);
        cut_articles_free(cut);
        (void)check(folder);
        read_codes(&codes[i], folder);
        kh_error err;
        must(kh_folder_remove(folder, &err), &err);
    }

    for (size_t i = 1; i < KH_COUNT_OF(batches); i++)
        cr_expect(kh_str_equal(kh_buf_str(&codes[0]), kh_buf_str(&codes[i])), "%zu", i);
    for (size_t i = 0; i < KH_COUNT_OF(batches); i++)
        kh_buf_release(&codes[i]);
}
