/* decls - marks used on every declaration: C linkage, must-use results, printf
 * checking. */
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
