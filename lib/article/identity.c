/* identity - what names an article, the key the index holds, its REF, and its language.
 */
#include "article/article.h"

#include "base/hash.h"
#include "text/language.h"

void kh_article_identify(kh_article *article, kh_arena *arena)
{
    if (article->id.len > 0) {
        article->has_own_id = true;
        return;
    }
    if (article->url.len > 0) {
        article->id = article->url;
        article->has_own_id = true;
        return;
    }

    article->has_own_id = false;
    kh_str path = article->path.len > 0 ? article->path : KH_STR("-");
    const char *bang = article->member.len > 0 ? "!" : "";
    if (article->record > 0)
        article->id =
            kh_arena_printf(arena, "%" KH_FMT "%s%" KH_FMT "#%u", KH_ARG(path), bang,
                            KH_ARG(article->member), article->record);
    else
        article->id = kh_arena_printf(arena, "%" KH_FMT "%s%" KH_FMT, KH_ARG(path),
                                      bang, KH_ARG(article->member));
}

uint64_t kh_article_key(kh_str id)
{
    return kh_hash(id);
}

uint64_t kh_article_key_in(uint64_t key, uint64_t input_hash)
{
    uint64_t both[2] = { key, input_hash };
    return kh_hash(kh_str_make((const char *)both, sizeof(both)));
}

/* 64 bits are twelve letters of 5 bits and a last one of 4 (its lowest bit is 0): the
 * highest bits come first, so that a REF of 8 letters is the key's first 40 bits. */
void kh_article_key_text(char out[KH_KEY_CHARS + 1], uint64_t key)
{
    static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
    for (int i = 0; i < KH_KEY_CHARS; i++) {
        int shift = 59 - 5 * i;
        uint64_t bits = shift >= 0 ? key >> shift : key << -shift;
        out[i] = alphabet[bits & 31];
    }
    out[KH_KEY_CHARS] = '\0';
}

void kh_article_set_lang(kh_article *article, kh_str tag)
{
    article->lang = kh_language_primary(tag);
    article->lang_tag = article->lang.len < tag.len ? tag : kh_str_make(NULL, 0);
}

kh_str kh_article_lang(const kh_article *article)
{
    return article->lang_tag.len > 0 ? article->lang_tag : article->lang;
}

uint64_t kh_article_text_hash(const kh_article *article)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < article->n_blocks; i++)
        hash = kh_checksum(article->blocks[i].text, hash);
    return hash >> (64 - 8 * KH_TEXT_HASH_BYTES);
}
