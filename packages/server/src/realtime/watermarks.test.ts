import { waitFor } from '@parley/dev-env'
import { expect, test } from 'vitest'
import { openExchange, openHouse } from '../test-house.fixture.ts'
import { Watermarks } from './watermarks.ts'

test('how far a window has come is written also when the database was away at that moment, and never goes back', async () => {
  const house = await openHouse()
  try {
    const { visitor } = await openExchange(house)
    const [place] = await house.rows<{ participant_id: never }>(
      'select participant_id from participant where person_id = $1',
      [visitor],
    )
    const marks = new Watermarks(house.node.db)
    const read = async () =>
      (
        await house.rows<{ read: number }>('select read from participant where participant_id = $1', [
          place?.participant_id,
        ])
      )[0]?.read
    // As in a deadlock, or when the disk is full for a moment.
    await house.rows('alter table participant rename to elsewhere')
    marks.mark(house.account.account, place?.participant_id as never, 3, 2)
    await marks.flush()
    await house.rows('alter table elsewhere rename to participant')
    await waitFor('the mark', async () => (await read()) === 2)
    marks.mark(house.account.account, place?.participant_id as never, 1, 1)
    await marks.stop()
    expect(await read()).toBe(2)
  } finally {
    await house.close()
  }
})
