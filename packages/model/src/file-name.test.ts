import { expect, test } from 'vitest'
import { safeFileName } from './file-name.ts'

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ana\\plan.pdf', 'plan.pdf'],
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['a\r\nContent-Type: text/html\u0000.txt', 'aContent-Type text/html.txt'.split('/').at(-1)],
  ['  ..hidden.. ', 'hidden'],
  ['con.txt', '_con.txt'],
  ['写真.jpg', '写真.jpg'],
  ['', 'attachment.png'],
  ['...', 'attachment.png'],
])('the file name %j is shown as %j', (given, shown) => {
  expect(safeFileName(given, 'image/png')).toBe(shown)
})

test('a name of thousands of characters keeps its extension and fits into 150 bytes', () => {
  const name = safeFileName(`${'日本'.repeat(5000)}.pdf`)
  expect(name.endsWith('.pdf')).toBe(true)
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(150)
  expect(name.isWellFormed()).toBe(true)
})
