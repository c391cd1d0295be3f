/* tags - the compared form of a tag, and lists that have separators. */
#include "article/tags.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "phrases.h"
#include "text/fold.h"

void kh_tag_normalise(kh_buf *out, kh_str name)
{
    kh_fold_phrase(out, name);
}

/* What parts a list, strongest first: a list is split at the first kind that it has. */
static const char *const separators[] = {
    ";\xEF\xBC\x9B\xD8\x9B",             /* ; and the full-width and Arabic ones */
    "\n\r", "|\xEF\xBD\x9C",             /* | and the full-width one */
    ",\xD8\x8C\xE3\x80\x81\xEF\xBC\x8C", /* , and Arabic, ideographic, full-width */
};

/* Bytes of the separator at `at`; 0 if none stands there. */
static size_t separator_at(kh_str list, size_t at, const char *kind)
{
    kh_str signs = kh_str_from(kind);
    size_t next = at;
    uint32_t c = kh_utf8_next(list, &next);
    for (size_t i = 0; i < signs.len;) {
        if (kh_utf8_next(signs, &i) == c)
            return next - at;
    }
    return 0;
}

static const char *separator_of(kh_str list)
{
    for (size_t k = 0; k < KH_COUNT_OF(separators); k++) {
        for (size_t at = 0; at < list.len; kh_utf8_next(list, &at)) {
            if (separator_at(list, at, separators[k]) > 0)
                return separators[k];
        }
    }
    return "";
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* "#Ceasefire #IndusWaters": every word is a hash tag. */
static bool has_hashes(kh_str list)
{
    bool is_start = true;
    size_t n = 0;
    for (size_t i = 0; i < list.len; i++) {
        if (is_start && !is_space(list.ptr[i])) {
            if (list.ptr[i] != '#')
                return false;
            n++;
        }
        is_start = is_space(list.ptr[i]);
    }
    return n > 0;
}

static kh_str bare_name(kh_str name)
{
    name = kh_str_trim(name);
    while (name.len > 0 && name.ptr[0] == '#')
        name = kh_str_trim(kh_str_slice(name, 1, name.len));
    if (name.len > 2 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
        name = kh_str_trim(kh_str_slice(name, 1, name.len - 1));
    return name;
}

typedef struct split {
    kh_tag *tags;
    size_t n;
    size_t capacity;
    kh_phrases seen; /* normal forms */
    kh_arena *arena;
} split;

static void add_tag(split *list, kh_str name)
{
    name = bare_name(name);
    KH_AUTO_BUF normal;
    kh_buf_init(&normal, KH_BUF_MAX);
    kh_tag_normalise(&normal, name);
    if (normal.len == 0 || kh_phrases_count(&list->seen, kh_buf_str(&normal)) > 0)
        return;
    kh_phrases_add(&list->seen, kh_buf_str(&normal), 1);
    list->tags = kh_arena_grow(list->arena, list->tags, list->n, &list->capacity,
                               sizeof(*list->tags));
    list->tags[list->n++] = (kh_tag){ name, KH_TAG_LISTED, 1.0f };
}

static void add_hashes(split *list, kh_str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_hash = text.ptr[i] == '#' && i > 0 && is_space(text.ptr[i - 1]);
        if (is_hash) {
            add_tag(list, kh_str_slice(text, from, i));
            from = i;
        }
    }
    add_tag(list, kh_str_slice(text, from, text.len));
}

size_t kh_tags_split(kh_tag **out, kh_str list, kh_arena *arena)
{
    split made = { .arena = arena };
    const char *kind = separator_of(list);
    if (kind[0] == '\0' && has_hashes(list)) {
        add_hashes(&made, list);
    } else {
        size_t from = 0;
        for (size_t at = 0; at < list.len;) {
            size_t bytes = separator_at(list, at, kind);
            if (bytes > 0) {
                add_tag(&made, kh_str_slice(list, from, at));
                from = at + bytes;
                at = from;
            } else {
                kh_utf8_next(list, &at);
            }
        }
        add_tag(&made, kh_str_slice(list, from, list.len));
    }
    kh_phrases_release(&made.seen);
    *out = made.tags;
    return made.n;
}
