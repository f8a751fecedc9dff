/**
 * The style sheet of printed reports: a register on paper. Sizes are points and millimetres, for paper is what it is
 * seen on; logical sides, so that a right-to-left language needs no second sheet.
 */

/** Static files only: variable fonts and synthetic bold end up as Type 3 fonts, whose text cannot be searched well. */
const FACES = [
  {
    file: 'noto-sans-latin',
    family: 'Noto Sans',
    range:
      'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,' +
      'U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  },
  {
    file: 'noto-sans-latin-ext',
    family: 'Noto Sans',
    range:
      'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,' +
      'U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  },
  {
    file: 'noto-sans-cyrillic',
    family: 'Noto Sans',
    range: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116',
  },
  {
    file: 'noto-sans-cyrillic-ext',
    family: 'Noto Sans',
    range: 'U+0460-052F,U+1C80-1C8A,U+20B4,U+2DE0-2DFF,U+A640-A69F,U+FE2E-FE2F',
  },
  {
    file: 'noto-naskh-arabic-arabic',
    family: 'Noto Naskh Arabic',
    range:
      'U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+200C-200E,' +
      'U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC',
  },
] as const;
const WEIGHTS = [400, 600] as const;

/** Names of the files that the sheet asks for, below fonts/ of the document's own address. */
export type PrintFontName = `${(typeof FACES)[number]['file']}-${(typeof WEIGHTS)[number]}.woff2`;

const fileOf = (face: (typeof FACES)[number], weight: (typeof WEIGHTS)[number]): PrintFontName =>
  `${face.file}-${weight}.woff2`;

export const PRINT_FONT_FILES = FACES.flatMap((face) => WEIGHTS.map((weight) => fileOf(face, weight)));

const fontFaces = FACES.flatMap((face) =>
  WEIGHTS.map(
    (weight) =>
      `@font-face{font-family:'${face.family}';font-weight:${weight};font-style:normal;font-display:block;` +
      `src:url(fonts/${fileOf(face, weight)}) format('woff2');unicode-range:${face.range}}`,
  ),
).join('\n');

export const PRINT_STYLES = `${fontFaces}
@page { size: A4 portrait; margin: 16mm 15mm 17mm; }
@page wide { size: A4 landscape; margin: 13mm 12mm 15mm; }
* { box-sizing: border-box; }
html { color: #1c1f23; background: #fff; font: 400 9pt/1.4 'Noto Sans', 'Noto Naskh Arabic', sans-serif;
  font-synthesis: none; font-variant-numeric: tabular-nums lining-nums; -webkit-print-color-adjust: exact; }
body { margin: 0; }
h1, h2, h3, p, dl, dd, figure { margin: 0; }
h1, h2, h3, th, strong { font-weight: 600; }
h1 { font-size: 19pt; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 12pt; line-height: 1.3; margin-block: 7mm 1.5mm; break-after: avoid; }
h3 { font-size: 9.5pt; margin-block: 4mm 1mm; break-after: avoid; }
.quiet { color: #5b6068; }
.small { font-size: 7.5pt; }
.off-track { color: #b3261e; font-weight: 600; }
/* Urdu: Naskh needs air between its lines; its own letters, digits and stops come from one font. */
.naskh { font-family: 'Noto Naskh Arabic', 'Noto Sans', sans-serif; line-height: 1.75; }

.typed { white-space: pre-line; text-align: start; }

.kicker { color: #0b5d66; font-weight: 600; font-size: 9.5pt; }
.facts { display: flex; flex-wrap: wrap; gap: 1mm 9mm; margin-block: 3mm 0; padding-block: 2.5mm;
  border-block: 0.5pt solid #1c1f23; }
.facts dt { color: #5b6068; font-size: 7.5pt; }
.headline { font-size: 13pt; line-height: 1.4; margin-block: 5mm 0; text-wrap: pretty; }
.lead { margin-block: 4mm 1mm; }
ul { margin: 0; padding-inline-start: 5mm; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 9mm; align-items: start; }

table { inline-size: 100%; border-collapse: collapse; border-block-end: 0.5pt solid #1c1f23; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 1.1mm 1.6mm; text-align: start; vertical-align: top; overflow-wrap: break-word; }
:is(th, td):first-child { padding-inline-start: 0; }
:is(th, td):last-child { padding-inline-end: 0; }
thead th { color: #5b6068; font-size: 7.5pt; vertical-align: bottom; border-block-end: 0.5pt solid #1c1f23; }
tbody th { font-weight: 400; }
tbody tr + tr > * { border-block-start: 0.4pt solid #d5d3ce; }
.figure { text-align: end; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.health { display: inline-flex; align-items: baseline; gap: 1.2mm; white-space: nowrap; }
.health svg { flex: none; inline-size: 2.3mm; block-size: 2.3mm; position: relative; inset-block-start: 0.15mm; }
.bar { inline-size: 100%; block-size: 2.4mm; display: inline-block; vertical-align: -0.1mm; }
/* Inline: Chromium takes a block of SVG on a named page for the start of another page. */
.progress { inline-size: 100%; block-size: 1mm; display: inline-block; vertical-align: 0.6mm; }
.mark { color: #5b6068; }
.mark svg { inline-size: 2.1mm; block-size: 2.1mm; margin-inline-end: 1mm; }
.sides { display: grid; grid-template-columns: max-content 1fr; column-gap: 1.5mm; }
.note { color: #5b6068; font-size: 7pt; }
.keep { break-inside: avoid; }

.bar-column { inline-size: 24mm; }
.deadlines { table-layout: fixed; }
.deadlines .c-number { inline-size: 8mm; }
.deadlines .c-title { inline-size: 62mm; }
.deadlines .c-deadline { inline-size: 27mm; }
.deadlines .c-owners { inline-size: 38mm; }
.register .c-number { inline-size: 8mm; }
.register .c-title { inline-size: 56mm; }
.register .c-health { inline-size: 28mm; }
.register .c-stage { inline-size: 25mm; }
.register .c-owners { inline-size: 33mm; }
.register .c-deadline { inline-size: 25mm; }
.register .c-progress { inline-size: 16mm; }
.register .c-step { inline-size: 34mm; }
.wide { page: wide; break-before: page; font-size: 7.75pt; line-height: 1.35; }
.wide h2 { margin-block-start: 0; }
.wide h2.later { margin-block-start: 7mm; }
.wide table { table-layout: fixed; }
.wide .small, .wide thead th { font-size: 7pt; }
.legend { display: grid; grid-template-columns: 34mm 1fr; gap: 1mm 4mm; }
.legend dt { font-weight: 600; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 14mm; }
.sign-line { display: grid; grid-template-columns: 28mm 1fr; }
.sign-line { align-items: end; }
.signatures dt { color: #5b6068; }
.signatures dd { min-block-size: 13mm; border-block-end: 0.5pt solid #1c1f23; }
`;
