import { readConfig } from '@parley/server'
import { expect, test } from 'vitest'
import { smsChannel } from './sms-channel.ts'

const smpp = { PARLEY_SMS_SMPP_URL: 'smpps://parley:p%40ss@smpp.example:3550' }
const kannel = {
  PARLEY_SMS_KANNEL_URL: 'http://parley:secret@127.0.0.1:13013/cgi-bin/sendsms',
  PARLEY_SMS_KANNEL_SECRET: 'long and random',
}
const twilio = { PARLEY_SMS_TWILIO_URL: 'https://AC1:token@api.twilio.example' }

function read(env: Record<string, string>) {
  const found = readConfig(env)
  if (!found.ok) throw new Error(found.problems.join('\n'))
  return found.config
}

test('without a setting there are no text messages', () => {
  expect(smsChannel(read({}))).toBeNull()
})

test.each([
  ['SMPP', smpp, false],
  ['a Kannel', kannel, true],
  ['a provider', twilio, true],
])('%s is one way to text messages, and only what calls us takes requests', (_, env, takesHttp) => {
  const channel = smsChannel(read(env))
  expect(channel).toMatchObject({ name: 'sms', medium: 'sms', repeatsUnknown: false })
  expect(channel?.takeHttp !== undefined).toBe(takesHttp)
})

test.each([
  ['two ways', { ...smpp, ...twilio }, 'ways to the same medium; keep one'],
  ['Kannel without its secret', { PARLEY_SMS_KANNEL_URL: kannel.PARLEY_SMS_KANNEL_URL }, 'they go together'],
  ['another protocol', { PARLEY_SMS_SMPP_URL: 'http://smpp.example' }, 'smpp:// or smpps://'],
])('%s is refused in words, and no password is repeated', (_, env, words) => {
  const found = readConfig(env)
  expect(found.ok).toBe(false)
  const told = found.ok ? '' : found.problems.join('\n')
  expect(told).toContain(words)
  expect(told).not.toMatch(/p%40ss|token@|secret@/)
})
