import { expect, test } from 'vitest'
import { nameBrowser } from './name-browser.ts'

const gecko = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const blink =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'
const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1'

test.each([
  [gecko, 'Firefox · Linux'],
  [blink, 'Chrome · Android'],
  [edge, 'Edge · Windows'],
  [safari, 'Safari · iPhone'],
  ['<script>alert(1)</script>', 'Browser'],
  ['', 'Browser'],
])('a browser that says %s is called %s', (userAgent, name) => {
  expect(nameBrowser(userAgent)).toBe(name)
})
