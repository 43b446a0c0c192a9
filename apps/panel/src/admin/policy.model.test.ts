import { describe, expect, it } from 'vitest'
import { policyForm, withForm } from './policy.model.ts'

const policy = {
  circle: 'shared',
  admission: { kind: 'first-n', slots: 3, withinMs: 600_000, byInvitation: true },
  hunt: { reach: 'best', most: 20, waves: [{ afterMs: 0, most: 2 }], begins: 'on-entry' },
  moves: { rules: [{ name: 'x' }] },
  history: 'none',
  screening: { visitor: 'pass', responder: 'mask' },
  implied: { region: 'tell', network: true },
  asker: { en: 'guest', de: 'Gast' },
  window: { title: { de: 'Frag uns' }, greeting: {}, colour: '#123456', topic: 'required', regions: ['Alaska'] },
}

describe('the settings of a site', () => {
  it('come back as they were when nothing is changed, what has no form too', () => {
    expect(withForm(policy, policyForm(policy, 'en'), 'en')).toEqual(policy)
  })

  it('change in the language of the desk only', () => {
    const form = { ...policyForm(policy, 'de'), title: 'Hallo', asker: '' }
    const changed = withForm(policy, form, 'de')
    expect(changed).toMatchObject({ asker: { en: 'guest' }, window: { title: { de: 'Hallo' }, regions: ['Alaska'] } })
    expect(policyForm(changed, 'de').asker).toBe('')
  })

  it('drop what another kind of admission does not know', () => {
    const form = { ...policyForm(policy, 'en'), admission: 'first', withinMinutes: null }
    expect(withForm(policy, form, 'en')).toMatchObject({ admission: { kind: 'first', byInvitation: true } })
    expect(withForm(policy, form, 'en')).not.toHaveProperty('admission.slots')
  })

  it('can be read when nothing is there', () => {
    expect(policyForm({}, 'en')).toMatchObject({ circle: 'private', admission: 'first', waves: [] })
  })
})
