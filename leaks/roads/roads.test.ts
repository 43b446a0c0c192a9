import { globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { channels, frames, routes } from './roads.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Every route that is declared, by method and path as they stand in the source. */
function routesThatAre(): string[] {
  const found = new Set<string>()
  for (const file of globSync('packages/server/src/http/**/*.ts', { cwd: root })) {
    if (/\.(test|fixture)\.ts$/.test(file)) continue
    const source = readFileSync(path.join(root, file), 'utf8')
    for (const [, method, at] of source.matchAll(
      /\bapp\.(get|post|put|delete|patch|all)(?:<[^()]*?>)?\(\s*['"`]([^'"`]+)['"`]/g,
    )) {
      found.add(`${method?.toUpperCase()} ${at}`)
    }
    if (!file.includes('/v1/')) continue
    for (const [, method, at] of source.matchAll(/method: '(\w+)',\s*path: ['`]([^'`]+)['`]/g)) {
      found.add(`${method} /api/v1${at}`)
    }
  }
  return [...found].sort()
}

test('settled 33 no road is left out: every route is named, with what looks at it', () => {
  const are = routesThatAre()
  expect(are.length).toBeGreaterThan(100)
  expect(are.filter((route) => !(route in routes))).toEqual([])
  expect(Object.keys(routes).filter((route) => !are.includes(route))).toEqual([])
})

test('settled 33 no frame is left out', () => {
  const source = readFileSync(path.join(root, 'packages/protocol/src/real-time.ts'), 'utf8')
  const union = /export type ServerFrame =\n((?: {2}\| \w+\n)+)/.exec(source)?.[1] ?? ''
  const are = [...union.matchAll(/\| (\w+)/g)].map(([, name]) => name ?? '')
  expect(are.toSorted()).toEqual(Object.keys(frames).toSorted())
})

test('settled 33 no channel is left out', () => {
  const are = readdirSync(path.join(root, 'packages')).filter((name) => name.startsWith('channel-'))
  expect(are.toSorted()).toEqual(Object.keys(channels).toSorted())
})
