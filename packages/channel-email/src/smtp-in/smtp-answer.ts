import type { AddressVerdict } from '@parley/channel-sdk'

/** An answer other than 250, in the form that the SMTP library sends: the code, then the text as it stands. */
export class SmtpAnswer extends Error {
  readonly responseCode: number

  constructor(code: number, text: string) {
    super(text)
    this.responseCode = code
  }
}

export type EdgeRefusal =
  | Extract<AddressVerdict, { accepts: false }>['because']
  | 'not-ours'
  | 'no-reply'
  | 'too-large'
  | 'not-now'
  | 'too-busy'
  | 'too-many-connections'
  | 'harvesting'

/** What a peer is told. Its user reads this in a bounce: it says what to do. */
export function refusal(why: EdgeRefusal, maxBytes = 0): SmtpAnswer {
  const { code, text } = answers[why]
  return new SmtpAnswer(code, text.replace('%s', inMegabytes(maxBytes)))
}

const answers: Record<EdgeRefusal, { code: number; text: string }> = {
  unknown: {
    code: 550,
    text: '5.1.1 There is no such address here. Please check it, or begin again from the website.',
  },
  retired: {
    code: 550,
    text: '5.1.6 This conversation address is closed and will not be opened again. Please reply to a newer message, or begin again from the website.',
  },
  'too-many': { code: 452, text: '4.5.3 Too many messages for this address at the moment. Please try again later.' },
  'not-ours': { code: 550, text: '5.7.1 Mail for other domains is not passed on here.' },
  'no-reply': { code: 550, text: '5.1.1 Nobody reads this address. The message you got says what you can do.' },
  'too-large': {
    code: 552,
    text: '5.3.4 The message is larger than %s, the most that is taken here. Please send less, or a link to the files.',
  },
  'not-now': { code: 451, text: '4.3.0 The message cannot be stored at the moment. Please try again later.' },
  'too-busy': { code: 452, text: '4.3.1 Too much mail is being received at the moment. Please try again later.' },
  'too-many-connections': { code: 421, text: '4.7.0 Too many connections from your address. Please try again later.' },
  harvesting: { code: 421, text: '4.7.0 Too many unknown addresses. Good bye.' },
}

function inMegabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.floor(bytes / 1_000)} kB` : `${Math.floor(bytes / 100_000) / 10} MB`
}
