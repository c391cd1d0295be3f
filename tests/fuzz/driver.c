/* driver - a fuzz target without libFuzzer: files of a folder, changed at random.
 *
 *     fuzz_reader RUNS SEED FOLDER     changed files, the same for the same seed
 *     fuzz_reader FILE                 one input as it is, to look into a failure
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

#define FILE_MAX_BYTES ((size_t)1 << 20)

static uint64_t state;

/* xorshift64* (Vigna, 2016) */
static uint32_t random_below(uint32_t n)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * 2685821657736338717ull) >> 33) % n;
}

/* Signs that mean something to one of the formats, or in a query. */
static const char *const tokens[] = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\u",
    "\\ud800",
    ",",
    ":",
    "\n",
    "\r\n",
    "\n\n",
    "<p>",
    "</p>",
    "<br>",
    "&amp;",
    "&#0;",
    "\\u0000",
    "\xEF\xBB\xBF",
    "\xFF\xFE",
    "\xC3",
    "\xE3\x80\x80",
    "Tags: ",
    "\"title\":",
    "\"body\":",
    "\"tags\":",
    "<script>",
    "PK\3\4",
    "\x1F\x8B",
    "\t",
    "  ",
    " AND ",
    " OR ",
    " NOT ",
    " NEAR/3 ",
    " -",
    " +",
    "(",
    ")",
    "*",
    "=",
    "tag:",
    "date:",
    "..",
    "\xE2\x80\x9C",
    "\xE2\x80\x9D",
    "\xC2\xBB",
};

static void change(kh_buf *file)
{
    uint32_t at = file->len ? random_below((uint32_t)file->len) : 0;
    switch (random_below(5)) {
    case 0: /* one bit */
        if (file->len)
            file->ptr[at] = (char)(file->ptr[at] ^ (1 << random_below(8)));
        break;
    case 1: /* cut short */
        if (random_below(4) == 0)
            file->len = at;
        break;
    case 2: { /* a piece out */
        size_t n = 1 + random_below(16);
        n = n < file->len - at ? n : file->len - at;
        if (file->len)
            memmove(file->ptr + at, file->ptr + at + n, file->len - at - n);
        file->len -= n;
        break;
    }
    case 3: { /* a piece twice */
        size_t n = 1 + random_below(64);
        n = n < file->len - at ? n : file->len - at;
        kh_buf_reserve(file, n);
        kh_buf_add(file, kh_str_make(file->ptr + at, n));
        break;
    }
    default: { /* a token in */
        kh_str token = kh_str_from(tokens[random_below(KH_COUNT_OF(tokens))]);
        kh_buf_add(file, token);
        memmove(file->ptr + at + token.len, file->ptr + at, file->len - token.len - at);
        memcpy(file->ptr + at, token.ptr, token.len);
        break;
    }
    }
}

/* A copy of exactly this size, so that a sanitizer sees a read behind its end. */
static void run(kh_str input)
{
    unsigned char *bytes = kh_alloc(input.len);
    memcpy(bytes, input.ptr, input.len);
    LLVMFuzzerTestOneInput(bytes, input.len);
    kh_free(bytes);
}

static int run_file(const char *path)
{
    KH_AUTO_BUF file;
    kh_buf_init(&file, KH_BUF_MAX);
    if (kh_file_read(&file, path, FILE_MAX_BYTES, NULL) != KH_OK)
        return 2;
    run(kh_buf_str(&file));
    return 0;
}

static int run_changed(unsigned long runs, const char *folder)
{
    kh_names names = { 0 };
    if (kh_folder_list(&names, folder, NULL) != KH_OK || names.n == 0)
        return 2;

    KH_AUTO_BUF path;
    KH_AUTO_BUF input;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_init(&input, KH_BUF_MAX);
    for (unsigned long i = 0; i < runs; i++) {
        kh_buf_reset(&path);
        kh_path_join(&path, folder, names.names[i % names.n]);
        kh_buf_reset(&input);
        kh_buf_add_char(&input, (char)(i % 8 < 5 ? 0 : i % 8 - 4));
        if (kh_file_read(&input, kh_buf_text(&path), FILE_MAX_BYTES, NULL) != KH_OK)
            continue;
        for (uint32_t n = random_below(6); n > 0 && input.len > 1; n--) {
            char chosen = input.ptr[0];
            change(&input);
            if (input.len > 0)
                input.ptr[0] = chosen;
        }
        FILE *last = fopen("fuzz-last-input", "wb");
        if (last) {
            fwrite(input.ptr ? input.ptr : "", 1, input.len, last);
            fclose(last);
        }
        run(kh_buf_str(&input));
    }
    kh_names_release(&names);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2)
        return run_file(argv[1]);
    if (argc != 4) {
        fprintf(stderr, "usage: %s RUNS SEED FOLDER, or %s FILE\n", argv[0], argv[0]);
        return 2;
    }

    state = strtoull(argv[2], NULL, 10) * 2 + 1;
    return run_changed(strtoul(argv[1], NULL, 10), argv[3]);
}
