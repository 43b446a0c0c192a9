import { expect, test } from 'vitest'
import { readConsent } from './read-consent.ts'

test.each([
  ...['STOP', 'Stop.', 'STOPALL', 'stop all', 'UNSUBSCRIBE', 'CANCEL', 'END', 'Quit', 'REVOKE', 'opt-out', '“stop”'],
  ...[
    'Abbestellen',
    'arrêt',
    'baja',
    'ferma',
    'stoppen',
    'wypisz',
    'sair',
    'СТОП',
    'توقف',
    '停止',
    '配信停止',
    'ＳＴＯＰ',
  ],
])('A5 a text that is nothing but %j takes the consent back', (text) => {
  expect(readConsent(text)).toBe('stop')
})

test.each(['HELP', 'info', 'Hilfe!', 'aide', 'ayuda', 'aiuto', 'hulp', 'pomoc', 'ajuda', 'помощь', 'مساعدة', 'ヘルプ'])(
  'A5 a text that is nothing but %j asks who this is',
  (text) => {
    expect(readConsent(text)).toBe('help')
  },
)

test.each([
  'START',
  'Unstop',
  'weiter',
  'reprendre',
  'continuar',
  'riprendi',
  'hervatten',
  'wznów',
  'старт',
  'ابدأ',
  '再開',
])('A5 a text that is nothing but %j gives the consent again', (text) => {
  expect(readConsent(text)).toBe('start')
})

test.each([
  ...['Please stop by on Sunday', 'stop it works now', 'The end', 'Can you help me?', 'yes', 'no', 'pause', 'decline'],
  ...['', 'start at ten', 'x'.repeat(100_000)],
])('A5 %j is something said', (text) => {
  expect(readConsent(text)).toBe(null)
})
