/* fail_calls - preloaded into a program: the n-th call of those that write fails.
 *
 *   KH_FAIL_AT=N     the number of the call, from 1; 0 or none: count alone
 *   KH_FAIL_SIGNAL=S it does not fail, but the process is sent this signal
 *   KH_FAIL_ROOM=N   a disk says that so many bytes are free
 *   KH_FAIL_COUNT=F  the number of calls is written to this file at the end
 *   KH_FAIL_SYNC=P   fsync fails of each file whose path ends so; with a signal it does
 *                    not, but takes a second, behind which that is sent
 *   KH_FAIL_LIST=F   paths that are synced, and that are renamed to, a line each in
 *                    their order, are written to this file
 *
 * Calls: write (but to the standard streams), fsync, rename, mkdir, and open of a file
 * that is to be made. What needs room says that the disk is full, the others that the
 * device is broken. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static atomic_long n_calls;

static int fails(int why)
{
    long n = atomic_fetch_add(&n_calls, 1) + 1;
    const char *at = getenv("KH_FAIL_AT");
    if (at == NULL || atol(at) != n)
        return 0;
    const char *number = getenv("KH_FAIL_SIGNAL");
    if (number != NULL) {
        (void)kill(getpid(), atoi(number));
        return 0;
    }
    errno = why;
    return 1;
}

__attribute__((destructor)) static void say_count(void)
{
    const char *path = getenv("KH_FAIL_COUNT");
    FILE *file = path != NULL ? fopen(path, "w") : NULL;
    if (file == NULL)
        return;
    fprintf(file, "%ld\n", atomic_load(&n_calls));
    fclose(file);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t n)
{
    if (fd > STDERR_FILENO && fails(ENOSPC))
        return -1;
    return REAL(write)(fd, bytes, n);
}

static void list(const char *path)
{
    const char *name = getenv("KH_FAIL_LIST");
    FILE *file = name != NULL ? fopen(name, "a") : NULL;
    if (file == NULL)
        return;
    fprintf(file, "%s\n", path);
    fclose(file);
}

/* The path of a descriptor, which is listed; whether it ends as is wished. */
static int is_meant(int fd)
{
    char link[64];
    char path[4096];
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof(path) - 1);
    path[n > 0 ? n : 0] = '\0';
    list(path);
    const char *end = getenv("KH_FAIL_SYNC");
    return end != NULL && strlen(end) <= strlen(path) &&
           strcmp(path + strlen(path) - strlen(end), end) == 0;
}

int fsync(int fd)
{
    if (fails(EIO))
        return -1;
    if (!is_meant(fd))
        return REAL(fsync)(fd);
    const char *number = getenv("KH_FAIL_SIGNAL");
    if (number == NULL) {
        errno = EIO;
        return -1;
    }
    sleep(1);
    (void)kill(getpid(), atoi(number));
    return REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return fails(EIO) ? -1 : REAL(fdatasync)(fd);
}

int rename(const char *from, const char *to)
{
    if (fails(EIO))
        return -1;
    list(to);
    return REAL(rename)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    return fails(ENOSPC) ? -1 : REAL(mkdir)(path, mode);
}

static int opens(__typeof__(&open) real, const char *path, int flags, mode_t mode)
{
    if ((flags & O_CREAT) != 0 && fails(ENOSPC))
        return -1;
    return real(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(args, mode_t) : 0;
    va_end(args);
    return opens(REAL(open), path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(args, mode_t) : 0;
    va_end(args);
    return opens(REAL(open64), path, flags, mode);
}

int statvfs(const char *path, struct statvfs *out)
{
    int result = REAL(statvfs)(path, out);
    const char *room = getenv("KH_FAIL_ROOM");
    if (result == 0 && room != NULL) {
        out->f_bavail = (fsblkcnt_t)atol(room);
        out->f_frsize = 1;
    }
    return result;
}

int statvfs64(const char *path, struct statvfs64 *out)
{
    int result = REAL(statvfs64)(path, out);
    const char *room = getenv("KH_FAIL_ROOM");
    if (result == 0 && room != NULL) {
        out->f_bavail = (fsblkcnt64_t)atol(room);
        out->f_frsize = 1;
    }
    return result;
}
