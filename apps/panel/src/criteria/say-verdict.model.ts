import type { ConditionVerdictView, CriteriaChoices, VerdictView } from '@parley/protocol'
import type { SayCriteria } from './criteria-words.tsx'
import { sayAbout, sayValue } from './say-about.model.ts'

export interface Reason {
  /** Speaks for being asked, against it, or neither. */
  readonly speaks: 'for' | 'against' | 'neither'
  readonly text: string
}

/** With what a verdict is put into words. */
export interface Telling {
  readonly say: SayCriteria
  readonly choices: CriteriaChoices | undefined
  readonly language: string
  /** A point in time as people read it. */
  readonly time: (at: string) => string
}

/** Every reason of a verdict in words, what speaks against being asked first. */
export function sayReasons(verdict: VerdictView, telling: Telling): Reason[] {
  const { say, time } = telling
  const reasons: Reason[] = []
  const { target, conditions, hours, awayUntil, opensAt } = verdict
  if (target !== 'none') {
    reasons.push(
      target === 'met'
        ? { speaks: 'for', text: say('reason.targeted') }
        : { speaks: 'against', text: say('because.not-targeted') },
    )
  }
  const any = conditions.filter(({ group }) => group === 'any')
  const isAnyMissing = any.length > 0 && any.every(({ holding }) => holding === 'not-met')
  if (isAnyMissing) reasons.push({ speaks: 'against', text: say('because.none-of-any') })
  for (const condition of conditions) reasons.push(sayCondition(condition, telling))
  if (awayUntil) reasons.push({ speaks: 'against', text: say('because.away', { until: time(awayUntil) }) })
  if (hours === 'open') reasons.push({ speaks: 'for', text: say('reason.within') })
  if (hours === 'closed' || hours === 'holiday') {
    const closed = say(hours === 'closed' ? 'because.out-of-hours' : 'because.holiday')
    const again = opensAt ? ` ${say('because.opens', { at: time(opensAt) })}` : ''
    reasons.push({ speaks: 'against', text: closed + again })
  }
  if (reasons.length === 0) reasons.push({ speaks: 'for', text: say('reason.everything') })
  return reasons.sort((a, b) => order[a.speaks] - order[b.speaks])
}

const order = { against: 0, for: 1, neither: 2 }

function sayCondition({ group, about, holding, by }: ConditionVerdictView, telling: Telling): Reason {
  const { say, choices, language } = telling
  const values = {
    about: sayAbout(about, say, choices),
    ...(by === null ? {} : { by: sayValue(about, by, choices, language) }),
  }
  if (holding === 'not-known') return { speaks: 'neither', text: say('reason.notKnown', values) }
  if (group === 'none') {
    if (holding === 'not-met') return { speaks: 'for', text: say('reason.nothingUnwanted', values) }
    return { speaks: 'against', text: say(by === null ? 'reason.unwantedNumber' : 'reason.unwanted', values) }
  }
  if (holding === 'met') {
    return { speaks: 'for', text: say(by === null ? 'reason.metNumber' : 'reason.met', values) }
  }
  // One of `any` that does not fit is against nobody as long as another does.
  if (group === 'any') return { speaks: 'neither', text: say('reason.notMet', values) }
  return { speaks: 'against', text: say('because.other-than-wanted', values) }
}
