import { type Answer, page } from '../http/answer.ts'
import { type Html, html } from '../http/html.ts'
import type { Stage } from '../start-demo.ts'

/** The frame of the overview and the pocket page. */
export function stageLayout(stage: Stage, shown: { title: string; script: string; body: Html; kind: string }): Answer {
  const document = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${shown.title} · Parley demo</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/web/stage.css">
<script type="module" src="/web/${shown.script}"></script>
</head>
<body class="${shown.kind}">
${shown.body}
</body>
</html>`
  return page(document, policy(stage))
}

function policy({ origins, parleyOrigin }: Stage): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src 'self' ${origins.shop} ${origins.garden}`,
    "frame-ancestors 'none'",
    // The desk's door is a form that is answered with a redirect to the Parley server; Chromium checks the whole way.
    `form-action 'self' ${parleyOrigin}`,
    "base-uri 'none'",
  ].join('; ')
}
