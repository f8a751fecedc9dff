/** `merge`: brings other copies back into this one, or says what would come. */
import { resolve } from 'node:path';
import type { PlacedCopy } from '../../shared/api.ts';
import { inconsistencyText } from '../../shared/text/inconsistencyText.ts';
import { fieldText } from '../../shared/text/translator.ts';
import { decideConflicts, preferSide } from '../commands/decideConflicts.ts';
import { isAgeFile } from '../copy/age.ts';
import { unlock, withDecrypted } from '../copy/encryptedCopy.ts';
import { mergeFiles } from '../merge/merge.ts';
import { type Command, type CommandContext, choiceOption, json, type ParsedArgs, parse, withFile } from './context.ts';
import { Refusal, valueOrRefuse } from './errors.ts';
import { batchText } from './historyText.ts';
import { PASSPHRASE_FILE, passphraseOf } from './passphrase.ts';

export const mergeCommand: Command = async (args, context) => {
  const { t } = context;
  const parsed = parse(
    args,
    context,
    { 'dry-run': { type: 'boolean' }, prefer: { type: 'string' }, ...PASSPHRASE_FILE },
    Number.POSITIVE_INFINITY,
  );
  if (parsed.rest.length === 0) throw new Refusal(t('cli.missing', { what: 'OTHER' }));
  const prefer = choiceOption(parsed, 'prefer', ['nobody', 'ours', 'theirs'], [], context);
  const isDryRun = parsed.options['dry-run'] === true;
  // Before the file is opened: making a key out of a passphrase takes its time, and nobody has to wait for it.
  const copies = await unlockAll(
    parsed.rest.map((path) => resolve(path)),
    parsed,
    context,
  );
  return withFile(parsed, isDryRun ? 'read' : 'write', async (file) => {
    const report = valueOrRefuse(await withDecrypted(copies, (sources) => mergeFiles(file, sources, { isDryRun })));
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
      for (const one of report.inconsistencies) context.print(inconsistencyText(t, one));
    }
    const isLeft = (report.conflicts.length > 0 && !isDecided) || report.inconsistencies.length > 0;
    return isLeft ? 1 : 0;
  });
};

/** One passphrase opens all of them, or the command is refused by the name of the first that it does not open. */
async function unlockAll(paths: readonly string[], parsed: ParsedArgs, { t }: CommandContext): Promise<PlacedCopy[]> {
  const copies: PlacedCopy[] = [];
  for (const path of paths) {
    if (!isAgeFile(path)) {
      copies.push({ path, key: null });
      continue;
    }
    const passphrase = passphraseOf(parsed);
    if (passphrase === null) throw new Refusal(t('cli.needsPassphrase', { path }));
    copies.push({ path, key: valueOrRefuse(await unlock(path, passphrase)) });
  }
  return copies;
}
