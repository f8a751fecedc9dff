// @vitest-environment jsdom
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { packPdf } from '../../../electron/print/packPdf.ts';
import { PRINT_FONT_FILES } from '../../../electron/print/printStyles.ts';
import { renderStatusReportHtml } from '../../../electron/print/renderStatusReport.ts';
import { buildStatusReport } from '../../../shared/report/buildStatusReport.ts';
import { anInstrument, instrumentId, noonOf, TODAY } from '../rules/facts.ts';

const attack = '<script>alert(1)</script><img src=x onerror=alert(1)>';
const urdu = 'ریلوے کے شعبے میں تعاون';

const report = buildStatusReport(
  {
    title: `Committee ${attack}`,
    instruments: [
      anInstrument({ title: attack, sector: attack, deadline: '2026-11-01', nextStep: 'Қазақстан тарапы' }),
      anInstrument({ id: instrumentId(2), number: 2, titleBasis: 'reported-topic', title: urdu }),
    ],
    persons: [],
    bodies: [],
    targets: [],
    lastNotes: new Map([[instrumentId(1), { text: urdu, author: attack, writtenAt: noonOf('2026-11-01') }]]),
  },
  { asOf: TODAY, since: null, preparedBy: { name: attack, post: null } },
);
const html = renderStatusReportHtml(report, { language: 'en' });
const page = new DOMParser().parseFromString(html, 'text/html');

describe('the printed status report', () => {
  test('holds no script, no picture and no address but those of its fonts', () => {
    expect(page.querySelectorAll('script, img, iframe, object, link, [onerror], [href], [src]')).toHaveLength(0);
    const addresses = [...html.matchAll(/url\(([^)]*)\)/g)].map(([, address]) => address);
    expect(addresses).toEqual(PRINT_FONT_FILES.map((name) => `fonts/${name}`));
    expect(page.querySelector('h1')?.textContent).toBe(`Committee ${attack}`);
  });

  test('has headings in order, one of the first rank', () => {
    const ranks = [...page.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1]));
    expect(ranks[0]).toBe(1);
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
    ranks.slice(1).forEach((rank, index) => {
      expect(rank - (ranks[index] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  test('tells what each cell belongs to: every header has a scope, every row as many cells', () => {
    for (const header of page.querySelectorAll('th')) expect(header.getAttribute('scope')).toMatch(/^(col|row)$/);
    for (const table of page.querySelectorAll('table'))
      for (const row of table.querySelectorAll('tbody tr'))
        expect(row.children).toHaveLength(table.querySelectorAll('thead th').length);
  });

  test('gives Urdu its own direction, language and line height', () => {
    const cells = [...page.querySelectorAll('[lang=ur]')];
    expect(cells.length).toBeGreaterThan(0);
    for (const cell of cells) expect(cell.closest('[dir=auto]')).not.toBeNull();
    expect(cells.every(({ className }) => className === 'naskh')).toBe(true);
  });

  test('says what is no official title, and how late it is', () => {
    expect(page.body.textContent).toContain('Reported topic');
    expect(page.body.textContent).toContain('23 days late');
    expect(page.querySelector('.headline')?.textContent).toBe('1 of 2 is late.');
  });

  test('prints a file without instruments', () => {
    const empty = buildStatusReport(
      { title: 'Empty', instruments: [], persons: [], bodies: [], targets: [], lastNotes: new Map() },
      { asOf: TODAY, since: null, preparedBy: null },
    );
    expect(renderStatusReportHtml(empty, { language: 'en' })).toContain('No instruments are listed yet.');
  });

  test('in a language without words yet falls back to English and says so', () => {
    expect(renderStatusReportHtml(report, { language: 'xx' })).toContain('<html lang="en" dir="ltr">');
  });
});

describe('a finished PDF', () => {
  test('carries title, author and language, and keeps its pages', async () => {
    const printed = await PDFDocument.create();
    printed.addPage();
    printed.addPage();
    const packed = await packPdf(await printed.save({ useObjectStreams: false }), {
      title: 'Комитет',
      author: 'А. Хан',
      language: 'en',
    });
    const read = await PDFDocument.load(packed, { updateMetadata: false });
    expect([read.getTitle(), read.getAuthor(), read.getProducer(), read.getPageCount()]).toEqual([
      'Комитет',
      'А. Хан',
      'MoU Tracker',
      2,
    ]);
  });
});
