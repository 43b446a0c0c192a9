/**
 * A moment as the reader writes it, short, with the time zone named: where the reader is, nobody has told us.
 * Digits are the Latin ones in every language, so that a time can be copied into a reply.
 */
export function when(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : [language, 'en-GB'], {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
    timeZoneName: 'short',
    numberingSystem: 'latn',
  }).format(at)
}
