import { describe, expect, test } from 'vitest'
import { judgeNudge, type NudgeAddress, type NudgeNeed } from './judge-nudge.ts'

const now = new Date('2026-11-22T10:00:00Z')
const phone: NudgeAddress = { id: 'phone', state: 'proven', active: true, hours: null }
const laptop: NudgeAddress = { ...phone, id: 'laptop' }
const away: NudgeNeed = { windowOpen: false, isSeen: false, isTold: false }
const never = { timeZone: 'UTC', week: [] }

describe('E14: whether somebody is told at once that something waits', () => {
  test.each([
    ['nobody is there: on every device they chose', away, [phone, laptop], ['phone', 'laptop'], 'window-closed'],
    ['a window is open', { ...away, windowOpen: true }, [phone], [], 'window-open'],
    ['they have seen it elsewhere', { ...away, isSeen: true }, [phone], [], 'seen'],
    ['they were told of it', { ...away, isTold: true }, [phone], [], 'told'],
    ['they have no device', away, [], [], 'no-address'],
    ['the browser forgot us', away, [{ ...phone, state: 'failing' as const }], [], 'no-address'],
    ['they switched it off', away, [{ ...phone, active: false }], [], 'no-address'],
    ['it is not their hour', away, [{ ...phone, hours: never }], [], 'outside-hours'],
    ['one device has its hour', away, [{ ...phone, hours: never }, laptop], ['laptop'], 'window-closed'],
  ])('%s', (_, need, addresses, tells, because) => {
    expect(judgeNudge(need, addresses, now)).toEqual({ tells, because })
  })
})
