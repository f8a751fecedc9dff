/** What the program was started for, read from its arguments. */
import { extname, resolve } from 'node:path';

export const COMMANDS = [
  'help',
  'new',
  'info',
  'list',
  'show',
  'set',
  'note',
  'import',
  'export',
  'report',
  'merge',
  'copy',
  'check',
  'backup',
  'history',
] as const;

export type StartMode =
  /** The window, with the file named on the command line or by a double click. */
  | { kind: 'window'; path: string | null }
  /** The command line: everything from the command's name on. A file called like a command is meant as `./list`. */
  | { kind: 'command'; argv: string[] }
  /** Prints one report model to a PDF file and ends: how the command line gets its PDFs. */
  | { kind: 'print'; reportPath: string; outPath: string };

/** `argv` as Electron has it: the executable, in a checkout the project's folder, switches anywhere, then ours. */
export function readArguments(argv: string[], isPackaged: boolean, cwd: string): StartMode {
  const reportPath = switchValue(argv, 'print-report');
  const outPath = switchValue(argv, 'print-out');
  if (reportPath && outPath) {
    return { kind: 'print', reportPath: resolve(cwd, reportPath), outPath: resolve(cwd, outPath) };
  }

  const isOurs = (arg: string) => !arg.startsWith('-');
  const positions = [...argv.keys()].slice(1).filter((index) => isOurs(argv[index] as string));
  // Unpackaged, Electron's own first argument is the project.
  const first = positions[isPackaged ? 0 : 1];
  if (first === undefined) {
    return argv.includes('--help') ? { kind: 'command', argv: ['help'] } : { kind: 'window', path: null };
  }
  const word = argv[first] as string;
  if ((COMMANDS as readonly string[]).includes(word)) return { kind: 'command', argv: argv.slice(first) };
  return { kind: 'window', path: filePathOf(word, cwd) };
}

/** Anything may be named (a file without its extension, too), but a web address is none of ours. */
function filePathOf(word: string, cwd: string): string | null {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(word)) return null;
  return resolve(cwd, word);
}

function switchValue(argv: string[], name: string): string | null {
  const prefix = `--${name}=`;
  return argv.find((arg) => arg.startsWith(prefix))?.slice(prefix.length) || null;
}

/** The path with `.extension` at its end; an extension that is there in other letters counts. */
export const withExtension = (path: string, extension: string): string =>
  extname(path).toLowerCase() === `.${extension}` ? path : `${path}.${extension}`;
