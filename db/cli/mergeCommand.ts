/** `merge`: brings other copies back into this one, or says what would come. */
import { resolve } from 'node:path';
import { fieldText } from '../../shared/text/translator.ts';
import { decideConflicts, preferSide } from '../commands/decideConflicts.ts';
import { mergeFiles } from '../merge/merge.ts';
import { type Command, choiceOption, json, parse, withFile } from './context.ts';
import { Refusal, valueOrRefuse } from './errors.ts';
import { batchText } from './historyText.ts';

export const mergeCommand: Command = (args, context) => {
  const { t } = context;
  const parsed = parse(
    args,
    context,
    { 'dry-run': { type: 'boolean' }, prefer: { type: 'string' } },
    Number.POSITIVE_INFINITY,
  );
  if (parsed.rest.length === 0) throw new Refusal(t('cli.missing', { what: 'OTHER' }));
  const prefer = choiceOption(parsed, 'prefer', ['nobody', 'ours', 'theirs'], [], context);
  const isDryRun = parsed.options['dry-run'] === true;
  return withFile(parsed, isDryRun ? 'read' : 'write', (file) => {
    const report = valueOrRefuse(
      mergeFiles(
        file,
        parsed.rest.map((path) => resolve(path)),
        { isDryRun },
      ),
    );
    const isDecided = prefer !== 'nobody' && !isDryRun && report.conflicts.length > 0;
    if (isDecided) valueOrRefuse(decideConflicts(file, preferSide(report.conflicts, prefer)));
    if (parsed.isJson) context.print(json(report));
    else {
      context.say(
        t(isDryRun ? 'cli.wouldMerge' : 'cli.merged', { batches: report.batches.length, changes: report.changes }),
      );
      for (const { at, author, label, changes } of report.batches)
        context.print(
          `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}  ${author ?? '-'}  ${batchText(t, label)} (${changes})`,
        );
      for (const fork of report.forks) context.say(t('cli.forked', { seq: fork.seq }));
      for (const { label, field, ours, theirs } of report.conflicts)
        context.print(
          `${label}: ${fieldText(t, field)}: ${ours?.value ?? '-'} | ${theirs.map(({ value }) => value ?? '-').join(' | ')}`,
        );
    }
    return report.conflicts.length > 0 && !isDecided ? 1 : 0;
  });
};
