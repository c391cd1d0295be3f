/* test_source - a file that is read from front to end. */
#include "scratch.h"

TestSuite(source, .init = scratch_open, .fini = scratch_free);

static void write_file(const char *name, const kh_buf *content)
{
    kh_sink *sink = NULL;
    assert_ok(kh_sink_open(&sink, scratch_path(name), NULL));
    kh_sink_add(sink, content->ptr, content->len);
    assert_ok(kh_sink_close_unsynced(sink, NULL));
}

Test(source, reads_what_a_buffer_wrote_over_many_buffers)
{
    KH_AUTO_BUF content;
    kh_buf_init(&content, KH_BUF_MAX);
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (uint64_t i = 0; i < 3000; i++) {
        kh_buf_reset(&text);
        for (uint64_t k = 0; k < i * 37 % 997; k++)
            kh_buf_add_char(&text, (char)(k + i));
        kh_buf_add_varint(&content, i * i * i * i * i);
        kh_buf_add_string(&content, kh_buf_str(&text));
    }
    write_file("in", &content);

    KH_AUTO(kh_source_free) kh_source *source = NULL;
    assert_ok(kh_source_open(&source, scratch_path("in"), NULL));
    kh_cursor cursor = kh_cursor_of(kh_buf_str(&content));
    for (uint64_t i = 0; i < 3000; i++) {
        cr_assert(eq(u64, kh_source_varint(source), kh_cursor_varint(&cursor)));
        cr_assert(kh_str_equal(kh_source_string(source), kh_cursor_string(&cursor)));
    }
    cr_expect(kh_source_is_at_end(source));
    assert_ok(kh_source_status(source, NULL));

    kh_source_seek(source, 0);
    cr_expect(not(kh_source_is_at_end(source)));
    cr_expect(eq(u64, kh_source_varint(source), 0));
}

Test(source, takes_a_piece_larger_than_its_buffer)
{
    KH_AUTO_BUF content;
    kh_buf_init(&content, KH_BUF_MAX);
    for (size_t i = 0; i < 300000; i++)
        kh_buf_add_char(&content, (char)(i % 253));
    write_file("in", &content);

    KH_AUTO(kh_source_free) kh_source *source = NULL;
    assert_ok(kh_source_open(&source, scratch_path("in"), NULL));
    cr_expect(eq(sz, kh_source_bytes(source, 5).len, 5));
    kh_str rest = kh_source_bytes(source, 299995);
    cr_expect(kh_str_equal(rest, kh_str_slice(kh_buf_str(&content), 5, content.len)));
}

Test(source, says_when_a_file_is_cut_short)
{
    KH_AUTO_BUF content;
    kh_buf_init(&content, KH_BUF_MAX);
    kh_buf_add_varint(&content, 100);
    kh_buf_add(&content, KH_STR("not a hundred"));
    write_file("in", &content);

    KH_AUTO(kh_source_free) kh_source *source = NULL;
    kh_error err = { 0 };
    assert_ok(kh_source_open(&source, scratch_path("in"), NULL));
    cr_expect(eq(sz, kh_source_string(source).len, 0));
    cr_expect(eq(u64, kh_source_varint(source), 0), "all reads behind it give nothing");
    cr_expect(kh_source_is_at_end(source));
    cr_expect(kh_source_status(source, &err) == KH_ERR_CORRUPT);
    cr_expect(strstr(err.message, "in'") != NULL);
}

Test(source, tells_a_file_that_is_not_there)
{
    kh_source *source = NULL;
    cr_expect(kh_source_open(&source, scratch_path("none"), NULL) == KH_ERR_NOT_FOUND);
}
