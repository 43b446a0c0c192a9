import { expect, test } from 'vitest'
import { readCommand } from './offer-commands.ts'

test.each([
  ['No thanks!', 'decline'],
  ['  DECLINE.\n', 'decline'],
  ['I can’t', 'decline'],
  ['Nein, danke.', 'decline'],
  ['Non merci !', 'decline'],
  ['Não, obrigada', 'decline'],
  ['Нет, спасибо', 'decline'],
  ['لا شكراً', 'decline'],
  ['辞退します。', 'decline'],
  ['pause', 'pause'],
  ['Ｐａｕｓｅ', 'pause'],
  ['Pauze.', 'pause'],
  ['暂停', 'pause'],
  ['STOP', 'stop'],
  ['Stop.', 'stop'],
  ['"unsubscribe"', 'stop'],
  ['ARRÊT', 'stop'],
  ['Стоп!', 'stop'],
  ['resume', 'resume'],
  ["I'm back :)", 'resume'],
  ['weiter', 'resume'],
])('A7: a reply that is only "%s" is the command to %s', (text, kind) => {
  expect(readCommand(text)).toEqual({ kind })
})

test.each([
  'No',
  'Yes',
  'no thanks, but my colleague can help',
  'Stop by after ten, we are open.',
  'Please stop the machine first, then pause for a minute and resume.',
  'pause the download',
  'Start with the blue cable',
  '',
  '   ',
  '!!!',
  'STOP '.repeat(50),
])('A7: "%s" is an answer, not a command', (text) => {
  expect(readCommand(text)).toBeNull()
})
