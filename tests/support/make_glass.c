/* make_glass - a made-up database, by our writer or the engine's, for scripts.
 *
 *   make_glass ours|engine SEED BLOCK-BYTES FOLDER
 *
 * The same seed gives the same content, which the engine writes in blocks of 8 KB. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/glass_made.h"

/* Larger data the engine may lose. */
#define DATA_BYTES_MAX 8192u

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: make_glass ours|engine SEED BLOCK-BYTES FOLDER\n");
        return 2;
    }
    uint64_t seed = strtoul(argv[2], NULL, 10);
    made_shape shape = { .seed = seed,
                         .n_documents = 3000,
                         .n_terms = 200,
                         .term_bytes_max = seed % 2 == 0 ? 8 : 200,
                         .n_slots = 5,
                         .n_metadata = 9,
                         .data_percent = 20,
                         .data_bytes_max = DATA_BYTES_MAX };
    KH_AUTO(made_free) made *content = made_open(&shape);
    kh_error err = { 0 };
    kh_status status = KH_OK;
    if (strcmp(argv[1], "engine") == 0)
        status = made_write_engine(content, argv[4], &err);
    else
        status =
            made_write(content, argv[4], (uint32_t)strtoul(argv[3], NULL, 10), &err);
    if (status != KH_OK)
        fprintf(stderr, "make_glass: %s\n", err.message);
    return status == KH_OK ? 0 : 2;
}
