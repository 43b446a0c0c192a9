import { beforeAll, describe, expect, test } from 'vitest'
import { type DetectLanguage, loadLanguages } from './detect-language.ts'

const ours = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'ru', 'ar', 'ja']

describe('the language of a short line', () => {
  let detect: DetectLanguage
  beforeAll(async () => {
    detect = await loadLanguages()
  })

  test.each([
    ['en', 'my parcel never arrived'],
    ['de', 'mein Paket ist nicht da'],
    ['fr', 'mot de passe oublié'],
    ['es', '¿Dónde está mi pedido?'],
    ['it', 'ho dimenticato la password'],
    ['nl', 'de kraan lekt weer'],
    ['pl', 'gdzie jest moje zamówienie'],
    ['pt', 'esqueci a minha senha'],
    ['ru', 'посылка не пришла'],
    ['ar', 'أين طلبي؟'],
    ['ja', '荷物が届きません'],
    ['uk', 'де моє замовлення'],
    ['tr', 'siparişim nerede?'],
    ['ko', '택배가 안 왔어요'],
    ['zh', '我的包裹还没到'],
    ['el', 'πού είναι η παραγγελία μου'],
    ['he', 'איפה ההזמנה שלי?'],
  ])('D3: %s: %s', (language, line) => {
    expect(detect(line, ours)).toMatchObject({ language })
    expect(detect(line, ours).confidence).toBeGreaterThan(0.5)
  })

  test.each([
    '',
    '12345',
    '???',
    '😀',
    'ORD-12345',
    'www.example.com',
    'bo@example.org',
    'https://example.org/a/b',
    'A',
  ])('D3: "%s" is in no language, and nobody claims one', (line) => {
    expect(detect(line, ours)).toEqual({ language: null, confidence: 0 })
  })

  test('D3: an address or a number in a line does not change its language', () => {
    expect(detect('Meine Bestellung ORD-12345 fehlt, schreibt an bo@example.org').language).toBe('de')
  })

  test('D3: between two languages that are nearly as likely, the one that people here speak is taken', () => {
    const readings = (candidates: string[]) =>
      ['no funciona', 'aberto', '注文番号'].map((line) => detect(line, candidates).language)
    expect(readings(['es', 'pt', 'ja'])).toEqual(['es', 'pt', 'ja'])
    expect(readings(['ca', 'gl', 'zh'])).not.toEqual(['es', 'pt', 'ja'])
  })

  test('a line of a million characters is read as far as a line goes', () => {
    expect(detect('wo bleibt mein Paket '.repeat(50_000)).language).toBe('de')
    expect(detect('a.'.repeat(500_000)).language).toBeNull()
  })
})
