import { describe, expect, it } from 'vitest'
import { readSmtpUrl } from './smtp-url.ts'

describe('a relay in one line of configuration', () => {
  it('encrypts unless told otherwise, and knows the usual ports', () => {
    expect(readSmtpUrl('smtp://mx.example')).toEqual({ host: 'mx.example', port: 587, tls: 'required' })
    expect(readSmtpUrl('smtps://mx.example')).toEqual({ host: 'mx.example', port: 465, tls: 'always' })
    expect(readSmtpUrl('smtp://127.0.0.1:2525?tls=never')).toEqual({ host: '127.0.0.1', port: 2525, tls: 'never' })
    expect(readSmtpUrl('smtp://[::1]:25?tls=offered')).toEqual({ host: '::1', port: 25, tls: 'offered' })
  })

  it('takes a password with any character in it', () => {
    expect(readSmtpUrl('smtp://shop%40example:p%3A%2F%40ss@mx.example')?.auth).toEqual({
      user: 'shop@example',
      password: 'p:/@ss',
    })
  })

  it.each([
    '',
    'mx.example:25',
    'http://mx.example',
    'smtp://',
    'smtp://mx.example?tls=perhaps',
    'smtp://%zz@mx.example',
  ])('%j is none', (value) => {
    expect(readSmtpUrl(value)).toBeNull()
  })
})
