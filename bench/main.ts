import process from 'node:process'
import { startDatabase } from './database.ts'
import { describeMachine } from './machine.ts'
import { measureHunt } from './measure-hunt.ts'
import { measureIdle } from './measure-idle.ts'
import { measureLong } from './measure-long.ts'
import { measureMedia } from './measure-media.ts'
import { measureMerge } from './measure-merge.ts'
import { measureOffer } from './measure-offer.ts'
import { measureRefusals } from './measure-refusals.ts'
import { measureRest } from './measure-rest.ts'
import { measureRoad, subjects } from './measure-road.ts'
import { measureLanguages, measureTopics } from './measure-topics.ts'
import { measureWindow } from './measure-window.ts'
import {
  huntTable,
  idleTable,
  longTable,
  mediaTable,
  mergeTable,
  offerTable,
  refusalTable,
  restTable,
  roadTable,
  windowTable,
} from './tables.ts'
import { languagesTable, topicsTable } from './topics-table.ts'
import { drawHunt, drawLatency, drawLong, drawRates, drawTopics, writeSection } from './write-page.ts'

const parts = [
  'road',
  'window',
  'idle',
  'rest',
  'offer',
  'media',
  'hunt',
  'topics',
  'long',
  'merge',
  'refusals',
] as const
type Part = (typeof parts)[number]

const args = process.argv.slice(2)
const wanted = args.filter((arg) => !arg.startsWith('--'))
const unknown = wanted.find((name) => !parts.some((part) => part === name))
if (unknown) {
  console.error(`bench: there is no measurement "${unknown}"; there are ${parts.join(', ')}`)
  process.exit(2)
}
const option = (name: string, otherwise: number) =>
  Number(args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise)
const only = args
  .find((arg) => arg.startsWith('--only='))
  ?.split('=')[1]
  ?.split(',')
const flags = args.filter((arg) => arg.startsWith('--node=')).map((arg) => arg.slice('--node='.length))
const isWritten = !args.includes('--dry') && !only && flags.length === 0

const database = await startDatabase()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void database.stop().then(() => process.exit(1)))
}
try {
  for (const part of parts) if (wanted.length === 0 || wanted.includes(part)) await measure(part)
} finally {
  await database.stop()
}

async function measure(part: Part): Promise<void> {
  console.log(`== ${part}`)
  const lines = [...(await tableOf(part)), '', describeMachine(database)]
  console.log(`\n${lines.join('\n')}\n`)
  if (isWritten) writeSection(part, lines)
}

async function tableOf(part: Part): Promise<string[]> {
  switch (part) {
    case 'road': {
      const figures = await measureRoad(database, {
        rounds: option('rounds', 5),
        seconds: option('seconds', 3),
        pairs: 500,
        inFlight: [500, 2_000],
        subjects: subjects.filter((subject) => !only || only.includes(subject)),
        flags,
      })
      if (isWritten) {
        drawRates(figures)
        drawLatency(figures)
      }
      return roadTable(figures)
    }
    case 'window':
      return windowTable(await measureWindow(database))
    case 'idle':
      return idleTable(await measureIdle(database, option('sockets', 10_000)))
    case 'rest':
      return restTable(await measureRest())
    case 'offer':
      return offerTable(await measureOffer(database))
    case 'media':
      return mediaTable(
        await measureMedia(database, {
          messages: option('messages', 2_000),
          rounds: option('rounds', 5),
          ...(only ? { media: only } : {}),
        }),
      )
    case 'long': {
      const most = option('messages', 100_000)
      const sizes = [1_000, 10_000, 100_000].filter((size) => size < most).concat(most)
      const figures = await measureLong(database, { sizes, times: option('times', 100) })
      if (isWritten) drawLong(figures)
      return longTable(figures)
    }
    case 'merge':
      return mergeTable(
        await measureMerge(database, { messages: option('messages', 10_000), times: option('times', 10) }),
      )
    case 'refusals':
      return refusalTable(
        await measureRefusals(database, { messages: option('messages', 10_000), times: option('times', 300) }),
      )
    case 'hunt': {
      const most = option('responders', 1_000_000)
      const figures = await measureHunt([10_000, 100_000, 1_000_000].filter((count) => count < most).concat(most))
      if (isWritten) drawHunt(figures)
      return huntTable(figures)
    }
    case 'topics': {
      const figures = measureTopics()
      if (isWritten && figures) drawTopics(figures)
      return [...topicsTable(figures), '', ...languagesTable(await measureLanguages())]
    }
  }
}
