import { escaped, pictureStyle } from './draw-bars.ts'

export interface Line {
  readonly label: string
  readonly isOurs: boolean
  readonly points: readonly (readonly [number, number])[]
}

const plot = { left: 76, top: 56, width: 470, height: 300 }
const labelWidth = 150

/** Lines over two logarithmic scales, a grid line for each power of ten, readable on light and on dark pages. */
export function drawLines(title: string, lines: readonly Line[], target?: { value: number; label: string }): string {
  const points = lines.flatMap((line) => line.points)
  const across = scale(points.map(([x]) => x))
  const up = scale([...points.map(([, y]) => y), ...(target ? [target.value] : [])])
  const x = (value: number) => plot.left + across.at(value) * plot.width
  const y = (value: number) => plot.top + (1 - up.at(value)) * plot.height
  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height]
  const parts = [
    ...across.powers.flatMap((power) => [
      `<line class="grid" x1="${x(power)}" y1="${plot.top}" x2="${x(power)}" y2="${bottom}"/>`,
      `<text x="${x(power)}" y="${bottom + 20}" text-anchor="middle">${power.toLocaleString('en')}</text>`,
    ]),
    ...up.powers.flatMap((power) => [
      `<line class="grid" x1="${plot.left}" y1="${y(power).toFixed(1)}" x2="${right}" y2="${y(power).toFixed(1)}"/>`,
      `<text x="${plot.left - 10}" y="${(y(power) + 4).toFixed(1)}" text-anchor="end">${power.toLocaleString('en')} ms</text>`,
    ]),
    ...(target
      ? [
          `<line class="target" x1="${plot.left}" y1="${y(target.value).toFixed(1)}" x2="${right}" y2="${y(target.value).toFixed(1)}"/>`,
          `<text x="${plot.left + 6}" y="${(y(target.value) - 6).toFixed(1)}">${escaped(target.label)}</text>`,
        ]
      : []),
    ...lines.flatMap((line) => drawLine(line, x, y)),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${right + labelWidth} ${bottom + 34}" role="img" aria-label="${escaped(title)}">
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

function drawLine(
  { label, isOurs, points }: Line,
  x: (value: number) => number,
  y: (value: number) => number,
): string[] {
  const kind = isOurs ? 'ours' : 'other'
  const places = points.map(([across, up]) => [x(across).toFixed(1), y(up).toFixed(1)] as const)
  const last = places.at(-1)
  return [
    `<path class="${kind}" d="M${places.map((place) => place.join(' ')).join(' L')}"/>`,
    ...places.map(([left, top]) => `<circle class="${kind}" cx="${left}" cy="${top}" r="3.5"/>`),
    ...(last ? [`<text x="${Number(last[0]) + 10}" y="${Number(last[1]) + 4}">${escaped(label)}</text>`] : []),
  ]
}

/** From the power of ten below the least to the one above the most. */
function scale(values: readonly number[]): { powers: number[]; at(value: number): number } {
  const from = Math.floor(Math.log10(Math.min(...values)))
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    powers: Array.from({ length: to - from + 1 }, (_, n) => 10 ** (from + n)),
    at: (value) => (Math.log10(value) - from) / (to - from),
  }
}
