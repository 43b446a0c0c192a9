import { mentionsNetwork } from './find-handles.ts'
import { mayBeSpelled } from './find-spelled-numbers.ts'
import { isAscii } from './plain-text.ts'

/**
 * The look that nearly every message ends with: no figure, no @, no dot inside a word, no bracket, no colon against a word, no network
 * by name, no digit words in a row, no character beyond letters and common marks.
 */
export function isSuspicious(text: string): boolean {
  return MARKS.test(text) || (!isAscii(text) && ODD_MARKS.test(text)) || mayBeSpelled(text) || mentionsNetwork(text)
}

const MARKS = /[0-9@%([{<]|[.:][a-z0-9/]|\b(?:dot|punkt|point|punto|ponto|punt|kropka|nokta)\b/i
const ODD_MARKS =
  /[^ -~\s\p{L}\p{M}\p{Emoji_Presentation}‘’“”„«»…–—¿¡、，！？€£]|\p{Default_Ignorable_Code_Point}|[.:]\p{L}|[\uff21-\uff5a\u{1d400}-\u{1d7ff}]|точка|крапка/u
