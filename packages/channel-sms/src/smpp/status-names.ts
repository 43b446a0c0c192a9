/** SMPP 3.4 §5.1.3, those that an operator meets. */
const names: Readonly<Record<number, string>> = {
  1: 'invalid message length',
  2: 'invalid command length',
  3: 'invalid command',
  4: 'not allowed in this bind',
  5: 'already bound',
  8: 'system error',
  10: 'invalid source address',
  11: 'invalid destination address',
  13: 'bind failed',
  14: 'wrong password',
  15: 'wrong system id',
  20: 'message queue full',
  69: 'submit failed',
  72: 'invalid source type of number',
  73: 'invalid source numbering plan',
  80: 'invalid destination type of number',
  81: 'invalid destination numbering plan',
  83: 'invalid system type',
  88: 'throttled',
  100: 'temporary application error',
  101: 'permanent application error',
  102: 'refused by the application',
  254: 'delivery failed',
  255: 'unknown error',
}

export function statusName(status: number): string {
  const code = `0x${status.toString(16).padStart(2, '0')}`
  const name = names[status]
  return name ? `${name}, ${code}` : code
}
