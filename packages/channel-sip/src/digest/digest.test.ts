import { describe, expect, test } from 'vitest'
import { answerChallenge, readChallenge } from './answer-challenge.ts'
import { challengesOf, checkCredentials } from './check-credentials.ts'
import { type DigestAlgorithm, digestResponse } from './digest-response.ts'
import { Nonces } from './nonces.ts'

const empty = new Uint8Array()

describe('the examples of the RFCs', () => {
  const mufasa = {
    username: 'Mufasa',
    method: 'GET',
    uri: '/dir/index.html',
    qop: 'auth',
    nc: '00000001',
    body: empty,
  } as const

  test('RFC 2617 §3.5, MD5', () => {
    const realm = 'testrealm@host.com'
    const [nonce, cnonce] = ['dcd98b7102dd2f0e8b11d0f600bfb0c093', '0a4f113b']
    const input = { ...mufasa, algorithm: 'MD5', realm, nonce, cnonce } as const
    expect(digestResponse(input, { password: 'Circle Of Life' })).toBe('6629fae49393a05397450978507c4ef1')
  })

  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('RFC 7616 §3.9.1, %s', (algorithm, expected) => {
    const realm = 'http-auth@example.org'
    const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v'
    const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
    const input = { ...mufasa, algorithm, realm, nonce, cnonce }
    expect(digestResponse(input, { password: 'Circle of Life' })).toBe(expected)
  })
})

describe('our challenge and our answer to it', () => {
  const asked = { method: 'MESSAGE', uri: 'sip:token@chat.example', body: Buffer.from('Hello') }
  const bo = { username: 'bo', password: 'a secret' }
  const realmWith = (nonces: Nonces) => ({
    realm: 'chat.example',
    nonces,
    passwordOf: (name: string) => (name === 'bo' ? 'a secret' : undefined),
  })

  function shows(header: string, credentials = bo, count = 1, request = asked): string {
    const challenge = readChallenge([header])
    if (!challenge) throw new Error('the challenge was not understood')
    return answerChallenge(challenge, credentials, request, { cnonce: 'abc', count })
  }

  test('each of our algorithms is answered and believed, once for each count', () => {
    const realm = realmWith(new Nonces())
    for (const challenge of challengesOf(realm, 1_000, false)) {
      const header = shows(challenge)
      expect(checkCredentials(realm, [header], asked, 2_000)).toEqual({ ok: true, username: 'bo' })
      expect(checkCredentials(realm, [header], asked, 2_000)).toEqual({ ok: false, because: 'replayed' })
      expect(checkCredentials(realm, [shows(challenge, bo, 2)], asked, 2_000).ok).toBe(true)
    }
  })

  test('the better algorithm stands first', () => {
    expect(readChallenge(challengesOf(realmWith(new Nonces()), 0, false))?.algorithm).toBe('SHA-256')
  })

  test('after five minutes the nonce is stale, and that is said only to who knows the secret', () => {
    const realm = realmWith(new Nonces())
    const [challenge = ''] = challengesOf(realm, 0, false)
    expect(checkCredentials(realm, [shows(challenge)], asked, 300_001)).toEqual({ ok: false, because: 'stale' })
    const wrong = shows(challenge, { ...bo, password: 'guessed' })
    expect(checkCredentials(realm, [wrong], asked, 300_001)).toEqual({ ok: false, because: 'wrong' })
  })

  test('a wrong password, a stranger, a nonce of somebody else, and another request are refused', () => {
    const realm = realmWith(new Nonces())
    const [challenge = ''] = challengesOf(realm, 0, false)
    const [foreign = ''] = challengesOf(realmWith(new Nonces()), 0, false)
    const because = (header: string, request = asked) => {
      const verdict = checkCredentials(realm, [header], request, 1)
      return verdict.ok ? 'believed' : verdict.because
    }
    expect(because(shows(challenge, { ...bo, password: 'guessed' }))).toBe('wrong')
    expect(because(shows(challenge, { ...bo, username: 'cleo' }))).toBe('wrong')
    expect(because(shows(challenge, { username: 'cleo', password: '' }))).toBe('wrong')
    expect(because(shows(foreign))).toBe('wrong')
    expect(because(shows(challenge), { ...asked, method: 'OPTIONS' })).toBe('wrong')
    expect(because(shows(challenge), { ...asked, uri: 'sip:other@chat.example' })).toBe('malformed')
    expect(because('NoOneKnowsThisScheme opaque-data=here')).toBe('none')
    // Without a count it could be shown again and again.
    expect(because(shows(challenge.replace(', qop="auth"', '')))).toBe('malformed')
  })

  test('auth-int covers the body', () => {
    const realm = realmWith(new Nonces())
    const [challenge = ''] = challengesOf(realm, 0, false)
    const header = shows(challenge.replace('qop="auth"', 'qop="auth-int"'))
    const changed = { ...asked, body: Buffer.from('Hellos') }
    expect(checkCredentials(realm, [header], changed, 1)).toEqual({ ok: false, because: 'wrong' })
    expect(checkCredentials(realm, [header], asked, 1).ok).toBe(true)
  })

  test.each(['MD5-sess', 'SHA-256-sess'] satisfies DigestAlgorithm[])(
    '%s is answered as it is checked',
    (algorithm) => {
      const realm = realmWith(new Nonces())
      const header = shows(
        `Digest realm="chat.example", nonce="${realm.nonces.make(0)}", algorithm=${algorithm}, qop="auth"`,
      )
      expect(checkCredentials(realm, [header], asked, 1).ok).toBe(true)
    },
  )

  test('a challenge that nobody could answer is no challenge', () => {
    expect(readChallenge(['Digest realm="x", nonce="y", algorithm=SHA-512'])).toBeNull()
    expect(readChallenge(['Digest realm="x'])).toBeNull()
    expect(readChallenge(['Basic realm="x"', 'Digest realm="x", nonce="y"'])).toMatchObject({
      algorithm: 'MD5',
      qop: null,
    })
  })
})
