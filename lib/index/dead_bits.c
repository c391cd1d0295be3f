/* dead_bits - open the dead bits of a segment in a generation. */
#include "dead_bits.h"

#include "generation_paths.h"

kh_status kh_dead_bits_open(kh_dead_bits *out, const char *folder, uint32_t generation,
                            kh_str uuid, uint32_t n, kh_error *err)
{
    kh_dead_bits bits = { { NULL, 0 }, 0 };
    KH_AUTO_BUF path;
    kh_generation_path(&path, folder, generation, "dead-");
    kh_buf_printf(&path, "%" KH_FMT ".bits", KH_ARG(uuid));
    if (!kh_path_exists(kh_buf_text(&path))) {
        *out = bits;
        return KH_OK;
    }
    kh_status status = kh_map_open(&bits.map, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;

    size_t bytes = ((size_t)n + 7) / 8;
    bool is_good = bits.map.len == bytes;
    for (size_t i = 0; is_good && i < bytes; i++)
        bits.n_dead += (uint32_t)__builtin_popcount(bits.map.ptr[i]);
    if (is_good && n % 8 != 0)
        is_good = bits.map.ptr[bytes - 1] >> (n % 8) == 0;
    if (!is_good) {
        kh_map_close(&bits.map);
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", kh_buf_text(&path));
    }
    *out = bits;
    return KH_OK;
}

void kh_dead_bits_close(kh_dead_bits *bits)
{
    kh_map_close(&bits->map);
    bits->n_dead = 0;
}
