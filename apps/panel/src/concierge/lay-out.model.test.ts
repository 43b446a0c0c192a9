import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrow, type Box, type Laid, layOut, type Point } from './lay-out.model.ts'

/** `a>b` is an arrow, `a>b:yes` one with a label. The first box is where it starts. */
function drawn(text: string, more: string[] = []): { laid: Laid; boxes: Box[]; arrows: Arrow[] } {
  const arrows = text.split(' ').flatMap((part, index): Arrow[] => {
    const [way, label] = part.split(':')
    const [from = '', to] = (way ?? '').split('>')
    if (!to) return []
    return [{ id: `${index}`, from, to, label: label ? { width: 60, height: 24 } : null }]
  })
  const ids = [...new Set([...text.split(/[ >]/).map((one) => one.split(':')[0] ?? ''), ...more])]
  const boxes = ids.map((id) => ({ id, width: 200, height: 70 }))
  return { laid: layOut(ids[0] ?? '', boxes, arrows), boxes, arrows }
}

const at = (laid: Laid, id: string): Point => laid.boxes.get(id) ?? expect.fail(`${id} is nowhere`)

/** Everything that takes room, as rectangles. */
function taken({ laid, boxes, arrows }: { laid: Laid; boxes: Box[]; arrows: Arrow[] }) {
  const rectangles = boxes.map((box) => ({ name: box.id, ...at(laid, box.id), width: box.width, height: box.height }))
  for (const { id, label, from, to } of arrows) {
    const middle = laid.arrows.get(id)?.label
    if (!label || !middle || from === to) continue
    rectangles.push({ name: `label ${id}`, x: middle.x - label.width / 2, y: middle.y - label.height / 2, ...label })
  }
  return rectangles
}

function overlapping(all: ReturnType<typeof taken>): string[] {
  return all.flatMap((a, index) =>
    all.slice(index + 1).flatMap((b) => {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
      return apart ? [] : [`${a.name} on ${b.name}`]
    }),
  )
}

describe('the picture of a script', () => {
  it('shows a chain from top to bottom, straight', () => {
    const { laid } = drawn('a>b b>c')
    expect(at(laid, 'a').x).toBe(at(laid, 'c').x)
    expect(laid.rows).toEqual([['a'], ['b'], ['c']])
    expect(at(laid, 'a').y).toBeLessThan(at(laid, 'b').y)
  })

  it('shows branches side by side in their order, and the question above the middle of them', () => {
    const { laid } = drawn('a>b:one a>c:two a>d:three')
    expect(laid.rows).toEqual([['a'], ['b', 'c', 'd']])
    expect(at(laid, 'a').x).toBe(at(laid, 'c').x)
    expect(at(laid, 'b').x).toBeLessThan(at(laid, 'c').x)
  })

  it('puts a step that several lead to below all of them', () => {
    const { laid } = drawn('a>b:yes a>end:no b>c c>end')
    expect(laid.rows.at(-1)).toEqual(['end'])
  })

  it('shows a way back as one, and everything else stays where it is', () => {
    const { laid } = drawn('a>b b>c c>a')
    expect(laid.rows).toEqual([['a'], ['b'], ['c']])
    expect(laid.arrows.get('2')?.runs).toBe('up')
    expect(laid.arrows.get('0')?.runs).toBe('down')
    const back = laid.arrows.get('2')?.course ?? []
    expect(back[0]?.y).toBeGreaterThan(back.at(-1)?.y ?? 0)
  })

  it('shows a step that leads to itself, and one that nothing leads to', () => {
    const { laid } = drawn('a>b b>b', ['lost'])
    expect(laid.arrows.get('1')?.runs).toBe('around')
    expect(laid.rows[0]).toEqual(['a', 'lost'])
  })

  it('crosses no arrows where it need not', () => {
    const { laid } = drawn('a>b:1 a>c:2 b>z c>y a>y:3')
    expect(at(laid, 'z').x).toBeLessThan(at(laid, 'y').x)
  })

  it('stays as it was elsewhere when a step is added at the end of a branch', () => {
    const before = drawn('a>b:yes a>c:no b>d c>e').laid
    const after = drawn('a>b:yes a>c:no b>d c>e e>f').laid
    for (const id of ['a', 'b', 'c', 'd', 'e']) expect(at(after, id)).toEqual(at(before, id))
  })

  it('leaves nothing out and lays nothing on anything else, whatever leads where', () => {
    const graph = fc.record({
      count: fc.integer({ min: 1, max: 14 }),
      ways: fc.array(fc.tuple(fc.nat(13), fc.nat(13), fc.boolean()), { maxLength: 30 }),
    })
    fc.assert(
      fc.property(graph, ({ count, ways }) => {
        const boxes = Array.from({ length: count }, (_, n) => ({ id: `s${n}`, width: 120 + n * 8, height: 40 + n * 3 }))
        const arrows = ways.map(([from, to, isLabelled], n) => ({
          id: `${n}`,
          from: `s${from % count}`,
          to: `s${to % count}`,
          label: isLabelled ? { width: 30 + n * 4, height: 24 } : null,
        }))
        const laid = layOut('s0', boxes, arrows)
        expect(overlapping(taken({ laid, boxes, arrows }))).toEqual([])
        expect([...laid.rows.flat()].sort()).toEqual(boxes.map((box) => box.id).sort())
        for (const arrow of arrows) {
          const { course = [], runs } = laid.arrows.get(arrow.id) ?? {}
          expect(course.length % 2).toBe(0)
          const isDown = (course[0]?.y ?? 0) < (course.at(-1)?.y ?? 0)
          expect(isDown).toBe(runs === 'down')
        }
      }),
      { seed: 94, numRuns: 400 },
    )
  })
})
