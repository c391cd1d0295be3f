/* fuzz_reader - any bytes are read without harm, and articles keep their promises.
 *
 * The first byte chooses the format (by content, text, json, jsonl), the rest is the
 * file. With clang: -fsanitize=fuzzer,address; else driver.c has a main.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "formats/reader.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(kh_str text)
{
    check(kh_utf8_check(text) == text.len);
    check(text.len == 0 || !memchr(text.ptr, '\0', text.len));
}

static void check_block(const kh_block *block, kh_str file)
{
    check(block->kind >= KH_BLOCK_PARAGRAPH && block->kind <= KH_BLOCK_DECK);
    check(block->text.len > 0);
    check_text(block->text);
    char first = block->text.ptr[0];
    char last = block->text.ptr[block->text.len - 1];
    check(first != '\n' && first != '\r' && last != '\n' && last != '\r');
    check(!block->is_verbatim || block->line > 0);

    /* Of a packed file the offsets are those of the unpacked one. */
    bool is_inside = block->byte + block->text.len <= file.len;
    if (block->is_verbatim && is_inside && kh_utf8_check(file) == file.len)
        check(memcmp(file.ptr + block->byte, block->text.ptr, block->text.len) == 0);
}

static void check_article(const kh_article *article, kh_str file)
{
    check(article->id.len > 0);
    const kh_str fields[] = { article->id,     article->title,   article->deck,
                              article->place,  article->source,  article->section,
                              article->lang,   article->url,     article->raw_tags,
                              article->member, article->lang_tag };
    for (size_t i = 0; i < KH_COUNT_OF(fields); i++)
        check_text(fields[i]);
    for (size_t i = 0; i < article->n_authors; i++)
        check_text(article->authors[i]);
    check(article->n_tags <= KH_ARTICLE_TAGS_MAX);
    for (size_t i = 0; i < article->n_tags; i++)
        check_text(article->tags[i].name);
    for (size_t i = 0; i < article->n_blocks; i++)
        check_block(&article->blocks[i], file);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const char *const formats[] = { NULL, "text", "json", "jsonl" };
    if (size == 0)
        return 0;

    kh_reader_options options = { .format = formats[data[0] % KH_COUNT_OF(formats)] };
    kh_str file = kh_str_make((const char *)data + 1, size - 1);
    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_error err = { 0 };
    if (kh_reader_open_memory(&reader, file, "/fuzz.txt", KH_STR("/"), &options, &err))
        return 0;

    /* Every call but the last gives an article or spoils one, so it comes to an end. */
    for (size_t n = 0;; n++) {
        kh_article *article = NULL;
        kh_status status = kh_reader_next(reader, &article, &err);
        if (status == KH_OK)
            check_article(article, file);
        else if (status != KH_ERR_FORMAT && status != KH_ERR_LIMIT)
            break;
        check(n <= 64u * size + (1u << 20));
    }
    return 0;
}
