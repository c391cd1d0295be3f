/* Suite faults: the system says no, at every call there is. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "support/glass_made.h"

#include "scratch.h"

TestSuite(faults, .init = scratch_make, .fini = scratch_remove);

typedef enum call { OPEN, WRITE, SYNC, CLOSE, RENAME, MKDIR, RANDOM, N_CALLS } call;

static unsigned n_calls[N_CALLS];
static unsigned failing[N_CALLS]; /* which call of a kind fails; 0: none */
static int failure;               /* errno of it */
static bool is_reluctant; /* writes take a few bytes, and are interrupted in turn */

static bool is_failing(call kind)
{
    n_calls[kind]++;
    if (n_calls[kind] != failing[kind])
        return false;
    errno = failure;
    return true;
}

/* The linker has the libraries call these: --wrap. */
int __real_open64(const char *path, int flags, unsigned mode);
ssize_t __real_write(int fd, const void *bytes, size_t len);
int __real_fsync(int fd);
int __real_close(int fd);
int __real_rename(const char *from, const char *to);
int __real_mkdir(const char *path, mode_t mode);
ssize_t __real_getrandom(void *bytes, size_t len, unsigned flags);
int __wrap_open64(const char *path, int flags, ...);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
int __wrap_fsync(int fd);
int __wrap_close(int fd);
int __wrap_rename(const char *from, const char *to);
int __wrap_mkdir(const char *path, mode_t mode);
ssize_t __wrap_getrandom(void *bytes, size_t len, unsigned flags);

int __wrap_open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    unsigned mode = va_arg(args, unsigned); /* what is not there is not used */
    va_end(args);
    return is_failing(OPEN) ? -1 : __real_open64(path, flags, mode);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
    if (is_failing(WRITE))
        return -1;
    if (!is_reluctant)
        return __real_write(fd, bytes, len);
    if (n_calls[WRITE] % 2 == 0) {
        errno = EINTR;
        return -1;
    }
    return __real_write(fd, bytes, len < 5000 ? len : 5000);
}

int __wrap_fsync(int fd)
{
    return is_failing(SYNC) ? -1 : __real_fsync(fd);
}

int __wrap_close(int fd)
{
    int result = __real_close(fd);
    return is_failing(CLOSE) ? -1 : result;
}

int __wrap_rename(const char *from, const char *to)
{
    return is_failing(RENAME) ? -1 : __real_rename(from, to);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return is_failing(MKDIR) ? -1 : __real_mkdir(path, mode);
}

ssize_t __wrap_getrandom(void *bytes, size_t len, unsigned flags)
{
    return is_failing(RANDOM) ? -1 : __real_getrandom(bytes, len, flags);
}

static made *content_of(unsigned n_documents)
{
    made_shape shape = { .seed = 5,
                         .n_documents = n_documents,
                         .n_terms = 600,
                         .term_bytes_max = 20,
                         .n_slots = 3,
                         .n_metadata = 3,
                         .data_percent = 50 };
    return made_open(&shape);
}

static kh_status write_counted(const made *content, const char *path, kh_error *err)
{
    memset(n_calls, 0, sizeof(n_calls));
    return made_write(content, path, 2048, err);
}

static void expect_failure(const made *content, const char *name)
{
    const char *path = scratch_path("x");
    kh_error err = { 0 };

    kh_status status = write_counted(content, path, &err);

    cr_expect(eq(int, (int)status, KH_ERR_IO), "%s: %s", name, err.message);
    cr_expect(ne(ptr, strstr(err.message, path), NULL), "%s: %s", name, err.message);
    cr_expect(ne(ptr, strstr(err.message, strerror(failure)), NULL), "%s", err.message);
    cr_expect(not(kh_path_exists(scratch_path("x/iamglass"))), "%s", err.message);
    cr_assert(eq(int, kh_folder_remove(path, NULL), KH_OK));
}

Test(faults, are_told_whichever_call_fails)
{
    static const char *const names[N_CALLS] = { "open",   "write", "fsync",    "close",
                                                "rename", "mkdir", "getrandom" };
    static const int failures[N_CALLS] = { EMFILE, ENOSPC, EIO,   EIO,
                                           EACCES, EROFS,  ENOSYS };
    KH_AUTO(made_free) made *content = content_of(8000);
    cr_assert(eq(int, (int)write_counted(content, scratch_path("x"), NULL), KH_OK));
    cr_assert(eq(int, kh_folder_remove(scratch_path("x"), NULL), KH_OK));
    unsigned n[N_CALLS];
    memcpy(n, n_calls, sizeof(n));
    /* /tmp and the scratch folder are there: mkdir() fails and that is fine. Closing
     * the folder that was synced is not looked at. */
    n[CLOSE]--;
    cr_assert(ge(u32, n[WRITE], 4));

    for (unsigned kind = 0; kind < N_CALLS; kind++) {
        cr_expect(gt(u32, n[kind], 0), "%s", names[kind]);
        failure = failures[kind];
        for (unsigned i = kind == MKDIR ? n[MKDIR] : 1; i <= n[kind]; i++) {
            failing[kind] = i;
            expect_failure(content, names[kind]);
        }
        failing[kind] = 0;
    }
}

Test(faults, are_none_if_writes_are_short_or_interrupted)
{
    KH_AUTO(made_free) made *content = content_of(300);
    kh_error err = { 0 };
    is_reluctant = true;

    cr_assert(eq(int, (int)write_counted(content, scratch_path("x"), &err), KH_OK));

    cr_expect(eq(int, (int)made_compare(content, scratch_path("x"), &err), KH_OK), "%s",
              err.message);
}

/* A limit of the process on the size of files stands for a full disk. */
Test(faults, are_told_on_a_full_disk)
{
    KH_AUTO(made_free) made *content = content_of(200);
    signal(SIGXFSZ, SIG_IGN);
    failure = EFBIG;
    cr_assert(eq(int, (int)write_counted(content, scratch_path("x"), NULL), KH_OK));
    kh_map map;
    cr_assert(
        eq(int, kh_map_open(&map, scratch_path("x/postlist.glass"), NULL), KH_OK));
    size_t largest = map.len;
    kh_map_close(&map);
    cr_assert(eq(int, kh_map_open(&map, scratch_path("x/docdata.glass"), NULL), KH_OK));
    largest = map.len > largest ? map.len : largest;
    kh_map_close(&map);
    cr_assert(eq(int, kh_folder_remove(scratch_path("x"), NULL), KH_OK));

    for (size_t size = 0; size < largest; size += size < 200 ? 50 : 7919) {
        struct rlimit limit = { size, RLIM_INFINITY };
        cr_assert(eq(int, setrlimit(RLIMIT_FSIZE, &limit), 0));
        expect_failure(content, "full disk");
    }
    struct rlimit limit = { largest, RLIM_INFINITY };
    cr_assert(eq(int, setrlimit(RLIMIT_FSIZE, &limit), 0));
    cr_expect(eq(int, (int)write_counted(content, scratch_path("x"), NULL), KH_OK));
}
