import { openBrowser, type TestBrowser } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { judgeAttachment } from '@parley/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'

await describeWithPeers(['chromium'], 'sound and film as a browser records them', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await openBrowser({ args: ['--autoplay-policy=no-user-gesture-required'] })
  })
  afterAll(() => browser?.close())

  test.each([
    ['video/webm;codecs=vp8,opus', 'video/webm', 'film.webm'],
    ['audio/webm;codecs=opus', 'audio/webm', 'voice.webm'],
    ['video/mp4', 'video/mp4', 'film.mp4'],
  ])('C8 %s is played after it was cleaned, and no longer says which program made it', async (recorded, type, name) => {
    const { page, close } = await browser.newPerson()
    const original = Buffer.from(await page.evaluate(recordsHalfASecond, recorded), 'base64')
    expect(original.length).toBeGreaterThan(500)
    const verdict = judgeAttachment(name, recorded, original)
    expect(verdict).toMatchObject({ accepted: true, type })
    if (!verdict.accepted) return
    expect(original.toString('latin1')).toMatch(/Chrome|Lavf|mp4/)
    expect(Buffer.from(verdict.bytes).toString('latin1')).not.toMatch(/Chrome|Lavf/)
    const played = await page.evaluate(playsToTheEnd, {
      bytes: Buffer.from(verdict.bytes).toString('base64'),
      type: verdict.type,
    })
    expect(played).toEqual({ hasPicture: type.startsWith('video/'), ended: true })
    await close()
  })
})

/** In the page: a tone and a changing picture. */
async function recordsHalfASecond(type: string): Promise<string> {
  // biome-ignore lint/suspicious/noExplicitAny: the page's own names, of which nothing is known here.
  const page = globalThis as any
  const canvas = page.document.createElement('canvas')
  const drawing = canvas.getContext('2d')
  const timer = page.setInterval(() => {
    drawing.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`
    drawing.fillRect(0, 0, 300, 150)
  }, 30)
  const audio = new page.AudioContext()
  const tone = audio.createOscillator()
  const out = audio.createMediaStreamDestination()
  tone.connect(out)
  tone.start()
  const picture = type.startsWith('video/') ? canvas.captureStream(30).getTracks() : []
  const recorder = new page.MediaRecorder(new page.MediaStream([...picture, ...out.stream.getTracks()]), {
    mimeType: type,
  })
  const parts: unknown[] = []
  recorder.ondataavailable = (event: { data: unknown }) => parts.push(event.data)
  recorder.start(100)
  await new Promise((resolve) => page.setTimeout(resolve, 700))
  await new Promise((resolve) => {
    recorder.onstop = resolve
    recorder.stop()
  })
  page.clearInterval(timer)
  const bytes = new Uint8Array(await new page.Blob(parts).arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return page.btoa(text)
}

async function playsToTheEnd({ bytes, type }: { bytes: string; type: string }) {
  // biome-ignore lint/suspicious/noExplicitAny: the page's own names, of which nothing is known here.
  const page = globalThis as any
  const blob = new page.Blob([Uint8Array.from(page.atob(bytes), (one: string) => one.charCodeAt(0))], { type })
  const video = page.document.createElement('video')
  video.src = page.URL.createObjectURL(blob)
  const ended = new Promise<boolean>((resolve, reject) => {
    video.onended = () => resolve(true)
    video.onerror = () => reject(new Error(`it does not play: ${video.error?.message}`))
  })
  await video.play()
  return { hasPicture: video.videoWidth > 0, ended: await ended }
}
