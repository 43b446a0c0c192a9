import { expect, test } from 'vitest'
import { countries, languagesByName, nameLanguage, nameRegion } from './codes.model.ts'

test('countries are there by name, each once, and nothing that is none', () => {
  const codes = countries('de').map(({ value }) => value)
  expect(codes).toEqual(expect.arrayContaining(['DE', 'US', 'JP', 'BR', 'ZA', 'PL']))
  expect(codes.filter((code) => ['EU', 'UN', 'ZZ', 'DD', 'SU', 'QQ'].includes(code))).toEqual([])
  expect(new Set(countries('de').map(({ label }) => label)).size).toBe(codes.length)
  expect(countries('de').find(({ value }) => value === 'DE')?.label).toBe('Deutschland')
})

test('languages are there by name, each once', () => {
  const codes = languagesByName('en').map(({ value }) => value)
  expect(codes).toEqual(expect.arrayContaining(['en', 'ar', 'ja', 'sv', 'he']))
  expect(codes).not.toContain('iw')
})

test.each([
  ['US', 'United States (US)'],
  ['US-AK', 'United States (US-AK)'],
  ['Southcentral', 'Southcentral'],
  ['QQ-1', 'QQ-1'],
])('a region is called by its country, or as it is: %s', (code, name) => {
  expect(nameRegion(code, 'en')).toBe(name)
})

test.each([
  ['pt-BR', 'Brazilian Portuguese'],
  ['de', 'German'],
  ['not a language', 'not a language'],
])('a language is called by its name, or as it is: %s', (code, name) => {
  expect(nameLanguage(code, 'en')).toBe(name)
})
