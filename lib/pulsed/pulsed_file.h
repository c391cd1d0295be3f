/* pulsed_file - the file: blocks of entries, then an index of the blocks, then the end.
 * Internal to lib/pulsed.
 *
 *   block     u32 checksum of what follows | entries
 *   entry     shared, rest of the term | postings
 *             shared: bytes as the term before has them, 0 in the first of a block
 *             head byte: shared * 16 + bytes of the rest, 15 in either half: a varint
 *             more of it follows, first of shared, then of the rest
 *   postings  head byte: n - 1 | wdf * 8, if all are the same and below 31; else 31 * 8
 *             varint first document, then document - the one before - 1
 *             varint wdf for each, if the head does not say it
 *   index     u64 where each block begins
 *             u32 where the first term of each begins among the names
 *             names: the first terms, side by side
 *   end       u64 terms | u64 where the index begins | u32 blocks | u32 checksum of the
 *             index | u32 magic
 *
 * All numbers little endian. */
#pragma once

#define KH_PULSED_BLOCK_BYTES 4096u /* a block ends behind the entry that fills it */
#define KH_PULSED_CHECK_BYTES 4u
#define KH_PULSED_END_BYTES   28u
#define KH_PULSED_MAGIC       0x31504C50u /* "PLP1" */

#define KH_PULSED_NIBBLE 15u
#define KH_PULSED_WDF    31u
