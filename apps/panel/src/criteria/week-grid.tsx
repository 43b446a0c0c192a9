import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../words/words.tsx'
import { useSayCriteria } from './criteria-words.tsx'
import { days, hoursOfDay, minutesOpen, type Week, withHour, writeMinute } from './week.model.ts'

interface Cell {
  day: number
  hour: number
}

/** A week as a calendar: days side by side, hours downward. Clicked, drawn over with a mouse, or gone through with arrow keys. */
export function WeekGrid({ week, onChange }: { week: Week; onChange(week: Week): void }) {
  const say = useSayCriteria()
  const { language } = useWords()
  const [at, setAt] = useState<Cell>({ day: 1, hour: 9 })
  const names = useMemo(() => nameDays(language, 'long'), [language])
  const shortNames = useMemo(() => nameDays(language, 'short'), [language])
  const grid = useRef<HTMLTableElement>(null)
  // What a mouse that is held down makes of the hours it goes over.
  const painting = useRef<boolean | null>(null)
  useEffect(() => {
    const stop = () => {
      painting.current = null
    }
    window.addEventListener('pointerup', stop)
    return () => window.removeEventListener('pointerup', stop)
  }, [])

  const isOpen = ({ day, hour }: Cell) => minutesOpen(week, day, hour) > 0
  const set = ({ day, hour }: Cell, open: boolean) => onChange(withHour(week, day, hour, open))

  function go(event: KeyboardEvent, cell: Cell) {
    const next = neighbour(event, cell, getComputedStyle(event.currentTarget).direction === 'rtl')
    if (!next) return
    event.preventDefault()
    setAt(next)
    if (event.shiftKey) set(next, isOpen(cell))
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.day}-${next.hour}"]`)?.focus()
  }

  return (
    <table className="week" aria-label={say('hours.week')} ref={grid}>
      <thead>
        <tr>
          <td />
          {days.map((day) => (
            <th key={day} scope="col" abbr={names[day - 1]}>
              {shortNames[day - 1]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hoursOfDay.map((hour) => (
          <tr key={hour}>
            <th scope="row">{writeMinute(hour * 60)}</th>
            {days.map((day) => {
              const cell = { day, hour }
              const minutes = minutesOpen(week, day, hour)
              return (
                <td key={day}>
                  <button
                    type="button"
                    data-cell={`${day}-${hour}`}
                    data-open={minutes === 60 ? 'whole' : minutes > 0 ? 'part' : undefined}
                    aria-pressed={minutes > 0}
                    aria-label={say('hours.cell', {
                      day: names[day - 1] ?? '',
                      from: writeMinute(hour * 60),
                      to: writeMinute(hour * 60 + 60),
                    })}
                    // One stop for the Tab key; within, the arrow keys go.
                    tabIndex={at.day === day && at.hour === hour ? 0 : -1}
                    onKeyDown={(event) => go(event, cell)}
                    onPointerDown={(event) => {
                      if (event.pointerType !== 'mouse' || event.button !== 0) return
                      painting.current = !isOpen(cell)
                      set(cell, painting.current)
                      setAt(cell)
                    }}
                    onPointerEnter={() => painting.current !== null && set(cell, painting.current)}
                    onClick={(event) => {
                      // A mouse has set it already when it went down; a finger, a pen or a screen reader has not.
                      if (isMouse(event.nativeEvent)) return
                      set(cell, !isOpen(cell))
                      setAt(cell)
                    }}
                  />
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function isMouse(event: MouseEvent): boolean {
  return 'pointerType' in event && event.pointerType === 'mouse'
}

function neighbour(event: KeyboardEvent, { day, hour }: Cell, isRightToLeft: boolean): Cell | null {
  const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight'
  const back = isRightToLeft ? 'ArrowRight' : 'ArrowLeft'
  switch (event.key) {
    case 'ArrowDown':
      return { day, hour: Math.min(23, hour + 1) }
    case 'ArrowUp':
      return { day, hour: Math.max(0, hour - 1) }
    case forward:
      return { day: Math.min(7, day + 1), hour }
    case back:
      return { day: Math.max(1, day - 1), hour }
    case 'Home':
      return { day, hour: 0 }
    case 'End':
      return { day, hour: 23 }
    default:
      return null
  }
}

/** Monday to Sunday. */
export function nameDays(language: string, style: 'short' | 'long'): readonly string[] {
  const format = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' })
  // 5 January 1970 was a Monday.
  return days.map((day) => format.format((day + 3) * 86_400_000))
}
