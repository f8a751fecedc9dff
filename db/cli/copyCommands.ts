/** `copy` and `backup`: giving the file away, and keeping it safe. Both only read, also while a window has the file open. */
import { resolve } from 'node:path';
import { CopyScope } from '../../shared/copyScope.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { MadeBackup, SavedCopy } from '../../shared/safekeeping.ts';
import { Backups } from '../backup/backups.ts';
import { isAgeFile } from '../copy/age.ts';
import { openEncryptedFile, saveDecryptedCopy, saveEncryptedCopy } from '../copy/encryptedCopy.ts';
import { saveCopy, saveRestrictedCopy } from '../copy/saveCopy.ts';
import { defaultInstallationDir } from '../installation.ts';
import { closeFile } from '../open.ts';
import type { OpenFile } from '../openFile.ts';
import { type Command, type CommandContext, json, openOptions, type ParsedArgs, parse, withFile } from './context.ts';
import { Refusal, valueOrRefuse } from './errors.ts';
import { PASSPHRASE_FILE, passphraseOf } from './passphrase.ts';

export const copyCommand: Command = async (args, context) => {
  const parsed = parse(
    args,
    context,
    {
      only: { type: 'string', multiple: true },
      sector: { type: 'string', multiple: true },
      body: { type: 'string', multiple: true },
      encrypt: { type: 'boolean' },
      ...PASSPHRASE_FILE,
    },
    1,
  );
  const [target] = parsed.rest;
  if (target === undefined) throw new Refusal(context.t('cli.missing', { what: 'OUT' }));
  const out = resolve(target);
  const scope = scopeOf(parsed, context);
  const isEncrypted = isAgeFile(parsed.path);
  const needsPassphrase = parsed.options.encrypt === true || isEncrypted;
  const passphrase = needsPassphrase ? passphraseOf(parsed) : null;
  if (needsPassphrase && passphrase === null)
    throw new Refusal(context.t('cli.missing', { what: '--passphrase-file' }));

  const save = (file: OpenFile): Result<SavedCopy, AppError> | Promise<Result<SavedCopy, AppError>> => {
    if (parsed.options.encrypt && passphrase !== null)
      return saveEncryptedCopy(file, out, { passphrase, scope: scope ?? undefined });
    return scope === null ? saveCopy(file, out) : saveRestrictedCopy(file, out, scope);
  };
  const saved = valueOrRefuse(
    passphrase === null || !isEncrypted
      ? await withFile(parsed, 'read', save)
      : await fromEncrypted(parsed, { out, passphrase, isPlainCopy: scope === null && !parsed.options.encrypt }, save),
  );
  if (parsed.isJson) context.print(json(saved));
  else context.say(context.t('cli.copied', { ...saved }));
  return 0 as const;
};

async function fromEncrypted(
  parsed: ParsedArgs,
  { out, passphrase, isPlainCopy }: { out: string; passphrase: string; isPlainCopy: boolean },
  save: (file: OpenFile) => Result<SavedCopy, AppError> | Promise<Result<SavedCopy, AppError>>,
): Promise<Result<SavedCopy, AppError>> {
  if (isPlainCopy) return saveDecryptedCopy(parsed.path, out, { passphrase });
  const file = valueOrRefuse(await openEncryptedFile(parsed.path, passphrase, openOptions(parsed, 'read')));
  try {
    return await save(file);
  } finally {
    closeFile(file);
  }
}

function scopeOf({ options }: ParsedArgs, { t }: CommandContext): CopyScope | null {
  const given = (['only', 'sector', 'body'] as const).filter((name) => options[name] !== undefined);
  const [name, ...others] = given;
  if (name === undefined) return null;
  if (others.length > 0) throw new Refusal(t('cli.onlyOneOf', { options: '--only, --sector, --body' }));
  const texts = (options[name] as string[]).map((text) => text.trim());
  if (name !== 'only')
    return scopeOrRefuse(name === 'sector' ? { by: 'sector', sectors: texts } : { by: 'body', names: texts }, texts, t);
  const numbers = texts.flatMap((text) => text.split(',')).map((text) => text.trim());
  for (const number of numbers) if (!/^\d{1,5}$/.test(number)) throw new Refusal(t('cli.badNumber', { number }));
  return scopeOrRefuse({ by: 'number', numbers: numbers.map(Number) }, numbers, t);
}

function scopeOrRefuse(scope: CopyScope, texts: readonly string[], t: CommandContext['t']): CopyScope {
  const parsed = CopyScope.safeParse(scope);
  if (!parsed.success) throw new Refusal(t('cli.badScope', { value: texts.join(', ') }));
  return parsed.data;
}

export const backupCommand: Command = (args, context) => {
  const parsed = parse(args, context, { out: { type: 'string' } });
  const { out } = parsed.options;
  return withFile(parsed, 'read', (file) => {
    const made = valueOrRefuse<SavedCopy | KeptBackup>(
      typeof out === 'string' ? saveCopy(file, resolve(out)) : backUp(file),
    );
    if (parsed.isJson) context.print(json(made));
    else context.say(context.t('cli.backedUp', { ...made }));
    return 0;
  });
};

type KeptBackup = MadeBackup & { path: string };

function backUp(file: OpenFile): Result<KeptBackup, AppError> {
  const backups = new Backups(defaultInstallationDir());
  const made = backups.make(file, 'manual');
  if (!made.ok) return made;
  return ok({ ...made.value, path: backups.find(file, made.value.id)?.path ?? '' });
}
