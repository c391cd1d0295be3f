/* test_pack - packed files and archives, whole and damaged. */
#include <archive.h>
#include <archive_entry.h>

#include "base/alloc.h"
#include "show.h"

static kh_buf copy;

static void open_copy(void)
{
    kh_buf_init(&copy, KH_BUF_MAX);
}

static void release_copy(void)
{
    kh_buf_release(&copy);
}

TestSuite(pack, .init = open_copy, .fini = release_copy);

static const char *lines(const char *fixture)
{
    return show_fields(show_fixture(fixture), "/f", NULL);
}

Test(pack, gives_what_the_plain_file_gives)
{
    static const char *const packed[] = { "wire.jsonl.gz", "wire.jsonl.zst",
                                          "wire.jsonl.xz", "wire.jsonl.bz2" };
    kh_buf_add(&copy, kh_str_from(lines("wire.jsonl")));
    for (size_t i = 0; i < KH_COUNT_OF(packed); i++)
        expect_show(lines(packed[i]), kh_buf_text(&copy));
}

Test(pack, reads_the_members_of_an_archive)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open("articles.zip");
    kh_article *article = NULL;

    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), 0));
    cr_expect(kh_str_equal(article->member, KH_STR("2025/नदी.txt")) != 0);
    cr_expect(kh_str_ends(article->id, KH_STR("/articles.zip!2025/नदी.txt")) != 0);
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), 0));
    cr_expect(kh_str_equal(article->member, KH_STR("2025/river.txt")) != 0);
    cr_expect(eq(u32, article->blocks[1].line, 5));
    cr_expect(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_END));
    cr_expect(eq(u32, kh_reader_progress_read(reader).n_skipped_members, 2));
}

Test(pack, unpacks_a_member_that_is_packed_itself)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open("nested.tar.gz");
    kh_article *article = NULL;
    unsigned n_of_feed = 0;
    unsigned n = 0;
    while (kh_reader_next(reader, &article, NULL) == KH_OK) {
        n++;
        n_of_feed += kh_str_equal(article->member, KH_STR("d/feed.json.gz"));
    }
    cr_expect(eq(uint, n, 3));
    cr_expect(eq(uint, n_of_feed, 2));
}

static void expect_one_lost(const char *fixture, const char *message)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open(fixture);
    kh_article *article = NULL;
    kh_error err = { 0 };

    cr_expect(eq(int, (int)kh_reader_next(reader, &article, &err), (int)KH_ERR_FORMAT));
    cr_expect(ne(ptr, strstr(err.message, message), NULL), "%s", err.message);
    kh_place place = kh_reader_place(reader);
    cr_expect(kh_str_equal(place.member, KH_STR("2025/नदी.txt")) != 0);

    cr_assert(eq(int, (int)kh_reader_next(reader, &article, &err), 0));
    cr_expect(kh_str_equal(article->member, KH_STR("2025/river.txt")) != 0);
    cr_expect(eq(int, (int)kh_reader_next(reader, &article, &err), (int)KH_END));
}

Test(pack, loses_one_member_to_damage_or_encryption)
{
    expect_one_lost("damaged.zip", "member cannot be unpacked: ");
    expect_one_lost("encrypted.zip", "member is encrypted");
}

/* Bytes written by libarchive: an archive or a packed file of these members. */
static kh_str pack(int format, int filter, const char *const *names, kh_str content)
{
    size_t room = content.len + 65536;
    char *out = kh_alloc(room);
    size_t used = 0;
    struct archive *a = archive_write_new();
    archive_write_set_format(a, format);
    archive_write_add_filter(a, filter);
    cr_assert(eq(int, archive_write_open_memory(a, out, room, &used), ARCHIVE_OK));
    for (size_t i = 0; names[i]; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, names[i]);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)content.len);
        cr_assert(eq(int, archive_write_header(a, entry), ARCHIVE_OK));
        archive_write_data(a, content.ptr, content.len);
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    kh_buf_reset(&copy);
    kh_buf_add_bytes(&copy, out, used);
    kh_free(out);
    return kh_buf_str(&copy);
}

Test(pack, gives_what_stands_before_the_damage)
{
    static const char *const names[] = { "a.jsonl", NULL };
    KH_AUTO_BUF lines_of_text;
    kh_buf_init(&lines_of_text, KH_BUF_MAX);
    unsigned random = 1;
    for (int i = 0; i < 20000; i++) {
        random = random * 1103515245u + 12345u;
        kh_buf_printf(&lines_of_text, "{\"title\":\"%u %d\"}\n", random, i);
    }
    kh_str whole = pack(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, names,
                        kh_buf_str(&lines_of_text));

    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_article *article = NULL;
    kh_error err = { 0 };
    kh_str half = kh_str_slice(whole, 0, whole.len / 2);
    cr_assert(
        eq(int, (int)kh_reader_open_memory(&reader, half, "/a", KH_STR(""), NULL, &err),
           0));
    int n = 0;
    while (kh_reader_next(reader, &article, &err) == KH_OK)
        n++;

    cr_expect(gt(int, n, 8000));
    cr_expect(eq(int, (int)err.status, (int)KH_ERR_CORRUPT));
    expect_show(err.message, "packed file is damaged: truncated gzip input");
    cr_expect(eq(int, (int)kh_reader_next(reader, &article, &err), (int)KH_END));
}

Test(pack, that_is_cut_off_at_its_start_is_corrupt)
{
    kh_str whole = show_fixture("wire.jsonl.gz");
    expect_show(show_all(kh_str_slice(whole, 0, whole.len / 2), "/w.jsonl.gz", NULL),
                "!corrupt: packed file is damaged: truncated gzip input");
}

Test(pack, reads_tar_and_skips_what_it_does_not_know)
{
    static const char *const names[] = { "a.txt", "b.jpg", "c.txt", ".d.txt", NULL };
    kh_str tar = pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, names,
                      KH_STR("Title\n\nText of it."));
    expect_show(show_all(tar, "/x.tar", NULL), "T:Title P:Text of it.\n"
                                               "T:Title P:Text of it.");
}

Test(pack, gives_hidden_members_if_they_are_wanted)
{
    static const char *const names[] = { ".a.txt", "d/.b.txt", "d/.c.jpg", NULL };
    static const kh_reader_options options = { .takes_hidden = true };
    kh_str tar = pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, names,
                      KH_STR("Title\n\nText of it."));
    expect_show(show_all(tar, "/x.tar", NULL), "");
    expect_show(show_all(tar, "/x.tar", &options), "T:Title P:Text of it.\n"
                                                   "T:Title P:Text of it.");
}

Test(pack, does_not_open_an_archive_in_an_archive)
{
    static const char *const inner[] = { "a.txt", NULL };
    static const char *const outer[] = { "inner.zip", NULL };
    pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, inner, KH_STR("Title"));
    KH_AUTO_BUF zip;
    kh_buf_init(&zip, KH_BUF_MAX);
    kh_buf_add(&zip, kh_buf_str(&copy));
    kh_str nested =
        pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, outer, kh_buf_str(&zip));
    expect_show(show_all(nested, "/x.zip", NULL),
                "!format: of no known format: looks like a zip archive");
}

Test(pack, without_a_member_to_read_gives_nothing)
{
    static const char *const names[] = { "a.jpg", NULL };
    kh_str zip = pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, names, KH_STR("x"));
    expect_show(show_all(zip, "/x.zip", NULL), "");
}

Test(pack, stops_at_a_bomb)
{
    static const char *const names[] = { "a.txt", NULL };
    size_t n = (size_t)200 << 20;
    char *zeros = kh_alloc(n);
    memset(zeros, ' ', n);
    zeros[0] = 'x';
    kh_str bomb =
        pack(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_ZSTD, names, kh_str_make(zeros, n));
    kh_free(zeros);
    cr_assert(lt(sz, bomb.len, n / KH_UNPACK_RATIO_MAX));
    expect_show(show_all(bomb, "/a.txt.zst", NULL),
                "!limit: unpacks to more than 1000 times its size: a bomb");
}

Test(pack, loses_one_packed_member_to_damage)
{
    static const char *const names[] = { "a.txt.gz", "b.txt.gz", NULL };
    kh_str broken = KH_STR("\x1F\x8B\x08\0\0\0\0\0\0\3garbage that is no gzip stream");
    kh_str tar = pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, names, broken);
    kh_str seen = kh_str_from(show_all(tar, "/x.tar", NULL));
    size_t first = kh_str_find(seen, KH_STR("!format: member cannot be unpacked: "), 0);
    cr_expect(eq(sz, first, 0));
    cr_expect(kh_str_find(seen, KH_STR("\n!format: member cannot"), 0) != SIZE_MAX);
}

Test(pack, that_ends_within_a_member_is_corrupt)
{
    static const char *const names[] = { "a.txt", "b.txt", NULL };
    static char text[3000];
    memset(text, 'x', sizeof(text));
    memcpy(text, "Title\n\n", 7);
    kh_str tar = pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, names,
                      kh_str_make(text, sizeof(text)));
    kh_str cut = kh_str_slice(tar, 0, 512 + 3072 + 512 + 1000);
    const char *seen = show_fields(cut, "/x.tar", NULL);
    expect_show(seen, "title=Title\n"
                      "!corrupt: packed file is damaged: Truncated tar archive");
}

/* The member before the damage is good, and not what is blamed. */
Test(pack, that_ends_within_a_header_names_no_member)
{
    static const char *const names[] = { "a.txt", "b.txt", "c.txt", NULL };
    kh_str zip = pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, names,
                      KH_STR("Title\n\nText.\n"));
    size_t third = kh_str_find(zip, KH_STR("c.txt"), 0);
    cr_assert(lt(sz, third, zip.len));
    kh_str cut = kh_str_slice(zip, 0, third - 10);
    const char *seen = show_fields(cut, "/x.zip", NULL);
    expect_show(seen, "title=Title\ntitle=Title\n"
                      "!corrupt: packed file is damaged behind its member 2: "
                      "Truncated ZIP file header");
}

Test(pack, has_its_members_named_in_any_encoding)
{
    static const char *const names[] = { "caf\xE9.txt", NULL };
    kh_str tar =
        pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, names, KH_STR("Title"));
    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_article *article = NULL;
    cr_assert(eq(
        int, (int)kh_reader_open_memory(&reader, tar, "/x.tar", KH_STR(""), NULL, NULL),
        0));
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), 0));
    cr_expect(kh_str_equal(article->id, KH_STR("/x.tar!café.txt")) != 0);
}

Test(pack, with_an_empty_member_says_so)
{
    static const char *const names[] = { "a.txt", "b.txt", NULL };
    kh_str zip = pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, names, KH_STR(""));
    expect_show(show_all(zip, "/x.zip", NULL), "!format: empty\n!format: empty");
}
