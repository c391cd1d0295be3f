/* reader - files of every kind, one article after the other.
 *
 * pack unpacks, stream holds a window, sniff chooses the format of each member, the
 * format fills a draft, and the draft is completed here.
 */
#include "formats/reader.h"

#include "base/alloc.h"
#include "base/file.h"
#include "format.h"

#define HEAD_BYTES ((size_t)64 << 10) /* seen to choose a format */

struct kh_reader {
    kh_arena *arena;   /* of the article last given; owned */
    kh_pack *pack;     /* owned */
    kh_stream *stream; /* owned */
    char *open_path;   /* as it was given; owned, NULL: memory */
    kh_buf path;       /* absolute; empty for standard input */
    kh_buf input;
    kh_reader_options options;
    const kh_format *forced; /* --format; NULL: by content */
    const kh_format *format; /* of the member being read; NULL: none is open */
    kh_source source;
    kh_draft draft;
    uint32_t n_skipped;
    kh_error first_error; /* of the first member, for the first call of next */
    bool is_over;
};

const char *const *kh_reader_format_names(void)
{
    static const char *const names[] = { "text", "json", "jsonl", NULL };
    return names;
}

static void close_format(kh_reader *reader)
{
    if (reader->format && reader->format->close)
        reader->format->close(&reader->source);
    reader->format = NULL;
    reader->source.state = NULL;
}

void kh_reader_free(kh_reader *reader)
{
    if (!reader)
        return;

    close_format(reader);
    kh_stream_free(reader->stream);
    kh_pack_free(reader->pack);
    kh_arena_free(reader->arena);
    kh_buf_release(&reader->path);
    kh_buf_release(&reader->input);
    kh_free(reader->open_path);
    kh_free(reader);
}

/* A reader without anything to read yet. */
static kh_reader *new_reader(kh_str input, const kh_reader_options *options)
{
    kh_reader *reader = kh_alloc(sizeof(*reader));
    kh_buf_init(&reader->path, KH_BUF_MAX);
    kh_buf_init(&reader->input, KH_BUF_MAX);
    kh_buf_add(&reader->input, input);
    reader->arena = kh_arena_open();
    if (options)
        reader->options = *options;
    reader->source.options = &reader->options;
    return reader;
}

static kh_status choose_forced(kh_reader *reader, kh_error *err)
{
    const char *name = reader->options.format;
    if (!name)
        return KH_OK;

    reader->forced = kh_format_find(name);
    if (!reader->forced)
        return kh_fail(err, KH_ERR_ARGUMENT, "unknown format '%s'", name);
    return KH_OK;
}

static const char *member_name(kh_reader *reader)
{
    static const char none[] = "";
    if (!kh_pack_is_archive(reader->pack))
        return reader->path.len ? kh_buf_text(&reader->path) : none;
    return kh_pack_member(reader->pack).len ? kh_pack_member(reader->pack).ptr : none;
}

static bool is_hidden(kh_str name)
{
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != '/')
        at--;
    return at < name.len && name.ptr[at] == '.';
}

/* Whether a member is left alone as a file of its name would be in a folder. */
static bool is_left_alone(kh_reader *reader, kh_str head)
{
    if (!kh_pack_is_archive(reader->pack))
        return false;

    const char *name = member_name(reader);
    return strncmp(name, "__MACOSX/", 9) == 0 ||
           (is_hidden(kh_str_from(name)) && !reader->options.takes_hidden) ||
           !kh_reader_knows(name, head);
}

/* Choose the format of the member at hand; none is KH_ERR_FORMAT, but a member of no
 * known format is skipped: KH_OK without a format. */
static kh_status open_format(kh_reader *reader, kh_error *err)
{
    kh_str head = { NULL, 0 };
    kh_stream_reset(reader->stream);
    kh_status status = kh_stream_peek(reader->stream, HEAD_BYTES, &head, err);
    if (status != KH_OK)
        return status;

    head = kh_str_slice(head, 0, HEAD_BYTES);
    if (is_left_alone(reader, kh_str_slice(head, 0, KH_SNIFF_BYTES))) {
        reader->n_skipped++;
        return KH_OK;
    }
    if (head.len == 0)
        return kh_fail(err, KH_ERR_FORMAT, "empty");

    const kh_format *format =
        reader->forced ? reader->forced : kh_format_sniff(member_name(reader), head);
    if (!format)
        return kh_fail(err, KH_ERR_FORMAT, "of no known format: looks like %s",
                       kh_format_guess(head));
    if (kh_head_is_wide(head) && format != &kh_format_text) {
        status = kh_stream_convert(reader->stream, err);
        if (status != KH_OK)
            return status;
    }
    status = format->open ? format->open(&reader->source, err) : KH_OK;
    if (status == KH_OK)
        reader->format = format;
    return status;
}

/* Go on to a member that has a format. */
static kh_status open_member(kh_reader *reader, kh_error *err)
{
    while (!reader->format) {
        reader->source.record = reader->source.line = 0;
        kh_status status = kh_pack_next(reader->pack, err);
        if (status == KH_OK)
            status = open_format(reader, err);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

/* Whether the next call may go on: an article or a member was spoilt, no more. */
static bool can_go_on(kh_status status)
{
    return status == KH_ERR_FORMAT || status == KH_ERR_LIMIT;
}

/* Open the pack and its first member. What is wrong with a plain file is said at once,
 * what is wrong with a member of an archive in its turn. */
static kh_status start(kh_reader *reader, kh_str memory, kh_error *err)
{
    kh_status status = choose_forced(reader, err);
    if (status == KH_OK)
        status = kh_pack_open(&reader->pack, reader->open_path, memory, err);
    if (status != KH_OK)
        return status;

    reader->stream = kh_stream_open(reader->pack);
    reader->source.stream = reader->stream;
    kh_error error = { 0 };
    status = open_member(reader, &error);
    if (kh_pack_is_archive(reader->pack)) {
        reader->is_over = status == KH_END;
        if (status == KH_END)
            return KH_OK;
        if (can_go_on(status)) {
            reader->first_error = error;
            return KH_OK;
        }
    }
    if (status == KH_END)
        return kh_fail(err, KH_ERR_FORMAT, "empty");
    if (status != KH_OK && err)
        *err = error;
    return status;
}

kh_status kh_reader_open(kh_reader **out, const char *path, kh_str input,
                         const kh_reader_options *options, kh_error *err)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = new_reader(input, options);
    reader->open_path = kh_str_dup(kh_str_from(path));
    if (strcmp(path, "-") != 0)
        kh_path_absolute(&reader->path, path);
    kh_status status = start(reader, kh_str_make(NULL, 0), err);
    if (status != KH_OK)
        return status;

    *out = KH_TAKE(reader);
    return KH_OK;
}

kh_status kh_reader_open_memory(kh_reader **out, kh_str bytes, const char *name,
                                kh_str input, const kh_reader_options *options,
                                kh_error *err)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = new_reader(input, options);
    kh_buf_add(&reader->path, kh_str_from(name));
    kh_status status = start(reader, bytes, err);
    if (status != KH_OK)
        return status;

    *out = KH_TAKE(reader);
    return KH_OK;
}

/* An empty article that knows where it stands. */
static void begin_draft(kh_reader *reader)
{
    kh_arena_reset(reader->arena);
    memset(&reader->draft, 0, sizeof(reader->draft));
    reader->draft.arena = reader->arena;

    kh_article *article = &reader->draft.article;
    article->input = kh_buf_str(&reader->input);
    article->path = kh_buf_str(&reader->path);
    article->member = kh_pack_member(reader->pack);
    article->format = reader->format->name;
}

/* The next article of the member at hand; KH_END behind the last. */
static kh_status next_of_member(kh_reader *reader, kh_article **out, kh_error *err)
{
    begin_draft(reader);
    kh_status status = reader->format->next(&reader->source, &reader->draft, err);
    if (status == KH_OK) {
        reader->draft.article.record = reader->source.record;
        status = kh_draft_finish(&reader->draft, err);
    }
    if (status == KH_OK)
        *out = &reader->draft.article;
    return status;
}

kh_status kh_reader_next(kh_reader *reader, kh_article **out, kh_error *err)
{
    if (reader->first_error.status != KH_OK) {
        if (err)
            *err = reader->first_error;
        kh_status status = reader->first_error.status;
        reader->first_error.status = KH_OK;
        return status;
    }

    while (!reader->is_over) {
        kh_status status = open_member(reader, err);
        if (status == KH_OK) {
            status = next_of_member(reader, out, err);
            if (status == KH_END) {
                close_format(reader);
                continue;
            }
        }
        bool is_plain = !kh_pack_is_archive(reader->pack);
        if (status != KH_OK && (!can_go_on(status) || (!reader->format && is_plain))) {
            close_format(reader);
            reader->is_over = true;
        }
        return status;
    }
    return KH_END;
}

kh_place kh_reader_place(const kh_reader *reader)
{
    kh_place place = { .path = kh_buf_str(&reader->path) };
    place.member = kh_pack_member(reader->pack);
    place.record = reader->source.record;
    place.line = reader->source.line;
    return place;
}

kh_reader_progress kh_reader_progress_read(const kh_reader *reader)
{
    kh_reader_progress progress = { .n_skipped_members = reader->n_skipped };
    kh_pack_progress(reader->pack, &progress);
    return progress;
}
