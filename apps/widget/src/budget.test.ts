import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { languages } from './shared/languages.ts'

const root = path.dirname(import.meta.dirname)
const out = mkdtempSync(path.join(tmpdir(), 'parley-widget-'))
const assets = path.join(out, 'window', 'assets')

beforeAll(async () => {
  // What is weighed is what is served: the test runner's own environment would bring the development form.
  vi.stubEnv('NODE_ENV', 'production')
  const common = { root, logLevel: 'error' as const }
  const window = path.join(out, 'window')
  await build({ ...common, configFile: path.join(root, 'vite.config.ts'), build: { outDir: window } })
  await build({ ...common, configFile: path.join(root, 'vite.loader.config.ts'), build: { outDir: out } })
})
afterAll(() => rmSync(out, { recursive: true, force: true }))

const zipped = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length
const sum = (names: RegExp) =>
  readdirSync(assets)
    .filter((name) => names.test(name))
    .reduce((bytes, name) => bytes + zipped(path.join(assets, name)), 0)

test('the loader weighs at most 3 kB', () => {
  expect(zipped(path.join(out, 'parley.js'))).toBeLessThanOrEqual(3000)
})

test('loader and window, with one language, weigh at most 25 kB', () => {
  const shell = zipped(path.join(out, 'parley.js')) + zipped(path.join(out, 'window', 'index.html'))
  expect(shell + sum(/^index-/) + sum(/^en-/)).toBeLessThanOrEqual(25_000)
})

test('what comes only when it is needed (forms, files, menu, panels, in one language; polling) stays small too', () => {
  expect(sum(/^more-/) + sum(/^further-en-/)).toBeLessThanOrEqual(7800)
  expect(sum(/^poll-link-/)).toBeLessThanOrEqual(1000)
})

test('each language is a chunk of its own, and what it says later is another', () => {
  for (const language of languages) {
    expect(sum(new RegExp(`^${language}-`)), language).toBeGreaterThan(400)
    expect(sum(new RegExp(`^further-${language}-`)), language).toBeGreaterThan(600)
  }
})

test('the window needs no inline script or style', () => {
  const html = readFileSync(path.join(out, 'window', 'index.html'), 'utf8')
  expect(html).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/)
})
