import { RecordingHost } from '@parley/channel-sdk/conformance'
import { readConfig } from '@parley/server'
import { expect, test } from 'vitest'
import { sipChannel } from './sip-channel.ts'

function configured(env: Record<string, string>) {
  const read = readConfig(env)
  if (!read.ok) throw new Error(read.problems.join('; '))
  return sipChannel(read.config)
}

test('without a domain there is no SIP; with one it listens where the settings say', async () => {
  expect(configured({})).toBeNull()
  const channel = configured({
    PARLEY_SIP_DOMAIN: 'chat.example',
    PARLEY_SIP_PORT: '0',
    PARLEY_SIP_WS_PORT: '0',
    PARLEY_SIP_USERS: 'sip:bo@people.example a-secret\nsips:cleo@people.example another',
    PARLEY_SIP_TRUSTED_PEERS: '10.0.0.0/8,2001:db8::1',
  })
  await channel?.start(new RecordingHost())
  expect(Object.keys(channel?.ports ?? {}).sort()).toEqual(['TCP', 'UDP', 'WS'])
  expect(channel?.health()).toEqual({ state: 'up' })
  await channel?.stop()
})

test.each([
  [{ PARLEY_SIP_USER: 'parley' }, 'PARLEY_SIP_USER and PARLEY_SIP_PASSWORD go together'],
  [{ PARLEY_SIP_TLS_PORT: '5061' }, 'PARLEY_SIP_TLS_PORT needs'],
  [{ PARLEY_SIP_PROXY: 'https://proxy.example' }, 'PARLEY_SIP_PROXY must be a SIP address'],
  [{ PARLEY_SIP_TRUSTED_PEERS: 'proxy.example' }, 'PARLEY_SIP_TRUSTED_PEERS holds "proxy.example"'],
  [{ PARLEY_SIP_USERS: 'bo secret' }, 'PARLEY_SIP_USERS must hold'],
])('settings that cannot work are told at the start: %j', (env, problem) => {
  const read = readConfig(env)
  expect(read.ok ? [] : read.problems).toContainEqual(expect.stringContaining(problem))
})
