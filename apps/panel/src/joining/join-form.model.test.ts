import { describe, expect, it } from 'vitest'
import { countryNames, dayNames, emptyForm, readFragment, toRequest } from './join-form.model.ts'

const form = { ...emptyForm('de'), name: ' Bo ', alias: ' Bo B. ', value: ' bo@people.test ' }

describe('joining', () => {
  it('sends what was typed without the blanks around it, and no hours where none were chosen', () => {
    const request = toRequest(form, 'de', 'KEY')
    expect(request).toMatchObject({
      name: 'Bo',
      alias: 'Bo B.',
      medium: 'email',
      value: 'bo@people.test',
      invitation: 'KEY',
    })
    expect(request).not.toHaveProperty('hours')
  })

  it('A5 hours from evening to morning are two spans, over Sunday into Monday too', () => {
    const night = { ...form, hasHours: true, days: ['7'], from: '22:00', to: '06:00' }
    expect(toRequest(night, 'de', null).hours?.week).toEqual([
      { day: 1, from: 0, to: 360 },
      { day: 7, from: 1320, to: 1440 },
    ])
    const untilMidnight = { ...form, hasHours: true, days: ['2'], from: '18:00', to: '00:00' }
    expect(toRequest(untilMidnight, 'de', null).hours?.week).toEqual([{ day: 2, from: 1080, to: 1440 }])
  })

  it.each([
    ['#i=abc', { invitation: 'abc', member: null }],
    ['#m=x_-1', { invitation: null, member: 'x_-1' }],
    ['', { invitation: null, member: null }],
    ['#nonsense', { invitation: null, member: null }],
  ])('the fragment %s says who has come', (hash, found) => {
    expect(readFragment(hash)).toEqual(found)
  })

  it('names days and countries in the language of the reader', () => {
    expect(dayNames('de')[0]).toEqual({ value: '1', label: 'Mo' })
    const countries = countryNames('de')
    expect(countries.find(({ value }) => value === 'IS')?.label).toBe('Island')
    expect(countries.map(({ value }) => value)).not.toContain('EU')
    expect(countries.length).toBeGreaterThan(230)
  })
})
