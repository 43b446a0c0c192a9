import type { Html } from '../http/html.ts'
import { PRODUCT_DRAWINGS } from './product-drawings.ts'
import { SCENES } from './scenes.ts'

export type DrawingName = keyof typeof PRODUCT_DRAWINGS | keyof typeof SCENES

/** One of the demo's own drawings; decoration unless it is given a title. */
export function drawing(name: DrawingName, title?: string): Html {
  const { box, shapes } = { ...PRODUCT_DRAWINGS, ...SCENES }[name]
  const label = title ? `role="img" aria-label="${title.replace(/[^\w ,&'-]/g, '')}"` : 'aria-hidden="true"'
  return {
    markup: `<svg class="drawing drawing-${name}" viewBox="${box}" ${label} preserveAspectRatio="xMidYMid slice" focusable="false">${shapes}</svg>`,
  }
}
