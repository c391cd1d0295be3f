/* scratch - a temporary folder for each test, and small databases in it. */
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"

#ifdef KH_HAS_ASAN
#include <sanitizer/lsan_interface.h>
#endif

static char folder[64];

void scratch_make(void)
{
    snprintf(folder, sizeof(folder), "/tmp/kh-xapian-c-XXXXXX");
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
    chmod(folder, 0755);
}

void scratch_remove(void)
{
    cr_assert(eq(int, kh_folder_remove(folder, NULL), KH_OK));
}

const char *scratch_path(const char *name)
{
    static char paths[8][160];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

kh_str word(unsigned i)
{
    static char words[64][16];
    static unsigned next;
    char *text = words[next++ % 64];
    snprintf(text, sizeof(words[0]), "w%u", i);
    return kh_str_from(text);
}

/* Word i is in about one of i + 1 documents; the mixing is that of a linear generator.
 */
unsigned archive_wdf(unsigned document, unsigned i)
{
    unsigned mixed = (document * 2654435761u) ^ ((i + 1) * 40503u);
    mixed = mixed * 1664525u + 1013904223u;
    mixed ^= mixed >> 15;
    return mixed % (i + 1) == 0 ? 1 + (mixed >> 8) % 5 : 0;
}

unsigned archive_length(unsigned document)
{
    unsigned length = 0;
    for (unsigned i = 0; i < ARCHIVE_WORDS; i++)
        length += archive_wdf(document, i);
    return length;
}

static void archive_add(kh_writer *writer, unsigned document)
{
    kh_posting postings[ARCHIVE_WORDS + 1];
    size_t n = 0;
    for (unsigned i = 0; i < ARCHIVE_WORDS; i++) {
        if (archive_wdf(document, i) > 0)
            postings[n++] = (kh_posting){ word(i), archive_wdf(document, i) };
    }
    postings[n++] =
        (kh_posting){ document % 2 == 0 ? KH_STR("Xeven") : KH_STR("Xodd"), 0 };
    char value[16];
    char data[32];
    snprintf(value, sizeof(value), "v%u", document);
    snprintf(data, sizeof(data), "data of %u", document);
    kh_value values[] = { { 0, kh_str_from(value) } };
    kh_document made = { postings, n, values, 1, kh_str_from(data) };

    cr_assert(eq(int, kh_writer_add(writer, &made, NULL, NULL), KH_OK));
}

void archive_write(const char *path, unsigned first, unsigned last)
{
    kh_error err = { 0 };
    kh_writer *writer = NULL;
    cr_assert(eq(int, kh_writer_open(&writer, path, &err), KH_OK), "%s", err.message);
    for (unsigned d = first; d <= last; d++)
        archive_add(writer, d);
    const char *const keys[] = { "m3", "m1", "m2" };
    for (size_t i = 0; i < KH_COUNT_OF(keys); i++) {
        kh_str key = kh_str_from(keys[i]);
        cr_assert(eq(int, kh_writer_set_metadata(writer, key, key, NULL), KH_OK));
    }
    cr_assert(eq(int, kh_writer_close(writer, &err), KH_OK), "%s", err.message);
}

void leaks_allow(bool is_allowed)
{
#ifdef KH_HAS_ASAN
    if (is_allowed)
        __lsan_disable();
    else
        __lsan_enable();
#else
    (void)is_allowed;
#endif
}

kh_database *database_of(const char *path)
{
    kh_error err = { 0 };
    kh_database *database = NULL;
    cr_assert(eq(int, kh_database_open(&database, &path, 1, &err), KH_OK), "%s",
              err.message);
    return database;
}

void file_patch(const char *path, long offset, const char *bytes, size_t n)
{
    FILE *file = fopen(path, "r+b");
    cr_assert(ne(ptr, file, NULL));
    cr_assert(eq(int, fseek(file, offset, SEEK_SET), 0));
    cr_assert(eq(sz, fwrite(bytes, 1, n, file), n));
    cr_assert(eq(int, fclose(file), 0));
}

void file_cut(const char *path, long size)
{
    cr_assert(eq(int, truncate(path, size), 0));
}

long file_size(const char *path)
{
    struct stat status;
    cr_assert(eq(int, stat(path, &status), 0));
    return (long)status.st_size;
}
