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
