/* scratch - see scratch.h. Plain calls of the system, none of what is tested. */
#define _XOPEN_SOURCE 700 /* nftw() */
#include "scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

void scratch_open(void)
{
    snprintf(folder, sizeof(folder), "/tmp/khabar-base-XXXXXX");
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
}

static int remove_one(const char *path, const struct stat *info, int type,
                      struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

void scratch_free(void)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_path(const char *name)
{
    static char paths[4][512];
    static size_t next;

    char *path = paths[next++ % KH_COUNT_OF(paths)];
    snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

void scratch_write(const char *name, const char *content)
{
    FILE *file = fopen(scratch_path(name), "w");
    cr_assert(ne(ptr, file, NULL));
    fputs(content, file);
    cr_assert(eq(int, fclose(file), 0));
}

void scratch_folder(const char *name)
{
    cr_assert(eq(int, mkdir(scratch_path(name), 0777), 0));
}

bool scratch_holds(const char *name, const char *content)
{
    char text[512] = "";
    FILE *file = fopen(scratch_path(name), "r");
    if (file == NULL)
        return false;

    size_t n = fread(text, 1, sizeof(text) - 1, file);
    fclose(file);
    return n == strlen(content) && memcmp(text, content, n) == 0;
}
