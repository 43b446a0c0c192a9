import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { drawAccuracy } from './draw-accuracy.ts'
import { type Bar, drawBars } from './draw-bars.ts'
import { drawLines } from './draw-lines.ts'
import type { HuntFigures } from './measure-hunt.ts'
import type { LongFigures } from './measure-long.ts'
import type { RoadFigures } from './measure-road.ts'
import type { TopicFigures } from './measure-topics.ts'
import { subjectNames } from './tables.ts'

const docs = path.join(import.meta.dirname, '../docs')
const page = path.join(docs, 'performance.md')

/** Puts a measurement between its markers in docs/performance.md; what stands around them is written by hand. */
export function writeSection(name: string, lines: readonly string[]): void {
  const text = readFileSync(page, 'utf8')
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- end ${name} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for "${name}"`)
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n${lines.join('\n')}\n${text.slice(to)}`)
}

export function drawRates({ rate, subjects }: RoadFigures): void {
  const bars = Object.entries(rate).flatMap(([flying, rates]): Bar[] =>
    subjects.flatMap((subject) => {
      const share = (rates[subject] ?? Number.NaN) / (rates.committed ?? Number.NaN)
      return [
        {
          group: `${Number(flying).toLocaleString('en')} in flight`,
          label: subjectNames[subject],
          value: share,
          isOurs: subject.startsWith('parley'),
        },
      ]
    }),
  )
  draw('bench-rates.svg', 'Messages a second, as a share of (b), the bare relay that commits', bars, {
    target: { value: 0.5, label: 'target for Parley: at least 0.5' },
    digits: 2,
    unit: '',
  })
}

export function drawLatency({ at1000, subjects }: RoadFigures): void {
  const bars = (['p50', 'p99'] as const).flatMap((part): Bar[] =>
    subjects.map((subject) => ({
      group: part,
      label: subjectNames[subject],
      value: at1000[subject]?.[part] ?? Number.NaN,
      isOurs: subject.startsWith('parley'),
    })),
  )
  draw('bench-latency.svg', 'From said to delivered at 1,000 messages a second, milliseconds', bars, {
    digits: 1,
    unit: ' ms',
  })
}

export function drawHunt(figures: readonly HuntFigures[]): void {
  const line = (label: string, isOurs: boolean, value: (figure: HuntFigures) => number) => ({
    label,
    isOurs,
    points: figures.map((figure): [number, number] => [figure.responders, value(figure)]),
  })
  const lines = [
    line('the plain loop', false, ({ loop }) => loop.wall),
    line('the index, p99', true, ({ request }) => request.p99),
    line('the index, p50', true, ({ request }) => request.p50),
  ]
  const title = 'Finding who wants a request, milliseconds, by responders (both scales logarithmic)'
  write('bench-hunt.svg', drawLines(title, lines, { value: 5, label: 'target for p99: 5 ms' }))
}

export function drawLong({ sizes }: LongFigures): void {
  const line = (label: string, isOurs: boolean, ranges: number, what: 'open' | 'anywhere') => ({
    label,
    isOurs,
    points: sizes.flatMap((size): [number, number][] =>
      size.ranges === ranges ? [[size.messages, size[what].p95]] : [],
    ),
  })
  const lines = [
    line('opened at its end', true, 1, 'open'),
    line('a page anywhere', true, 1, 'anywhere'),
    line('opened, a right of 200 ranges', false, 200, 'open'),
    line('a page anywhere, 200 ranges', false, 200, 'anywhere'),
  ]
  const title = 'A conversation as it grows, p95 in milliseconds, by messages (both scales logarithmic)'
  write('bench-long.svg', drawLines(title, lines))
}

export function drawTopics(figures: readonly TopicFigures[]): void {
  const counts = [...new Set(figures.map(({ count }) => count))]
  const lines = (['BANKING77', 'CLINC150'] as const).flatMap((set) => {
    const own = figures.filter((each) => each.set === set)
    return [
      { label: `${set}, with names`, isOurs: true, percents: own.map(({ named }) => named) },
      { label: set, isOurs: false, percents: own.map(({ accuracy }) => accuracy) },
    ]
  })
  const picture = drawAccuracy('Questions whose topic is read rightly, by examples', counts, lines)
  writeFileSync(path.join(docs, 'images', 'bench-topics.svg'), picture)
}

function draw(file: string, title: string, bars: readonly Bar[], options: Parameters<typeof drawBars>[2]): void {
  write(file, drawBars(title, bars, options))
}

function write(file: string, picture: string): void {
  mkdirSync(path.join(docs, 'images'), { recursive: true })
  writeFileSync(path.join(docs, 'images', file), picture)
}
