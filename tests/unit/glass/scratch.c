/* scratch - see scratch.h. */
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"

static char folder[64];

void scratch_make(void)
{
    snprintf(folder, sizeof(folder), "/tmp/kh-glass-XXXXXX");
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
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

void must(kh_status status)
{
    cr_assert(eq(int, (int)status, KH_OK));
}

kh_glass_writer *writer_of(const char *path, uint32_t block_bytes)
{
    kh_error err = { 0 };
    kh_glass_writer *glass = NULL;
    cr_assert(eq(int, (int)kh_glass_open(&glass, path, block_bytes, &err), KH_OK), "%s",
              err.message);
    return glass;
}
