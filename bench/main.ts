import process from 'node:process'
import { startDatabase } from './database.ts'
import { measureRoad, type Subject } from './measure-road.ts'

const only = process.env.ONLY?.split(',') as Subject[] | undefined
const database = await startDatabase()
try {
  const figures = await measureRoad(database, {
    rounds: Number(process.env.ROUNDS ?? 3),
    seconds: Number(process.env.SECONDS ?? 3),
    pairs: 500,
    ...(only ? { only } : {}),
    flags: process.env.FLAGS?.split(' ') ?? [],
  })
  for (const f of [500, 2000]) {
    const r = figures.rate[f]
    if (r?.committed)
      console.log(f, 'ratio to (b)', (r.parley ?? 0) / r.committed, 'seen', (r['parley-seen'] ?? 0) / r.committed)
  }
} finally {
  await database.stop()
}
