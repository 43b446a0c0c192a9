import { escaped, pictureStyle } from './draw-bars.ts'

/** Shares in percent, one for each of the numbers of examples below the picture. */
export interface AccuracyLine {
  readonly label: string
  readonly isOurs: boolean
  readonly percents: readonly number[]
}

const plot = { left: 60, top: 50, width: 460, height: 280 }
const labelWidth = 210
const lowest = 40

/** How accuracy grows with examples; readable on light and on dark pages. */
export function drawAccuracy(title: string, counts: readonly string[], lines: readonly AccuracyLine[]): string {
  const x = (index: number) => plot.left + (index / Math.max(1, counts.length - 1)) * plot.width
  const y = (percent: number) => plot.top + (1 - (percent - lowest) / (100 - lowest)) * plot.height
  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height]
  const labels = placeLabels(lines.map(({ percents }) => y(percents.at(-1) ?? lowest)))
  const parts = [
    ...[40, 50, 60, 70, 80, 90, 100].flatMap((percent) => [
      `<line class="grid" x1="${plot.left}" y1="${y(percent)}" x2="${right}" y2="${y(percent)}"/>`,
      `<text x="${plot.left - 10}" y="${y(percent) + 4}" text-anchor="end">${percent} %</text>`,
    ]),
    ...counts.map((count, i) => `<text x="${x(i)}" y="${bottom + 20}" text-anchor="middle">${escaped(count)}</text>`),
    `<text x="${plot.left + plot.width / 2}" y="${bottom + 40}" text-anchor="middle">examples for each topic</text>`,
    ...lines.flatMap(({ label, isOurs, percents }, at) => {
      const places = percents.map((percent, i) => `${x(i).toFixed(1)} ${y(percent).toFixed(1)}`)
      const kind = isOurs ? 'ours' : 'other'
      return [
        `<path class="${kind}" d="M${places.join(' L')}"/>`,
        ...percents.map(
          (percent, i) => `<circle class="${kind}" cx="${x(i).toFixed(1)}" cy="${y(percent).toFixed(1)}" r="3.5"/>`,
        ),
        `<text x="${right + 12}" y="${((labels[at] ?? 0) + 4).toFixed(1)}">${escaped(label)}</text>`,
      ]
    }),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${right + labelWidth} ${bottom + 54}" role="img" aria-label="${escaped(title)}">
<style>
${pictureStyle}
  path.ours { fill: none; stroke: #1f6f5c; stroke-width: 2.5 } path.other { fill: none; stroke: #8c959f; stroke-width: 2.5 } .grid { stroke: #8c959f; stroke-opacity: 0.3 }
  @media (prefers-color-scheme: dark) { path.ours { fill: none; stroke: #4fb39a } }
</style>
<text class="title" x="0" y="20">${escaped(title)}</text>
${parts.join('\n')}
</svg>
`
}

/** Labels of lines that end close together are moved apart, from the top down. */
function placeLabels(ends: readonly number[]): number[] {
  const placed: number[] = []
  const order = ends.map((end, at) => ({ end, at })).sort((a, b) => a.end - b.end)
  let free = Number.NEGATIVE_INFINITY
  for (const { end, at } of order) {
    placed[at] = Math.max(end, free)
    free = (placed[at] ?? end) + 16
  }
  return placed
}
