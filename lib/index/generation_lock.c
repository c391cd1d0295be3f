/* generation_lock - one builder at a time.
 *
 * The lock is the system's own on INDEX/lock, so it ends with the process that holds
 * it, however that ends. What stands in the file is for people. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "generation_paths.h"

#define SLEEP_NS 50000000L /* between two attempts */
#define GRACE_MS 120u      /* for whoever only looks at the lock */
#define WHO_MAX  96u       /* bytes of the lock file */
#define NOBODY   "\n"

/* The file never shrinks to nothing: its block is there when the disk is full. */
struct kh_index_lock {
    int fd;
    char left[WHO_MAX];  /* what stood in it before */
    char ours[WHO_MAX];  /* what stands in it now */
    const char *at_last; /* what shall */
};

static bool is_ours(const char *name)
{
    static const char *const names[] = {
        KH_CURRENT_NAME,  KH_HISTORY_NAME,  KH_LOCK_NAME, KH_LAST_RUN_NAME,
        KH_FAILURES_NAME, KH_SEGMENTS_NAME, KH_TMP_NAME,  "lost+found",
    };
    kh_str text = kh_str_from(name);
    for (size_t i = 0; i < KH_COUNT_OF(names); i++) {
        kh_str ours = kh_str_from(names[i]);
        if (kh_str_equal(text, ours))
            return true;
        /* written aside, left by a crash */
        if (kh_str_starts(text, ours) &&
            kh_str_starts(kh_str_slice(text, ours.len, text.len), KH_STR(".new-")))
            return true;
    }
    return kh_str_starts(text, KH_STR("gen-"));
}

/* An index, which may hold a file of somebody's, and may have lost one of ours. */
static bool has_generations(const char *folder)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint32_t *numbers = NULL;
    size_t n = 0;
    return kh_generation_list(&numbers, &n, folder, arena, NULL) == KH_OK && n > 0;
}

/* Make the folder, or see that it is empty or an index. */
static kh_status take_folder(const char *folder, kh_error *err)
{
    if (kh_path_exists(folder) && !kh_path_is_folder(folder))
        return kh_fail(err, KH_ERR_ARGUMENT, "not a folder: '%s'", folder);
    kh_status status = kh_folder_make(folder, err);
    if (status != KH_OK)
        return status;
    if (has_generations(folder))
        return KH_OK;

    KH_CLEANUP(kh_names_release) kh_names names = { 0 };
    status = kh_folder_list(&names, folder, err);
    for (size_t i = 0; i < names.n && status == KH_OK; i++) {
        if (is_ours(names.names[i]))
            continue;
        status = kh_fail(err, KH_ERR_ARGUMENT,
                         "folder is neither empty nor an index: '%s' holds '%s'",
                         folder, names.names[i]);
        kh_hint(err, "name another folder: --index DIR");
    }
    return status;
}

/* What stands in the lock file; false: nothing. */
static bool read_who(const char *path, long *pid, long *uid, int64_t *since)
{
    KH_AUTO_BUF content;
    kh_buf_init(&content, 4096);
    return kh_file_read(&content, path, 4096, NULL) == KH_OK &&
           sscanf(kh_buf_text(&content), "%ld %ld %" SCNd64, pid, uid, since) == 3;
}

/* Who holds the lock, as the file says. */
static kh_status say_locked(const char *path, const char *folder, kh_error *err)
{
    long pid = 0;
    long uid = 0;
    int64_t since = 0;
    if (!read_who(path, &pid, &uid, &since))
        return kh_fail(err, KH_ERR_LOCKED,
                       "index is being built by another process: '%s'", folder);

    char clock[32] = "?";
    time_t seconds = (time_t)since;
    struct tm local;
    if (localtime_r(&seconds, &local))
        (void)strftime(clock, sizeof(clock), "%Y-%m-%d %H:%M:%S", &local);
    return kh_fail(err, KH_ERR_LOCKED,
                   "index is being built by process %ld (uid %ld) since %s: '%s'", pid,
                   uid, clock, folder);
}

static void sleep_a_little(void)
{
    struct timespec pause = { 0, SLEEP_NS };
    (void)nanosleep(&pause, NULL);
}

/* KH_OK once the lock is held. */
static kh_status wait_for(int fd, const char *folder, uint32_t wait_seconds,
                          const volatile int *stop, kh_error *err)
{
    uint64_t began = kh_clock_ms();
    for (;;) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return KH_OK;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return kh_fail_errno(err, KH_ERR_IO, "cannot lock '%s/%s'", folder,
                                 KH_LOCK_NAME);
        if (stop && *stop)
            return kh_fail(err, KH_ERR_INTERRUPTED,
                           "interrupted while waiting for another builder");
        if (wait_seconds != UINT32_MAX &&
            kh_clock_ms() - began >= (uint64_t)wait_seconds * 1000 + GRACE_MS) {
            KH_AUTO_BUF path;
            kh_index_path(&path, folder, KH_LOCK_NAME);
            return say_locked(kh_buf_text(&path), folder, err);
        }
        sleep_a_little();
    }
}

static bool say(const kh_index_lock *lock, const char *text)
{
    size_t len = strlen(text);
    return pwrite(lock->fd, text, len, 0) == (ssize_t)len &&
           ftruncate(lock->fd, (off_t)len) == 0;
}

static kh_status say_who(kh_index_lock *lock, const char *folder, kh_error *err)
{
    ssize_t n = pread(lock->fd, lock->left, sizeof(lock->left) - 1, 0);
    lock->left[n > 0 ? n : 0] = '\0';
    if (lock->left[0] == '\0')
        snprintf(lock->left, sizeof(lock->left), NOBODY);
    snprintf(lock->ours, sizeof(lock->ours), "%ld %ld %lld\n", (long)getpid(),
             (long)getuid(), (long long)time(NULL));
    if (!say(lock, lock->ours))
        return kh_fail_errno(err, KH_ERR_IO, "cannot write '%s/%s'", folder,
                             KH_LOCK_NAME);
    return KH_OK;
}

kh_status kh_index_lock_open(kh_index_lock **out, const char *folder,
                             uint32_t wait_seconds, const volatile int *stop,
                             kh_error *err)
{
    kh_status status = take_folder(folder, err);
    if (status != KH_OK)
        return status;

    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_LOCK_NAME);
    KH_AUTO(kh_index_lock_free) kh_index_lock *lock = kh_alloc(sizeof(*lock));
    lock->at_last = NOBODY;
    lock->fd = open(kh_buf_text(&path), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock->fd < 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot open '%s'", kh_buf_text(&path));

    status = wait_for(lock->fd, folder, wait_seconds, stop, err);
    if (status != KH_OK) {
        close(lock->fd); /* without wiping what its holder wrote */
        lock->fd = -1;
        return status;
    }
    status = say_who(lock, folder, err);
    if (status == KH_OK)
        *out = KH_TAKE(lock);
    return status;
}

void kh_index_lock_free(kh_index_lock *lock)
{
    if (!lock)
        return;
    if (lock->fd >= 0) {
        (void)say(lock, lock->at_last);
        close(lock->fd);
    }
    kh_free(lock);
}

void kh_index_lock_keep_left(kh_index_lock *lock)
{
    lock->at_last = lock->left;
}

void kh_index_lock_keep_ours(kh_index_lock *lock)
{
    lock->at_last = lock->ours;
}

void kh_index_lock_look(kh_lock_look *out, const char *folder)
{
    *out = (kh_lock_look){ .state = KH_LOCK_FREE };
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_LOCK_NAME);
    int fd = open(kh_buf_text(&path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    bool is_held = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    long uid = 0;
    bool is_named = read_who(kh_buf_text(&path), &out->pid, &uid, &out->since);
    close(fd);
    if (is_held)
        out->state = KH_LOCK_HELD;
    else if (is_named) /* whoever ends by itself wipes its name */
        out->state = KH_LOCK_LEFT;
}
