/** So near to an edge it scrolls, but in no more than a third of what is seen. */
const zonePx = 56
const slowest = 40
const fastest = 900

/** How many pixels a second a list scrolls, down or (less than 0) up, while something is held at `y`: the nearer to its edge, the faster. */
export function edgeSpeed(y: number, top: number, bottom: number): number {
  if (y < top || y > bottom) return 0
  const zone = Math.min(zonePx, (bottom - top) / 3)
  const [toTop, toBottom] = [y - top, bottom - y]
  if (toTop < zone) return -speed(toTop / zone)
  return toBottom < zone ? speed(toBottom / zone) : 0
}

/** From 1, where it begins, to 0, at the edge itself. */
const speed = (far: number): number => slowest + (fastest - slowest) * (1 - far) ** 2
