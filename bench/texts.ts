/** What people write: mostly plain, some with figures and marks, so that screening looks closely at every fourth. */
const texts = [
  'Hello, I would like to know whether you are open on Sunday and where I can park.',
  'Yes, we are. The car park is behind the house, the entrance is to the left of the big gate.',
  'Thank you! Is the blue one still there in my size? I tried it on last week and could not decide.',
  'Order 4711 came to 24,90 € with shipping, and it should arrive between 10 and 16 on Tuesday.',
  'That sounds good. Could you keep it for me until the end of the week? I will come by on Friday.',
  'Of course. Just ask for it at the counter and they will have it ready for you.',
  'Great, and does it come with the longer laces or do I have to buy them separately?',
  'It says 2 x 120 cm on the box; the ones for 8 eyelets are sold at 6.50 a pair (see page 12).',
]

export function textOf(serial: number): string {
  return texts[serial % texts.length] ?? ''
}
