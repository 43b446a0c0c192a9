import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { seeded } from '@parley/dev-env/seeded'
import { type Counts, runHistory } from './run-history.ts'

// Random histories on the rules alone, in two processes; PARLEY_SEED says where they begin, PARLEY_HISTORIES how many there are.

const first = Number(process.env.PARLEY_SEED ?? 1_000_000)
const histories = Number(process.env.PARLEY_HISTORIES ?? 1_000_000)
const processes = 2
/** What is found is mended one after the other: so many are enough. */
const most = 5

if (process.argv[2]) {
  const part = Number(process.argv[2])
  const counts: Counts = new Map()
  let findings = 0
  for (let seed = first + part; seed < first + histories && findings < most; seed += processes) {
    try {
      runHistory(seeded(seed), 8 + (seed % 24), counts)
    } catch (error) {
      findings++
      console.error(`seed ${seed}: ${error instanceof Error ? error.message : error}`)
    }
  }
  if (findings === most) console.error(`leaks-rules: ${most} found in one process, which goes on no further`)
  process.exitCode = findings === 0 ? 0 : 1
  process.send?.(Object.fromEntries(counts))
  process.disconnect()
} else {
  const began = performance.now()
  const total: Record<string, { done: number; refused: number }> = {}
  const ends = Array.from({ length: processes }, (_, part) => {
    const child = fork(fileURLToPath(import.meta.url), [String(part)])
    child.on('message', (counts: typeof total) => {
      for (const [op, { done, refused }] of Object.entries(counts)) {
        const sum = total[op] ?? { done: 0, refused: 0 }
        total[op] = { done: sum.done + done, refused: sum.refused + refused }
      }
    })
    return new Promise<boolean>((resolve) => child.on('exit', (code) => resolve(code === 0)))
  })
  const isWell = (await Promise.all(ends)).every(Boolean)
  const seconds = (performance.now() - began) / 1000
  const each = Object.entries(total).map(([op, { done, refused }]) => `${op} ${done}+${refused}`)
  console.log(`leaks-rules: ${histories} histories in ${seconds.toFixed(0)} s (${(histories / seconds).toFixed(0)}/s)`)
  console.log(`leaks-rules: done+refused: ${each.join(', ')}`)
  process.exitCode = isWell ? 0 : 1
}
