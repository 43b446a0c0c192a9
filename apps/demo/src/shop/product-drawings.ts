/** Flat drawings on a square; their tiles give them a ground of their own in light and dark. */
export const PRODUCT_DRAWINGS = {
  boots: {
    box: '0 0 200 200',
    shapes: `<path d="M58 34h46c3 22 2 44 6 62 6 12 34 14 50 26 10 8 12 18 11 28H58c-6-36-5-78 0-116z" fill="#9a5b33"/><path d="M58 34h46l2 18H56z" fill="#6f3d20"/><path d="M82 60h24M83 76h25M85 92h27" stroke="#f0d6a8" stroke-width="5" stroke-linecap="round"/><path d="M120 112c14 4 30 10 40 18" stroke="#6f3d20" stroke-width="4" fill="none"/><path d="M54 150h120v14c0 4-3 6-6 6h-10l-6-6-6 6h-12l-6-6-6 6h-12l-6-6-6 6H96l-6-6-6 6H60c-4 0-6-3-6-6z" fill="#33261f"/>`,
  },
  tent: {
    box: '0 0 200 200',
    shapes: `<path d="M20 156 96 46l84 110z" fill="#d9683a"/><path d="m96 46 84 110h-62z" fill="#b84f28"/><path d="m96 70 26 86H72z" fill="#3b221a"/><path d="m96 70 2 86H72z" fill="#f2c26e"/><path d="m96 46-4-14M96 46l6-13" stroke="#3b221a" stroke-width="4" stroke-linecap="round"/><path d="m20 156-10 10M180 156l10 10" stroke="#3b221a" stroke-width="4" stroke-linecap="round"/><path d="M12 166h176" stroke="#4d6b4f" stroke-width="8" stroke-linecap="round"/>`,
  },
  pack: {
    box: '0 0 200 200',
    shapes: `<path d="M74 44c0-26 52-26 52 0" stroke="#2c4a57" stroke-width="8" fill="none"/><rect x="54" y="40" width="92" height="126" rx="26" fill="#3f7186"/><path d="M54 66c0-16 12-28 26-28h40c14 0 26 12 26 28v16H54z" fill="#2f5a6c"/><rect x="68" y="104" width="64" height="48" rx="12" fill="#5a8ea3"/><path d="M68 122h64" stroke="#2f5a6c" stroke-width="4"/><path d="M84 66v24M116 66v24" stroke="#f0c982" stroke-width="7" stroke-linecap="round"/><rect x="34" y="92" width="20" height="56" rx="10" fill="#2f5a6c"/><rect x="146" y="92" width="20" height="56" rx="10" fill="#2f5a6c"/>`,
  },
  stove: {
    box: '0 0 200 200',
    shapes: `<path d="M62 56h76l-6 44H68z" fill="#b9bfc2"/><path d="M56 50h88v10H56z" fill="#8e979b" /><path d="M144 62h20c6 0 8 16 0 16h-22" stroke="#5a6266" stroke-width="7" fill="none"/><path d="M100 132c-18-8-10-20-4-30 4 8 18 14 4 30z" fill="#f2a33c"/><path d="M82 132c-12-6-8-14-2-20 4 6 10 10 2 20zM120 132c-12-6-8-14-2-20 4 6 10 10 2 20z" fill="#e4762f"/><rect x="72" y="130" width="56" height="12" rx="6" fill="#5a6266"/><path d="M76 142h48l6 28H70z" fill="#c0492f"/><rect x="66" y="166" width="68" height="8" rx="4" fill="#7c2d1d"/><path d="M82 36c-6-8 6-10 0-20M102 38c-6-8 6-10 0-20M122 36c-6-8 6-10 0-20" stroke="#c9d2d6" stroke-width="4" fill="none" stroke-linecap="round"/>`,
  },
  jacket: {
    box: '0 0 200 200',
    shapes: `<path d="M76 40c4-16 44-16 48 0l34 18 14 74-22 6-10-42v72H60V96l-10 42-22-6 14-74z" fill="#d8a12f"/><path d="M76 40c4-16 44-16 48 0l-8 20H84z" fill="#b07f1d"/><path d="M100 60v108" stroke="#7d5912" stroke-width="4"/><path d="m72 116 16 10M128 116l-16 10" stroke="#7d5912" stroke-width="4" stroke-linecap="round"/><path d="M60 156h80v12H60z" fill="#b07f1d"/>`,
  },
  lantern: {
    box: '0 0 200 200',
    shapes: `<circle cx="100" cy="106" r="70" fill="#ffe7a8" opacity=".5"/><path d="M76 60c0-40 48-40 48 0" stroke="#4a4038" stroke-width="6" fill="none"/><rect x="70" y="56" width="60" height="14" rx="5" fill="#4a4038"/><rect x="76" y="70" width="48" height="70" rx="10" fill="#fff2c9"/><rect x="90" y="86" width="20" height="40" rx="10" fill="#f2a33c"/><path d="M76 70v70M124 70v70" stroke="#4a4038" stroke-width="5"/><rect x="66" y="138" width="68" height="20" rx="6" fill="#4a4038"/>`,
  },
  can: {
    box: '0 0 200 200',
    shapes: `<path d="M62 84h84l6 80H56z" fill="#7f9aa3"/><path d="M62 84h84l1 14H61z" fill="#637d86"/><path d="M148 104c34 0 34 48 4 48" stroke="#637d86" stroke-width="10" fill="none"/><path d="M76 84c0-34 52-34 52 0" stroke="#637d86" stroke-width="9" fill="none"/><path d="M58 140 24 88" stroke="#7f9aa3" stroke-width="13"/><path d="M10 92l24-16 6 10-24 16z" fill="#637d86"/><path d="M14 112v10M24 118v12M34 112v8" stroke="#5aa0c4" stroke-width="4" stroke-linecap="round"/>`,
  },
  seeds: {
    box: '0 0 200 200',
    shapes: `<path d="M40 92h120v74H40z" fill="#a9764a"/><path d="M40 92h120v14H40z" fill="#8a5c37"/><g><path d="M52 44h34v56H52z" fill="#f3e6c8"/><path d="M84 36h34v64H84z" fill="#e3efd9"/><path d="M116 46h34v54h-34z" fill="#f1d9de"/></g><circle cx="69" cy="70" r="10" fill="#c8503c"/><path d="M101 60c12 4 12 20 0 26-12-6-12-22 0-26z" fill="#5c8f4b"/><circle cx="133" cy="72" r="10" fill="#8a5ea3"/><path d="M60 126h80M60 142h56" stroke="#f3e6c8" stroke-width="6" stroke-linecap="round"/>`,
  },
  trowel: {
    box: '0 0 200 200',
    shapes: `<g transform="rotate(38 100 100)"><rect x="89" y="10" width="22" height="72" rx="11" fill="#c58a4e"/><rect x="94" y="78" width="12" height="28" fill="#6a7378"/><path d="M76 104h48c4 40-10 66-24 84-14-18-28-44-24-84z" fill="#9aa5aa"/><path d="M100 104v84c-14-18-28-44-24-84z" fill="#828d92"/><path d="M84 124h12M84 138h12M88 152h8" stroke="#f6f2ea" stroke-width="3"/></g>`,
  },
  pot: {
    box: '0 0 200 200',
    shapes: `<path d="M100 96V52" stroke="#4f7a45" stroke-width="7"/><path d="M100 76C78 78 62 62 60 44c22-2 38 12 40 32zM100 66c2-22 18-36 40-34 0 20-18 36-40 34z" fill="#6f9a62"/><path d="M52 94h96v20H52z" fill="#b9623d"/><path d="M60 114h80l-12 56H72z" fill="#cf7a50"/><path d="M100 114h40l-12 56h-28z" fill="#b9623d"/>`,
  },
} as const
