import { seeded } from '@parley/dev-env/seeded'
import { planted } from './planted.ts'

// One ring over some seeds: 3 when a leak was found, 0 when none was.
const [ring = '', first = '1', histories = '1'] = process.argv.slice(2)
const seeds = Array.from({ length: Number(histories) }, (_, n) => Number(first) + n)

const { kinds } = planted.find(({ name }) => name === process.env.PARLEY_PLANTED) ?? {}

/** Null when all is as the laws say. */
async function whatIsWrong(): Promise<string | null> {
  if (ring === 'rules') {
    const { runHistory } = await import('../rules/run-history.ts')
    for (const seed of seeds) {
      const wrong = await wrongIn(() => runHistory(seeded(seed), 16))
      if (wrong) return `seed ${seed}: ${wrong}`
    }
    return null
  }
  if (ring === 'strangers') {
    const [{ RoadsStage }, { tryFromAnotherHouse, tryWithoutPart }] = await Promise.all([
      import('../roads/roads-stage.ts'),
      import('../roads/strangers.ts'),
    ])
    const stage = await RoadsStage.opens()
    try {
      const another = await wrongIn(() => tryFromAnotherHouse(stage, seeded(Number(first))))
      return another ?? (await wrongIn(() => tryWithoutPart(stage, seeded(Number(first) + 1))))
    } finally {
      await stage.closes()
    }
  }
  if (ring === 'roads') {
    const [{ RoadsStage }, { runRoads }] = await Promise.all([
      import('../roads/roads-stage.ts'),
      import('../roads/run-roads.ts'),
    ])
    const stage = await RoadsStage.opens()
    try {
      for (const seed of seeds) {
        const wrong = await wrongIn(() => runRoads(stage, seeded(seed), 5, kinds))
        if (wrong) return `seed ${seed}: ${wrong}`
      }
      return null
    } finally {
      await stage.closes()
    }
  }
  const { ReadersHouse } = await import('../readers/readers-house.ts')
  const { runReaders } = await import('../readers/run-readers.ts')
  const house = await ReadersHouse.opens()
  try {
    for (const seed of seeds) {
      const wrong = await wrongIn(() => runReaders(house, seeded(seed), { steps: 10, ...(kinds ? { kinds } : {}) }))
      if (wrong) return `seed ${seed}: ${wrong}`
    }
    return null
  } finally {
    await house.rig.close()
  }
}

async function wrongIn(run: () => unknown): Promise<string | null> {
  try {
    await run()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const wrong = await whatIsWrong()
if (wrong) {
  console.log(wrong.split('\n').slice(0, 3).join(' '))
  process.exit(3)
}
