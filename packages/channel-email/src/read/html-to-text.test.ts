import { expect, test } from 'vitest'
import { htmlToText } from './html-to-text.ts'

test.each([
  ['paragraphs and line breaks', '<p>One</p><p>Two<br>three</p>', 'One\n\nTwo\nthree'],
  ['lists', '<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
  ['tables', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
  ['links keep their place', '<a href="https://example.com/x">here</a>', 'here <https://example.com/x>'],
  ['links that say their own address are not doubled', '<a href="https://example.com/">example.com</a>', 'example.com'],
  ['dangerous links lose their target and keep their words', '<a href="javascript:alert(1)">click</a>', 'click'],
  ['entities and odd spaces', 'a&nbsp;&amp;&nbsp;b &lt;c&gt; &#x1F600;', 'a\u00a0&\u00a0b <c> 😀'],
  ['preformatted text', '<pre>  x\n    y</pre>', '  x\n    y'],
  [
    'scripts, styles and what is hidden',
    '<style>p{}</style><script>x</script><p style="display:none">z</p><p>y</p>',
    'y',
  ],
  [
    'quotes',
    '<p>A</p><blockquote type="cite"><p>B</p><blockquote type="cite">C</blockquote></blockquote>',
    'A\n\n> B\n>\n> > C',
  ],
  ['indentation that is no quote', '<p>A</p><blockquote>B</blockquote>', 'A\n\n    B'],
  ['broken markup', '<p>One <b>two</p> three</b> < four', 'One two\n\nthree < four'],
])('HTML mail as text: %s', (_, html, text) => {
  expect(htmlToText(html).text).toBe(text)
})

test('what mail programs mark as quote and signature is found where it begins', () => {
  const { text, marks } = htmlToText(
    '<div>Yes</div><div class="gmail_signature">Ana</div><div class="gmail_quote">On Monday<blockquote class="gmail_quote">Open?</blockquote></div>',
  )
  expect(marks.filter(({ kind }) => kind === 'signature').map(({ from, to }) => text.slice(from, to).trim())).toEqual([
    'Ana',
  ])
  expect(marks.filter(({ kind }) => kind === 'quote').map(({ from }) => text.slice(from, from + 9))[0]).toBe(
    'On Monday',
  )
})
