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
  face: { name: { en: 'Support', de: 'Hilfe' }, colour: 'later' },
  fields: { visitor: ['category', 'shape'], responder: ['name', 'tags'], program: ['links'] },
  reopen: { withinDays: 14, by: 'anyone' },
  encryption: 'sealed',
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
    expect(policyForm({}, 'en')).toMatchObject({
      ...{ face: 'named', faceName: '', visitorFields: [], responderFields: [], reopenWithin: 0, encryption: 'none' },
    })
  })

  it('C5 show one face under its name in the language of the desk, and give it up', () => {
    const opened = policyForm(policy, 'de')
    expect(opened).toMatchObject({ face: 'one', faceName: 'Hilfe' })
    expect(withForm(policy, { ...opened, faceName: ' Werkstatt ' }, 'de')).toMatchObject({
      face: { name: { en: 'Support', de: 'Werkstatt' } },
    })
    expect(withForm(policy, { ...opened, face: 'named' }, 'de')).toMatchObject({ face: 'named' })
    const none = { ...policyForm({ face: 'named' }, 'en'), face: 'one' as const, faceName: 'Support' }
    expect(withForm({ face: 'named' }, none, 'en')).toMatchObject({ face: { name: { en: 'Support' } } })
  })

  it('C1 C9 say which fields are shown to whom, how long a conversation opens again, and whether it is sealed', () => {
    const form = { ...policyForm(policy, 'en'), visitorFields: [], reopenWithin: 0, encryption: 'none' }
    expect(withForm(policy, form, 'en')).toMatchObject({
      fields: { visitor: [], responder: ['name', 'tags'], program: ['links'] },
      reopen: { withinDays: 0, by: 'anyone' },
      encryption: 'none',
    })
  })
})
