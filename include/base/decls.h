/* decls - marks used on every declaration: C linkage, must-use results, printf
 * checking; and whether the address sanitizer looks on. */
#pragma once

#ifdef __cplusplus
#define KH_BEGIN_DECLS extern "C" {
#define KH_END_DECLS   }
#else
#define KH_BEGIN_DECLS
#define KH_END_DECLS
#endif

#define KH_MUST_USE           __attribute__((warn_unused_result))
#define KH_PRINTF(text, args) __attribute__((format(printf, text, args)))
#define KH_COUNT_OF(array)    (sizeof(array) / sizeof((array)[0]))

/* gcc says it by a macro, clang by a feature. */
#ifdef __SANITIZE_ADDRESS__
#define KH_HAS_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KH_HAS_ASAN
#endif
#endif
