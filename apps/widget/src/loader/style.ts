/**
 * The launcher and the frame around the window, inside a shadow root: no rule of the page reaches them and none of theirs the page.
 * Given as a constructed sheet, because a page's content security policy forbids inline styles and not these.
 */
export const style = `:host{all:initial;position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000}
button{all:unset;display:grid;place-items:center;width:60px;height:60px;border-radius:50%;cursor:pointer;color:var(--on,#fff);background:var(--accent,#1f6f5c);box-shadow:0 6px 24px #0004;transition:transform .2s}
button:hover{transform:translateY(-2px)}
button:focus-visible{outline:3px solid;outline-offset:-6px}
svg{width:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
span{position:absolute;top:-4px;inset-inline-end:-4px;padding:0 7px;border-radius:11px;font:600 13px/22px system-ui;color:#fff;background:#c62828}
span:empty{display:none}
iframe{position:absolute;bottom:76px;inset-inline-end:0;width:400px;height:min(690px,100vh - 116px);border:0;border-radius:20px;color-scheme:normal;box-shadow:0 16px 56px #0004;transition:.2s}
iframe:not(.on){opacity:0;transform:translateY(14px);visibility:hidden}
@media(width<=480px),(height<=420px){iframe{position:fixed;inset:0;width:100%;height:100%;border-radius:0}.on+button{display:none}}
@media(prefers-reduced-motion){*{transition:none!important}}
@media print{:host{display:none}}`
