/* cleanup - handles that free themselves at the end of their scope. */
#pragma once

#include "base/decls.h"

#define KH_CLEANUP(fn) __attribute__((cleanup(fn)))

/* Beside each free function in its own header: KH_DEFINE_CLEANUP(kh_words,
 * kh_words_free). */
#define KH_DEFINE_CLEANUP(type, fn)           \
    static inline void fn##_at(type **handle) \
    {                                         \
        fn(*handle);                          \
    }

/* KH_AUTO(kh_words_free) kh_words *words = ...; */
#define KH_AUTO(fn) KH_CLEANUP(fn##_at)

/* Hand a handle on: its value, and NULL is left behind. */
#define KH_TAKE(pointer)                        \
    __extension__({                             \
        __typeof__(pointer) taken_ = (pointer); \
        (pointer) = NULL;                       \
        taken_;                                 \
    })
