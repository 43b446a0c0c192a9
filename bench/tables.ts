import { median } from './figures.ts'
import type { HuntFigures, Taken } from './measure-hunt.ts'
import type { IdleFigures } from './measure-idle.ts'
import type { LongFigures } from './measure-long.ts'
import type { MediumFigures } from './measure-media.ts'
import type { MergeFigures } from './measure-merge.ts'
import type { OfferFigures } from './measure-offer.ts'
import type { RefusalFigures } from './measure-refusals.ts'
import type { RestFigures } from './measure-rest.ts'
import type { RoadFigures, Subject } from './measure-road.ts'
import type { WindowFigures } from './measure-window.ts'

export const subjectNames: Record<Subject, string> = {
  relay: '(a) bare relay, no store',
  committed: '(b) bare relay, committed in batches',
  parley: 'Parley',
  'parley-seen': 'Parley, with receipts once a second',
}

export function roadTable(figures: RoadFigures): string[] {
  const { rate, processor, at1000, subjects } = figures
  const flights = Object.keys(rate).map(Number)
  const lines = [
    `${figures.pairs} pairs, medians of ${figures.rounds} interleaved rounds of ${figures.seconds} s; every message was delivered exactly once and acknowledged.`,
    '',
    `| | ${flights.map((n) => `${thousands(n)} in flight | of (a) | of (b)`).join(' | ')} | p50 at 1,000 /s | of (b) | p99 | of (b) |`,
    `| --- |${' --- |'.repeat(flights.length * 3 + 4)}`,
    ...subjects.map((subject) => {
      const rates = flights.flatMap((n) => {
        const own = rate[n]?.[subject] ?? Number.NaN
        return [`${thousands(own)} /s`, ratio(own, rate[n]?.relay), ratio(own, rate[n]?.committed)]
      })
      const own = at1000[subject]
      const late = (part: 'p50' | 'p99') => [
        `${(own?.[part] ?? Number.NaN).toFixed(2)} ms`,
        ratio(own?.[part], at1000.committed?.[part]),
      ]
      return row([subjectNames[subject], ...rates, ...late('p50'), ...late('p99')])
    }),
    '',
    'Processor time for each message in µs, which other work on the machine changes least:',
    '',
    `| | ${flights.map((n) => `${thousands(n)} in flight: server | PostgreSQL | load generator | all, of (b)`).join(' | ')} |`,
    `| --- |${' --- |'.repeat(flights.length * 4)}`,
    ...subjects.map((subject) => {
      const cells = flights.flatMap((n) => {
        const cost = processor[n]?.[subject]
        const bare = processor[n]?.committed
        const sum = (each: typeof cost) => (each ? each.server + each.postgres + each.load : undefined)
        return cost
          ? [
              String(Math.round(cost.server)),
              String(Math.round(cost.postgres)),
              String(Math.round(cost.load)),
              ratio(sum(cost), sum(bare)),
            ]
          : ['–', '–', '–', '–']
      })
      return row([subjectNames[subject], ...cells])
    }),
  ]
  return lines
}

export function windowTable(figures: WindowFigures): string[] {
  const longest = (of: 'workedMs' | 'wallMs') => {
    const each = figures.longestTasks.map((task) => task[of])
    return `${Math.round(Math.max(...each))} ms (each visit: ${each.map(Math.round).join(', ')})`
  }
  return [
    ...head('figure', 'measured', 'target'),
    row(['loader, gzip', `${kilobytes(figures.loader)} kB`, '≤ 3 kB']),
    row(['loader and window together, gzip', `${kilobytes(figures.loader + figures.window)} kB`, '≤ 25 kB']),
    row([
      `longest task on the host page, loading and opening, ${figures.longestTasks.length} visits`,
      longest('workedMs'),
      '≤ 50 ms',
    ]),
    row(['the same with what it waited for a core', longest('wallMs'), '–']),
    row([
      'from the page’s request to a window to write in (includes the click)',
      `${Math.round(figures.readyMs)} ms`,
      '–',
    ]),
  ]
}

export function idleTable(figures: IdleFigures): string[] {
  const { bare, parley } = figures
  const cells = (part: 'rss' | 'heap') => [
    `${kilobytes(bare[part])} kB`,
    `${kilobytes(parley[part])} kB`,
    ratio(parley[part], bare[part]),
  ]
  return [
    ...head(`each of ${thousands(figures.sockets)} connections`, 'bare `ws`', 'Parley', 'ratio', 'target'),
    row(['resident memory', ...cells('rss'), '≤ 2']),
    row(['of which heap and buffers', ...cells('heap'), '–']),
  ]
}

export function restTable(figures: RestFigures): string[] {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  return [
    ...head('figure', 'measured', 'target'),
    row(['the server’s process at rest, resident', megabytes(figures.server), '≤ 200 MB']),
    row(['the launcher beside it', megabytes(figures.launcher), '–']),
    row(['warm `npm start` to the first page', `${figures.firstPage.toFixed(1)} s`, '–']),
  ]
}

export function offerTable(figures: OfferFigures): string[] {
  const { bare, parley } = figures
  const cells = (part: 'p50' | 'p99') => [
    `${bare[part].toFixed(1)} ms`,
    `${parley[part].toFixed(1)} ms`,
    ratio(parley[part], bare[part]),
  ]
  return [
    ...head(`${figures.times} first messages, one after the other`, 'bare nodemailer', 'Parley', 'ratio'),
    row(['until the mail server has the question, p50', ...cells('p50')]),
    row(['p99', ...cells('p99')]),
  ]
}

export function mediaTable(figures: readonly MediumFigures[]): string[] {
  const rate = (value: number | null) => (value === null ? '–' : `${thousands(value)} /s`)
  const [first] = figures
  return [
    `Messages a second, medians of ${first?.rounds ?? 0} interleaved rounds of ${thousands(first?.messages ?? 0)}.`,
    '',
    ...head('medium', 'Parley', 'its channel alone', 'ratio', 'bare library', 'ratio'),
    ...figures.flatMap((figure) =>
      (['out', 'in'] as const).map((way) => {
        const { parley, channel, library } = figure[way]
        const beside = (other: number | null) => ratio(parley ?? undefined, other ?? undefined)
        return row([
          `${figure.medium}, ${way}`,
          rate(parley),
          rate(channel),
          beside(channel),
          rate(library),
          beside(library),
        ])
      }),
    ),
  ]
}

export function longTable(figures: LongFigures): string[] {
  const [smallest] = figures.sizes
  const cells = (size: LongFigures['sizes'][number]) =>
    (['open', 'back', 'anywhere'] as const).flatMap((what) => [
      `${size[what].p50.toFixed(1)} ms`,
      `${size[what].p95.toFixed(1)} ms`,
      ratio(size[what].p95, smallest?.[what].p95),
    ])
  return [
    `Opened ${figures.times} times each, in turns; five pages back from the end and five anywhere in it each time, a hundred messages a page. Ratios are to the first row.`,
    '',
    ...head(
      'messages',
      'ranges of the reader’s right',
      ...['opened at its end', 'a page back', 'a page anywhere'].flatMap((what) => [`${what}, p50`, 'p95', 'ratio']),
    ),
    ...figures.sizes.map((size) => row([thousands(size.messages), String(size.ranges), ...cells(size)])),
    '',
    'Deciding whether one message may be seen, and which number it has for its reader, in nanoseconds:',
    '',
    ...head('ranges', '`maySee`', '`viewNumber`'),
    ...figures.decide.map(({ ranges, see, number }) => row([String(ranges), see.toFixed(0), number.toFixed(0)])),
  ]
}

export function mergeTable(figures: MergeFigures): string[] {
  const line = (name: string, taken: readonly number[]) =>
    row([name, `${median(taken).toFixed(0)} ms`, `${Math.max(...taken).toFixed(0)} ms`])
  return [
    `Two conversations of ${thousands(figures.messages)} messages each, ${figures.merge.length} times, from asking over a socket to the answer.`,
    '',
    ...head('', 'p50', 'most'),
    line('merge', figures.merge),
    line('undo it', figures.undo),
    line('merge, and their visitors are one person', figures.mergeOfOnePerson),
    line('undo it', figures.undoOfOnePerson),
  ]
}

export function refusalTable({ times, messages, operations }: RefusalFigures): string[] {
  return [
    `${times} times each in random order over one connection; the conversation of somebody else has ${thousands(messages)} messages. Medians, as a share of that of ids that never were.`,
    '',
    ...head('', 'never was', 'never was, again', 'somebody else’s', 'hidden in one’s own'),
    ...operations.map(({ name, taken }) => {
      const share = (part: keyof typeof taken) => ratio(median(taken[part]), median(taken.nothing))
      const own = `${median(taken.nothing).toFixed(2)} ms`
      return row([`\`${name}\``, own, share('again'), share('elsewhere'), share('hidden')])
    }),
  ]
}

export function huntTable(figures: readonly HuntFigures[]): string[] {
  const of = (text: (figure: HuntFigures) => string) => figures.map(text)
  const times = ({ loop, request }: HuntFigures, part: 'p50' | 'p99') => `${thousands(loop.wall / request[part])} ×`
  const line = (name: string, part: (figure: HuntFigures) => Taken) =>
    row([
      name,
      ...of(
        (figure) => `${figureOf(part(figure).p50)} · ${figureOf(part(figure).p99)} · ${figureOf(part(figure).most)} ms`,
      ),
      '–',
    ])
  return [
    ...head('responders', ...of(({ responders }) => thousands(responders)), 'target'),
    row(['one request, p50', ...of(({ request }) => `${figureOf(request.p50)} ms`), '–']),
    row(['one request, p99', ...of(({ request }) => `${figureOf(request.p99)} ms`), '≤ 5 ms']),
    row(['the slowest of 2,000', ...of(({ request }) => `${figureOf(request.most)} ms`), '–']),
    row(['processor time of one request, mean', ...of(({ request }) => `${figureOf(request.processor)} ms`), '–']),
    row([
      'people who match: median · most',
      ...of(({ matches }) => `${matches.p50} · ${thousands(matches.most)}`),
      '≤ 1,000',
    ]),
    row(['the plain loop, one request', ...of(({ loop }) => `${thousands(loop.wall)} ms`), '–']),
    row(['the plain loop beside p50', ...of((figure) => times(figure, 'p50')), '≥ 200 ×']),
    row(['beside p99', ...of((figure) => times(figure, 'p99')), '–']),
    row([
      'processor time of the loop beside one request’s',
      ...of(({ loop, request }) => `${thousands(loop.processor / request.processor)} ×`),
      '–',
    ]),
    line('nothing is known, all match, 100 are drawn: p50 · p99 · most', ({ open }) => open),
    line('a text of 10,000 words: p50 · p99 · most', ({ long }) => long),
    line('one change of criteria: p50 · p99 · most', ({ change }) => change),
    row(['memory for each responder', ...of(({ bytes }) => `${thousands(bytes)} bytes`), '–']),
    row(['building', ...of(({ buildSeconds }) => `${buildSeconds.toFixed(1)} s`), '–']),
  ]
}

/** Three figures that count. */
function figureOf(value: number): string {
  return value >= 100 ? thousands(value) : String(Number(value.toPrecision(2)))
}

function head(...cells: string[]): string[] {
  return [row(cells), `|${' --- |'.repeat(cells.length)}`]
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function ratio(own: number | undefined, other: number | undefined): string {
  return own === undefined || other === undefined || Number.isNaN(own / other) ? '–' : (own / other).toFixed(2)
}

function thousands(number: number): string {
  return Math.round(number).toLocaleString('en')
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(1)
}
