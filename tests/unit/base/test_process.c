/* test_process - what this process used. */
#include "scratch.h"

Test(process, has_a_clock_that_never_goes_back)
{
    uint64_t before = kh_clock_ms();

    for (int i = 0; i < 100000; i++) {
        uint64_t now = kh_clock_ms();
        cr_assert(ge(u64, now, before));
        before = now;
    }
}

Test(process, has_a_peak_of_memory)
{
    cr_expect(gt(u64, kh_peak_bytes(), 100000));
    cr_expect(lt(u64, kh_peak_bytes(), (uint64_t)1 << 40));
}
