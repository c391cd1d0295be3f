/* Suite random: whatever is written is what is read; bench/glass_random does more. */
#include <inttypes.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "support/glass_made.h"

#include "scratch.h"

#define DATABASES 150u

TestSuite(random, .init = scratch_make, .fini = scratch_remove);

Test(random, databases_hold_what_was_written)
{
    for (uint64_t seed = 1; seed <= DATABASES; seed++) {
        kh_error err = { 0 };
        const char *path = scratch_path("x");
        made_shape shape = made_shape_of(seed);
        KH_AUTO(made_free) made *content = made_open(&shape);

        kh_status status = made_write(content, path, made_block_of(seed), &err);
        if (status == KH_OK)
            status = made_compare(content, path, &err);

        cr_assert(eq(int, (int)status, KH_OK), "seed %" PRIu64 ": %s", seed,
                  err.message);
        cr_assert(eq(int, kh_folder_remove(path, NULL), KH_OK));
    }
}
