/** `report`: the status report as of a day, for paper (PDF) or for a spreadsheet (CSV). */
import { resolve } from 'node:path';
import { todayCivil } from '../../shared/civilDate.ts';
import type { StatusReport } from '../../shared/report/statusReport.ts';
import { statusReport } from '../reportFacts.ts';
import { writeWhole } from '../writeWhole.ts';
import { type Command, type CommandContext, choiceOption, dateOption, json, parse, withFile } from './context.ts';
import { type ExitStatus, Refusal, valueOrRefuse } from './errors.ts';

export const reportCommand: Command = (args, context) => {
  const parsed = parse(args, context, {
    kind: { type: 'string' },
    format: { type: 'string' },
    'as-of': { type: 'string' },
    since: { type: 'string' },
    out: { type: 'string' },
    delimiter: { type: 'string' },
    'no-bom': { type: 'boolean' },
  });
  choiceOption(parsed, 'kind', ['status'], ['brief', 'instrument', 'changes'], context);
  const format = choiceOption(parsed, 'format', ['pdf', 'csv'], ['docx'], context);
  const delimiter = choiceOption(parsed, 'delimiter', ['comma', 'semicolon'], [], context) === 'comma' ? ',' : ';';
  const asOf = dateOption(parsed, 'as-of', context) ?? todayCivil();
  const since = dateOption(parsed, 'since', context);
  if (typeof parsed.options.out !== 'string') throw new Refusal(context.t('cli.missing', { what: '--out PATH' }));
  const out = resolve(parsed.options.out);
  return withFile<ExitStatus>(parsed, 'read', async (file): Promise<ExitStatus> => {
    const report = statusReport(file, asOf, since);
    const csvOptions = { delimiter, bom: !parsed.options['no-bom'], t: context.t } as const;
    const chunks = format === 'csv' ? await csvOf(report, csvOptions) : [await printed(report, context)];
    valueOrRefuse(writeWhole(out, chunks));
    if (parsed.isJson) context.print(json({ path: out, asOf, since }));
    else context.say(context.t('cli.written', { path: out }));
    return 0;
  });
};

async function csvOf(...args: Parameters<typeof import('../../shared/export/statusCsv.ts').statusCsvChunks>) {
  const { statusCsvChunks } = await import('../../shared/export/statusCsv.ts');
  return statusCsvChunks(...args);
}

async function printed(report: StatusReport, { printPdf, t }: CommandContext): Promise<Uint8Array> {
  try {
    return await printPdf(report);
  } catch (error) {
    throw new Refusal(t('errors.print-failed', { problem: error instanceof Error ? error.message : String(error) }), 3);
  }
}
