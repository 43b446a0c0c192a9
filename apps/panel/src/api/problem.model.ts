import type { Problem } from '@parley/protocol'
import type { Word } from '../words/words.model.ts'

/** What a refusal says when the server sent no text of its own: each one names a next step. */
const known: Record<string, Word> = {
  offline: 'problem.offline',
  'too-many': 'problem.tooMany',
  'too-fast': 'problem.tooMany',
  INVALID_EMAIL_OR_PASSWORD: 'problem.wrongPassword',
  INVALID_PASSWORD: 'problem.wrongOldPassword',
  INVALID_CODE: 'problem.wrongCode',
  INVALID_BACKUP_CODE: 'problem.wrongCode',
  INVALID_TWO_FACTOR_COOKIE: 'problem.beginAgain',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'problem.beginAgain',
  TOO_MANY_TRIES: 'problem.tooManyTries',
  LINK_NOT_VALID: 'problem.link',
  NOT_ADMITTED: 'problem.notAdmitted',
  OLD_PASSWORD_NEEDED: 'problem.oldPasswordNeeded',
  PASSWORD_TOO_SHORT: 'problem.passwordTooShort',
  PASSWORD_TOO_LONG: 'problem.passwordTooLong',
  PASSWORD_TOO_PLAIN: 'problem.passwordTooPlain',
  PASSWORD_TOO_PERSONAL: 'problem.passwordTooPersonal',
  'not-there': 'problem.notThere',
  'conversation-closed': 'problem.closed',
  'interaction-closed': 'problem.closed',
  'text-too-long': 'problem.tooLong',
  'text-empty': 'problem.empty',
  'push-denied': 'push.denied',
  'push-none': 'push.none',
}

export function sayProblem(problem: Problem): { word: Word } | { text: string } {
  if (problem.text !== '') return { text: problem.text }
  return { word: known[problem.reason] ?? 'problem.unexpected' }
}
