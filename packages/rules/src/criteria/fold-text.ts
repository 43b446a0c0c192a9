// Vowel points of Arabic and Hebrew and the stretching of Arabic words: written or left out as one likes, and never part of the word.
const optionalMarks = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/gu

/**
 * A text in the form in which two are compared: one form of each character (NFKC), no case, one blank between words. Accents stay,
 * since they tell words apart (`schon`, `schön`); Russian ё is е, as it is mostly written. To lower case
 * by way of upper case, so that `ß` and `ẞ` are `ss`.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(optionalMarks, '')
    .replaceAll('ё', 'е')
    .replaceAll('ς', 'σ')
    .replace(/\s+/gu, ' ')
    .trim()
}
