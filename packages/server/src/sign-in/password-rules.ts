export type PasswordVerdict =
  | { ok: true }
  | { ok: false; because: 'too-short' | 'too-long' | 'too-plain' | 'too-personal' }

const fewest = 12
const most = 200

/** Words that guessers try first; a password that is little more than one of them is as good as none. */
const firstGuesses = [
  'password',
  'passwort',
  'letmein',
  'welcome',
  'qwerty',
  'qwertz',
  'azerty',
  'iloveyou',
  'parley',
  'admin',
]

/** Long is what counts (NIST SP 800-63B §5.1.1): no rule about kinds of characters, but nothing that a guesser tries first. */
export function judgePassword(password: string, login: { email: string; name: string }): PasswordVerdict {
  if (password.length < fewest) return { ok: false, because: 'too-short' }
  if (password.length > most) return { ok: false, because: 'too-long' }
  const plain = password.toLowerCase()
  if (new Set(plain).size < 5 || isRun(plain)) return { ok: false, because: 'too-plain' }
  const rest = firstGuesses.reduce((left, word) => left.replaceAll(word, ''), plain).replace(/[\d\W_]+/g, '')
  if (rest.length < 4 && /[a-z]/.test(plain)) return { ok: false, because: 'too-plain' }
  const own = [login.email.toLowerCase(), login.email.split('@')[0]?.toLowerCase() ?? '', login.name.toLowerCase()]
  const personal = own.some((word) => word.length >= 4 && plain.includes(word) && plain.length - word.length < 8)
  return personal ? { ok: false, because: 'too-personal' } : { ok: true }
}

/** 123456789012, abcdefghijkl: every character follows the one before it. */
function isRun(text: string): boolean {
  let steps = 0
  for (let index = 1; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1)
    if (Math.abs(step) === 1 || step === 0 || step === -9) steps += 1
  }
  return steps > text.length * 0.75
}
