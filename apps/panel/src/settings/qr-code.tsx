import { encode } from 'uqr'
import { runsOf } from './security.model.ts'

/** Drawn here: a key must not travel to anybody who draws pictures. Black on white in the dark too, because cameras ask for it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path
        d={runsOf(data)
          .map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`)
          .join('')}
        fill="#000"
      />
    </svg>
  )
}
