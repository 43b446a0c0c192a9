export interface Bar {
  readonly group: string
  readonly label: string
  readonly value: number
  readonly isOurs: boolean
}

const labelWidth = 300
const plotWidth = 400
const rowHeight = 24
const groupHeight = 34

/** Of every picture: its colours on a light page, and on a dark one. */
export const pictureStyle = `  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 } .group { font-weight: 600 }
  .ours { fill: #1f6f5c } .other { fill: #8c959f } .target { stroke: #bc4c00; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .ours { fill: #4fb39a } .target { stroke: #f0883e } }`

/** Bars from left to right, readable on light and on dark pages. */
export function drawBars(
  title: string,
  bars: readonly Bar[],
  options: { digits: number; unit: string; target?: { value: number; label: string } },
): string {
  const most = Math.max(...bars.map(({ value }) => value).filter(Number.isFinite), options.target?.value ?? 0)
  const x = (value: number) => labelWidth + (value / most) * plotWidth
  const parts: string[] = []
  let y = 44
  let group = ''
  for (const bar of bars) {
    if (bar.group !== group) {
      group = bar.group
      y += groupHeight
      parts.push(`<text class="group" x="0" y="${y - 10}">${escaped(group)}</text>`)
    }
    if (Number.isFinite(bar.value)) {
      const width = Math.max(1, x(bar.value) - labelWidth)
      parts.push(
        `<text x="${labelWidth - 10}" y="${y + 12}" text-anchor="end">${escaped(bar.label)}</text>`,
        `<rect class="${bar.isOurs ? 'ours' : 'other'}" x="${labelWidth}" y="${y}" width="${width.toFixed(1)}" height="16" rx="2"/>`,
        `<text x="${(labelWidth + width + 8).toFixed(1)}" y="${y + 12}">${bar.value.toFixed(options.digits)}${options.unit}</text>`,
      )
      y += rowHeight
    }
  }
  const height = y + (options.target ? 34 : 12)
  if (options.target) {
    const at = x(options.target.value).toFixed(1)
    parts.push(
      `<line class="target" x1="${at}" y1="52" x2="${at}" y2="${y + 4}"/>`,
      `<text x="${at}" y="${y + 22}" text-anchor="middle">${escaped(options.target.label)}</text>`,
    )
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${labelWidth + plotWidth + 80} ${height}" role="img" aria-label="${escaped(title)}">
<style>
${pictureStyle}
</style>
<text class="title" x="0" y="20">${escaped(title)}</text>
${parts.join('\n')}
</svg>
`
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
