/* repeat - the articles of a file several times over, with changed words. */
#include "repeat.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/hash.h"
#include "random.h"

#define WORD_BYTES_MIN 4
#define WORD_BYTES_MAX 40 /* a longer run is a script without spaces */

static bool is_wordy(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* A syllable more if the word ends in a small ASCII letter, else its last letter twice.
 */
static void add_changed(kh_buf *out, kh_str word, uint64_t how)
{
    static const char *const syllables[] = { "ar",  "el", "in", "om", "ul", "ath",
                                             "est", "ik", "on", "uv", "or", "ent" };
    kh_buf_add(out, word);
    char last = word.ptr[word.len - 1];
    if (last >= 'a' && last <= 'z') {
        kh_buf_add(out, kh_str_from(syllables[how % KH_COUNT_OF(syllables)]));
        return;
    }
    size_t from = word.len - 1;
    while (from > 0 && ((unsigned char)word.ptr[from] & 0xC0) == 0x80)
        from--;
    kh_buf_add(out, kh_str_slice(word, from, word.len));
}

void kh_repeat_text(kh_buf *out, kh_str text, uint64_t article, uint32_t copy,
                    uint32_t share)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && is_wordy(text.ptr[end]))
            end++;
        kh_str word = kh_str_slice(text, at, end);
        uint64_t hash = kh_bench_mix(kh_hash(word) ^ copy);
        bool is_changed = word.len >= WORD_BYTES_MIN && word.len <= WORD_BYTES_MAX &&
                          kh_bench_mix(hash ^ article) % 100 < share;
        if (is_changed)
            add_changed(out, word, hash);
        else
            kh_buf_add(out, word);
        if (end == at)
            kh_buf_add_char(out, text.ptr[end++]);
        at = end;
    }
}

static void change_field(json_t *article, const char *name, uint64_t number,
                         uint32_t copy, uint32_t share)
{
    json_t *field = json_object_get(article, name);
    if (!json_is_string(field))
        return;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_repeat_text(&text,
                   kh_str_make(json_string_value(field), json_string_length(field)),
                   number, copy, share);
    json_string_setn(field, kh_buf_text(&text), text.len);
}

static void change_id(json_t *article, uint64_t number, uint32_t copy)
{
    const char *id = json_string_value(json_object_get(article, "id"));
    json_t *changed =
        id != NULL ? json_sprintf("%s~%u", id, copy + 1)
                   : json_sprintf("%llu~%u", (unsigned long long)number, copy + 1);
    json_object_set_new(article, "id", changed);
}

static bool is_wanted(const json_t *article, const char *lang)
{
    const char *own = json_string_value(json_object_get(article, "lang"));
    return lang == NULL || (own != NULL && strcmp(own, lang) == 0);
}

static kh_status write_line(FILE *out, const char *line, const kh_repeat *repeat,
                            uint64_t number, uint32_t copy, kh_error *err)
{
    json_error_t why;
    json_t *article = json_loads(line, 0, &why);
    if (!json_is_object(article)) {
        json_decref(article);
        return kh_fail(err, KH_ERR_FORMAT, "cannot read article %llu of '%s': %s",
                       (unsigned long long)number, repeat->path, why.text);
    }
    if (is_wanted(article, repeat->lang)) {
        if (copy > 0) {
            change_id(article, number, copy);
            change_field(article, "title", number, copy, repeat->share);
            change_field(article, "body", number, copy, repeat->share);
        }
        json_dumpf(article, out, JSON_COMPACT);
        (void)fputc('\n', out);
    }
    json_decref(article);
    return KH_OK;
}

static kh_status write_copy(FILE *out, const kh_repeat *repeat, uint32_t copy,
                            kh_error *err)
{
    FILE *in = fopen(repeat->path, "re");
    if (in == NULL)
        return kh_fail_errno(err, KH_ERR_IO, "cannot read '%s'", repeat->path);
    char *line = NULL;
    size_t capacity = 0;
    uint64_t number = 0;
    kh_status status = KH_OK;
    while (status == KH_OK && getline(&line, &capacity, in) > 0)
        status = write_line(out, line, repeat, ++number, copy, err);
    free(line);
    (void)fclose(in);
    return status;
}

kh_status kh_repeat_write(FILE *out, const kh_repeat *repeat, kh_error *err)
{
    kh_status status = KH_OK;
    for (uint32_t copy = 0; copy < repeat->times && status == KH_OK; copy++)
        status = write_copy(out, repeat, copy, err);
    return status;
}
