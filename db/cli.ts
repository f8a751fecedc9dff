/**
 * The command line: the same file, the same rules and the same log as the window, without one. In a checkout it runs in
 * plain Node (`npm run -s mou -- ...`, scripts/mou.mjs), in the packaged program the binary itself answers (electron/commandLine.ts).
 */
import { AppErrorException } from '../shared/errors.ts';
import type { StatusReport } from '../shared/report/statusReport.ts';
import { createTranslator, errorText } from '../shared/text/translator.ts';
import { COMMANDS, LATER_COMMANDS } from './cli/commands.ts';
import { AppRefusal, type ExitStatus, Refusal, statusOf } from './cli/errors.ts';
import { usageText } from './cli/usage.ts';

export interface CliIo {
  stdout: { write: (text: string) => unknown };
  stderr: { write: (text: string) => unknown };
  /** Prints a report model; whoever starts the command line knows where an Electron is. Rejects with a plain reason. */
  printPdf: (report: StatusReport) => Promise<Uint8Array>;
}

/** Runs one command. `argv` begins with its name. Never throws: every refusal is a sentence and a status. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { t } = createTranslator();
  const say = (text: string) => io.stderr.write(`${text}\n`);
  const [name, ...args] = argv;
  try {
    if (name === undefined || name === 'help' || name === '--help') {
      say(usageText(t));
      return name === undefined ? 2 : 0;
    }
    if (LATER_COMMANDS.has(name)) throw new Refusal(t('cli.notYet', { what: name }));
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) throw new Refusal(t('cli.unknownCommand', { command: name }));
    return await command(args, { ...io, t, say, print: (text) => io.stdout.write(`${text}\n`) });
  } catch (error) {
    if (error instanceof Refusal) {
      say(error.message);
      return error.status;
    }
    if (error instanceof AppRefusal || error instanceof AppErrorException) {
      say(errorText(t, error.appError));
      return statusOf(error.appError);
    }
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 3;
  }
}
