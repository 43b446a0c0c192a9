import type { ScriptTest } from '@parley/protocol'

/** A condition of another kind, with what both have. */
export function asTest(test: ScriptTest, kind: ScriptTest['test']): ScriptTest {
  const of = 'of' in test ? test.of : 'said'
  const listed = 'value' in test ? [test.value] : 'values' in test ? test.values : 'words' in test ? test.words : []
  const values = listed.filter((one) => one !== '')
  switch (kind) {
    case 'is':
      return { test: 'is', of, value: values[0] ?? '' }
    case 'one-of':
      return { test: 'one-of', of, values }
    case 'contains':
      return { test: 'contains', of, words: values }
    case 'between':
      return { test: 'between', of }
    case 'known':
      return { test: 'known', of }
    case 'language':
      return { test: 'language', oneOf: [] }
    case 'topic':
      return { test: 'topic', oneOf: [] }
    case 'wants-person':
      return { test: 'wants-person' }
  }
}
