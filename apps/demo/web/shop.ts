// The shop's own script: a basket, and buttons that open the chat window through its command queue.
type Commands = { (...command: unknown[]): void; q?: unknown[][] }
declare global {
  interface Window {
    parley?: Commands
  }
}

// Usable before the loader has come: it takes over what waits in `q`.
function command(...words: unknown[]): void {
  if (!window.parley) {
    const waiting: Commands = (...more) => {
      waiting.q?.push(more)
    }
    waiting.q = []
    window.parley = waiting
  }
  window.parley(...words)
}

function basket(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem('basket') ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

function show(things: readonly string[]): void {
  for (const count of document.querySelectorAll('[data-basket]')) count.textContent = String(things.length)
  command('update', { cart: things })
}

for (const button of document.querySelectorAll<HTMLElement>('[data-add]')) {
  button.addEventListener('click', () => {
    const things = [...basket(), button.dataset.add ?? ''].slice(-50)
    try {
      localStorage.setItem('basket', JSON.stringify(things))
    } catch {
      // Without storage the basket lasts as long as the page.
    }
    show(things)
  })
}

for (const button of document.querySelectorAll('[data-ask]')) button.addEventListener('click', () => command('open'))

show(basket())

export {}
