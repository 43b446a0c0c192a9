export const SCENES = {
  fjord: {
    box: '0 0 1200 520',
    shapes: `
<defs>
<linearGradient id="f-sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f3c58f"/><stop offset=".55" stop-color="#f6e0bd"/><stop offset="1" stop-color="#f9efdc"/></linearGradient>
<linearGradient id="f-water" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#e7b98a"/><stop offset=".4" stop-color="#7fa79c"/><stop offset="1" stop-color="#2f6a61"/></linearGradient>
</defs>
<rect width="1200" height="520" fill="url(#f-sky)"/>
<circle cx="770" cy="188" r="62" fill="#fff3d6"/><circle cx="770" cy="188" r="98" fill="#fff3d6" opacity=".35"/>
<path d="M0 300 120 210 190 258 300 150 392 236 470 196 560 270 640 232 740 290 850 206 930 262 1030 176 1120 250 1200 214V360H0Z" fill="#b9a79b"/>
<path d="M300 150 340 188 318 186 300 202 282 184 268 182Z" fill="#fbf3e4"/><path d="M1030 176 1066 206 1046 206 1028 222 1012 200 1002 198Z" fill="#fbf3e4"/>
<path d="M0 330 90 268 210 320 330 250 440 318 520 290 590 334H0Z" fill="#7d8a80"/>
<path d="M660 336 760 288 850 316 960 246 1070 308 1200 262V340Z" fill="#738377"/>
<rect y="330" width="1200" height="190" fill="url(#f-water)"/>
<g fill="#fff3d6" opacity=".55"><rect x="716" y="344" width="110" height="4" rx="2"/><rect x="690" y="358" width="150" height="4" rx="2"/><rect x="734" y="374" width="84" height="4" rx="2"/><rect x="706" y="392" width="128" height="4" rx="2"/><rect x="744" y="412" width="66" height="4" rx="2"/></g>
<g><path d="M884 372h92l-14 18h-64z" fill="#5b3a2a"/><path d="M930 300v70h-38z" fill="#fbf3e4"/><path d="M934 312v58h26z" fill="#e9d6b5"/></g>
<path d="M0 420C160 372 300 392 440 440 520 468 610 500 700 520H0Z" fill="#2c5a4c"/>
<path d="M0 462C140 428 280 446 400 486 440 500 480 512 500 520H0Z" fill="#1e4439"/>
<g fill="#1b3f35"><path d="m66 420 26-78 26 78z"/><path d="m104 430 20-64 22 64z"/><path d="m20 436 22-74 24 74z"/></g>
<g><path d="M238 452 318 352 408 452Z" fill="#d9683a"/><path d="M318 352 408 452H340Z" fill="#b84f28"/><path d="M318 372 346 452H296Z" fill="#3b221a"/><path d="M318 372 322 452H296Z" fill="#f2c26e"/><path d="M318 352v-12M238 452l-24 8M408 452l24 10" stroke="#3b221a" stroke-width="3"/></g>
<g><path d="M452 470c10-8 34-8 44 0" stroke="#5b3a2a" stroke-width="7" stroke-linecap="round" fill="none"/><path d="M474 462c-16-12-4-22-2-34 12 10 22 20 8 34z" fill="#f2a33c"/><path d="M474 462c-6-6-2-12 0-18 6 6 8 12 2 18z" fill="#fff0b8"/></g>
<path d="M600 96q10-10 20 0 10-10 20 0M648 126q8-8 16 0 8-8 16 0" stroke="#6d5a4d" stroke-width="3" fill="none" stroke-linecap="round"/>`,
  },
  garden: {
    box: '0 0 1200 520',
    shapes: `
<defs><linearGradient id="g-sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#cfe0ea"/><stop offset="1" stop-color="#f3ecdf"/></linearGradient></defs>
<rect width="1200" height="520" fill="url(#g-sky)"/>
<circle cx="240" cy="120" r="52" fill="#fff6dc"/>
<path d="M0 300 180 230 340 282 520 214 700 284 880 226 1040 276 1200 240V520H0Z" fill="#b9c7b4"/>
<path d="M0 350C220 300 420 330 640 336S1040 300 1200 330V520H0Z" fill="#8fae7f"/>
<g><path d="M760 360V232l104-66 104 66v128z" fill="#e8f0ee" stroke="#5d7a78" stroke-width="6"/><path d="M760 232h208M812 360V200M864 360V168M916 360V200M760 296h208" stroke="#5d7a78" stroke-width="4" fill="none"/><g fill="#6f9a62"><circle cx="790" cy="334" r="20"/><circle cx="836" cy="322" r="26"/><circle cx="892" cy="330" r="24"/><circle cx="940" cy="334" r="18"/></g><g fill="#c8503c"><circle cx="832" cy="314" r="6"/><circle cx="846" cy="330" r="6"/><circle cx="896" cy="324" r="6"/></g></g>
<g fill="#6b4634"><path d="M90 470h330l-20-62H116z"/><path d="M470 484h330l-16-62H494z"/><path d="M850 470h290l-24-58H868z"/></g>
<g stroke="#3f6b3a" stroke-width="6" stroke-linecap="round" fill="none"><path d="M150 412v-46M200 412v-58M250 412v-44M300 412v-62M350 412v-48M530 426v-56M590 426v-44M650 426v-60M710 426v-46M900 414v-50M960 414v-62M1020 414v-46M1070 414v-56"/></g>
<g fill="#4f8a4a"><ellipse cx="138" cy="372" rx="18" ry="9"/><ellipse cx="164" cy="364" rx="18" ry="9"/><ellipse cx="238" cy="374" rx="18" ry="9"/><ellipse cx="264" cy="366" rx="18" ry="9"/><ellipse cx="338" cy="370" rx="18" ry="9"/><ellipse cx="364" cy="362" rx="18" ry="9"/><ellipse cx="576" cy="386" rx="18" ry="9"/><ellipse cx="604" cy="378" rx="18" ry="9"/><ellipse cx="696" cy="384" rx="18" ry="9"/><ellipse cx="724" cy="376" rx="18" ry="9"/><ellipse cx="888" cy="370" rx="18" ry="9"/><ellipse cx="914" cy="362" rx="18" ry="9"/><ellipse cx="1006" cy="372" rx="18" ry="9"/><ellipse cx="1034" cy="364" rx="18" ry="9"/></g>
<g><g fill="#8a5ea3"><circle cx="200" cy="346" r="16"/><circle cx="530" cy="362" r="16"/><circle cx="960" cy="344" r="16"/></g><g fill="#d98aa4"><circle cx="300" cy="342" r="16"/><circle cx="650" cy="358" r="16"/><circle cx="1070" cy="350" r="16"/></g><g fill="#f6d77a"><circle cx="200" cy="346" r="6"/><circle cx="530" cy="362" r="6"/><circle cx="960" cy="344" r="6"/><circle cx="300" cy="342" r="6"/><circle cx="650" cy="358" r="6"/><circle cx="1070" cy="350" r="6"/></g></g>
<path d="M0 476C260 452 520 500 800 486S1100 470 1200 484V520H0Z" fill="#5c7f4f"/>`,
  },
} as const
