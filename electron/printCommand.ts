/**
 * `--print-report=IN.json --print-out=OUT.pdf`: prints one report model and ends. The command line's way to a PDF, for
 * only Electron can print; it starts this program a second time, on a virtual screen where there is no real one, and
 * with a profile folder of its own, since the window may be open beside it.
 */
import { readFile } from 'node:fs/promises';
import { app } from 'electron';
import { z } from 'zod';
import { StatusReport } from '../shared/report/statusReport.ts';
import { createTranslator, errorText } from '../shared/text/translator.ts';
import { printStatusReport } from './printing.ts';
import { writeError, writeWhole } from './writeWhole.ts';

export function setupPrintCommand(reportPath: string, outPath: string): void {
  app.on('window-all-closed', () => undefined);
  void app
    .whenReady()
    .then(() => print(reportPath, outPath))
    .catch((error) => (error instanceof Error ? error.message : String(error)))
    .then((problem) => {
      if (problem) process.stderr.write(`${problem}\n`);
      app.exit(problem ? 1 : 0);
    });
}

/** A sentence when it went wrong. */
async function print(reportPath: string, outPath: string): Promise<string | null> {
  const parsed = StatusReport.safeParse(JSON.parse(await readFile(reportPath, 'utf8')));
  const { t } = createTranslator();
  if (!parsed.success) {
    const problem = z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ');
    return errorText(t, { code: 'print-failed', details: { problem } });
  }
  const printed = await printStatusReport(parsed.data, new AbortController().signal, () => undefined);
  if (!printed.ok) return errorText(t, printed.error);
  try {
    await writeWhole(outPath, printed.value);
  } catch (error) {
    return errorText(t, writeError(outPath, error));
  }
  return null;
}
