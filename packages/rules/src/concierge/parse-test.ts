import { type Language, languages } from '@parley/model'
import { readBound } from './parse-parts.ts'
import { scriptBounds, type Test } from './script.ts'
import type { Shape } from './shape.ts'

const kinds = ['is', 'one-of', 'contains', 'between', 'known', 'language', 'topic', 'wants-person'] as const

export function parseTest(shape: Shape): Test {
  const test = shape.field('test').oneOf(kinds)
  switch (test) {
    case 'is': {
      const { of, value } = shape.fields(['test', 'of', 'value'])
      return { test, of: of.text(40), value: value.text(scriptBounds.valueLength) }
    }
    case 'one-of': {
      const { of, values } = shape.fields(['test', 'of', 'values'])
      return { test, of: of.text(40), values: readValues(values) }
    }
    case 'contains': {
      const { of, words } = shape.fields(['test', 'of', 'words'])
      return { test, of: of.text(40), words: readValues(words) }
    }
    case 'between': {
      const { of, from, to } = shape.fields(['test', 'of', 'from', 'to'])
      const [least, most] = [readBound(from), readBound(to)]
      return {
        test,
        of: of.text(40),
        ...(least === null ? {} : { from: least }),
        ...(most === null ? {} : { to: most }),
      }
    }
    case 'known': {
      const { of } = shape.fields(['test', 'of'])
      return { test, of: of.text(40) }
    }
    case 'language': {
      const { oneOf } = shape.fields(['test', 'oneOf'])
      return { test, oneOf: oneOf.list(languages.length).map((one) => one.oneOf<Language>(languages)) }
    }
    case 'topic': {
      const { oneOf } = shape.fields(['test', 'oneOf'])
      return { test, oneOf: readValues(oneOf) }
    }
    case 'wants-person':
      shape.fields(['test'])
      return { test }
  }
}

function readValues(shape: Shape): string[] {
  return shape.list(scriptBounds.words).map((value) => value.text(scriptBounds.valueLength))
}
