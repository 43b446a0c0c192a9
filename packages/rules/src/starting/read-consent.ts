import { readCommand } from '../offer-commands.ts'

/** What everyone may say to a number, whoever they are: nothing more from here, who are you, and go on again. */
export type ConsentWord = 'stop' | 'help' | 'start'

/**
 * Reads a word by which somebody takes back or gives their consent to be written to. Only when the whole text is nothing else, so that an
 * answer which begins with "stop" stays an answer. Includes those that carriers require (STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE,
 * OPTOUT; HELP, INFO; START, UNSTOP).
 */
export function readConsent(text: string): ConsentWord | null {
  if (text.length > longest) return null
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N} ]+/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
  const found = consentWords.get(words)
  if (found) return found
  const command = readCommand(text)?.kind
  return command === 'stop' ? 'stop' : command === 'resume' ? 'start' : null
}

const longest = 64

// "yes" begins and ends nothing: it is what people answer.
const phrases: Record<ConsentWord, string> = {
  stop: `stop, stopall, stop all, unsubscribe, cancel, end, quit, revoke, optout, opt out
    abbrechen, ende, annuler, fin, cancelar, fin, annulla, fine, annuleren, einde, anuluj, koniec, fim, отмена, конец, стоп
    إلغاء, أوقف, قف, 停止, 中止, 終了, キャンセル`,
  help: `help, info
    hilfe, aide, ayuda, aiuto, hulp, pomoc, ajuda, помощь, справка, инфо, مساعدة, معلومات, ヘルプ, 助け, 案内`,
  start: `start, unstop, optin, opt in, subscribe
    anmelden, démarrer, reprendre, reanudar, empezar, inizia, riprendi, begin, hervatten, wznów, começar, retomar, старт, ابدأ, 開始, 再開`,
}

const consentWords = new Map<string, ConsentWord>(
  (['stop', 'help', 'start'] as const).flatMap((kind) =>
    phrases[kind].split(/[,\n]/).flatMap((phrase) => {
      const words = phrase.trim()
      return words === '' ? [] : [[words.normalize('NFKC'), kind] as const]
    }),
  ),
)
