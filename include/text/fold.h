/* fold - one spelling for what readers take as the same word. docs/analysis.md,
 * section 3. */
#pragma once

#include "base/buf.h"
#include "text/language.h"

KH_BEGIN_DECLS

/**
 * Append the folded form of a word: NFKC case folding (dotless i by the language),
 * curly apostrophes straight, zero-width characters and soft hyphens out, Arabic
 * harakat and tatweel out, alef, yeh and kaf forms unified, native digits as ASCII
 * digits, grouping commas of numbers out (decimal commas by the language), dots of
 * acronyms out. Accents stay on.
 *
 * Source: Unicode Standard, section 3.13 (toNFKC_Casefold), ICU 72.
 */
void kh_fold(kh_buf *out, kh_str word, const kh_language *language);

/**
 * Append a word as it is written, case and accents kept: NFKC, and what kh_fold() does
 * to apostrophes, marks of no weight, and letters that keyboards write in several ways.
 */
void kh_fold_written(kh_buf *out, kh_str word);

/* Whether a word has a capital letter, also one that is its own only form (Dž). */
bool kh_has_capital(kh_str word);

/**
 * Append a folded word without the accents of Latin, Greek and Cyrillic letters. Marks
 * of all other scripts stay. Letters that are no accent but a stroke or a ligature
 * become what people type for them (o with stroke -> o, sharp s is ss already, ae, oe,
 * th). Traditional Chinese characters become simplified ones.
 */
void kh_strip_accents(kh_buf *out, kh_str folded);

/* A folded word without an ending that an apostrophe keeps apart: "ankara'da" is
 * "ankara" in Turkish and Azerbaijani. Of other words and languages all of it. */
kh_str kh_without_suffix(kh_str folded, const kh_language *language);

/* Append the *form* of a folded word: without such an ending and accents; all of it if
 * nothing would be left. */
void kh_fold_form(kh_buf *out, kh_str folded, const kh_language *language);

/**
 * Append text for people to compare, not words: folded, accents stripped, every run of
 * anything that is not letter, digit or mark one space, none at the ends; a non-joiner
 * that parts words (text/words.h), too. What tags,
 * authors, sources, sections and places are compared by ("Shangri-La  Dialogue" ->
 * "shangri la dialogue").
 */
void kh_fold_phrase(kh_buf *out, kh_str text);

KH_END_DECLS
