import type { FormField, WidgetConfig } from '@parley/protocol'
import { expect, test } from 'vitest'
import { isHandOver, takeKey, withKey } from '../loader/hand-over.ts'
import { chooseLanguage } from '../shared/languages.ts'
import { contrast, textOn } from './colour.ts'
import { toContext } from './context.ts'
import { judgeAnswers } from './fields.tsx'
import { askedFields, toChoice } from './start-form.tsx'
import { judgeFile } from './upload.ts'

test('text on the accent colour can be read, whatever colour a site chooses', () => {
  for (let step = 0; step < 4096; step += 1) {
    const hex = `#${[8, 4, 0].map((shift) => (((step >> shift) & 15) * 17).toString(16).padStart(2, '0')).join('')}`
    expect(contrast(hex, textOn(hex)), hex).toBeGreaterThanOrEqual(4.5)
  }
})

test('the first wished language that the window speaks is chosen, English when there is none', () => {
  expect(chooseLanguage([null, 'pt-BR', 'de'])).toBe('pt')
  expect(chooseLanguage(['eo', 'JA_jp'])).toBe('ja')
  expect(chooseLanguage(['eo'])).toBe('en')
})

test('A3 the hand-over key travels in the fragment and leaves the address as it was', () => {
  for (const href of ['https://b.example/', 'https://b.example/x?y=1', 'https://b.example/#part']) {
    expect(takeKey(withKey(href, 'k3y_-abcdef'))).toEqual([href, 'k3y_-abcdef'])
    expect(takeKey(href)).toEqual([href, undefined])
  }
})

test.each([
  ['https://b.example/x', true],
  ['http://b.example:8080/', true],
  ['https://a.example/other', false],
  ['https://b.example.evil.example/', false],
  ['mailto:kim@b.example', false],
  ['javascript:alert(1)', false],
])('A3 a click on %s is handed over: %s', (href, expected) => {
  expect(isHandOver(new URL(href), 'a.example', ['a.example', 'b.example'])).toBe(expected)
})

test('a page may give its cart as it is; what arrives are bounded texts', () => {
  const context = toContext({ cart: [{ sku: 1 }], total: 12.5, none: null, long: 'x'.repeat(5000) })
  expect(context).toEqual({ cart: '[{"sku":1}]', total: '12.5', long: 'x'.repeat(2000) })
  expect(toContext('nothing')).toEqual({})
  expect(Object.keys(toContext(Object.fromEntries(Array.from({ length: 99 }, (_, n) => [n, n]))))).toHaveLength(20)
})

test('a form names what is missing and what is no email address', () => {
  const field = (name: string, kind: FormField['kind'], required: boolean) => ({ name, label: name, kind, required })
  const fields = [field('name', 'text', true), field('mail', 'email', false), field('other', 'email', false)]
  expect(judgeAnswers(fields, { mail: 'ana@', other: 'ana@b.example' })).toEqual({ name: 'missing', mail: 'badEmail' })
})

const config: WidgetConfig = {
  site: 's',
  name: 'Shop',
  title: '',
  greeting: '',
  colour: '#1f6f5c',
  languages: ['en', 'de'],
  topics: [{ id: 't1', name: 'Tents' }],
  regions: ['NO', 'Svalbard'],
  ask: {
    topic: 'required',
    language: true,
    region: true,
    fields: [{ name: 'topic', label: 'Order number', kind: 'text', required: false }],
  },
  privateAnswers: true,
  maxUploadBytes: 1000,
  uploadTypes: ['image/*', 'application/pdf', '.odt'],
  media: ['email'],
  push: false,
}

test('A1 only what the site asks for is asked, and a field of its own may have any name', () => {
  expect(askedFields(config).map(({ name, required }) => [name, required])).toEqual([
    ['topic', true],
    ['language', false],
    ['region', false],
    ['field-topic', false],
  ])
  expect(toChoice({ topic: 't1', 'field-topic': '4711' })).toEqual({ topic: 't1', fields: { topic: '4711' } })
  const silent = { ...config, topics: [], languages: ['en'], regions: [], ask: { ...config.ask, fields: [] } }
  expect(askedFields(silent)).toEqual([])
})

test.each([
  [{ name: 'a.png', type: 'image/png', size: 10 }, null],
  [{ name: 'a.ODT', type: '', size: 10 }, null],
  [{ name: 'a.pdf', type: 'application/pdf', size: 2000 }, 'tooLarge'],
  [{ name: 'a.exe', type: 'application/x-msdownload', size: 10 }, 'wrongType'],
])('a file is looked at before a byte is sent: %o', (file, expected) => {
  expect(judgeFile(file, config)).toBe(expected)
})
