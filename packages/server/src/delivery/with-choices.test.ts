import { expect, test } from 'vitest'
import { withChoices } from './with-choices.ts'

const field = (label: string, choices?: string[]) => ({
  name: label,
  label,
  kind: choices ? 'choice' : 'email',
  required: true,
  ...(choices ? { choices } : {}),
})

test('B1 by mail a question has its choices below it, numbered, so that a number answers it', () => {
  expect(withChoices('Which one?', { kind: 'ask', fields: [field('Your answer', ['A dome', 'A tunnel'])] })).toBe(
    'Which one?\n1. A dome\n2. A tunnel',
  )
})

test('B1 by mail a question for an address states what is consented to', () => {
  const fields = [field('Email address'), field('We keep it for this question.', ['Yes', 'No'])]
  expect(withChoices('Where can we write to you?', { kind: 'ask', fields })).toBe(
    'Where can we write to you?\nEmail address\nWe keep it for this question. (Yes / No)',
  )
})

test('what asks nothing stays as it is', () => {
  expect(withChoices('Hello', null)).toBe('Hello')
  expect(withChoices('Hello', { kind: 'answer', answers: {} })).toBe('Hello')
})
