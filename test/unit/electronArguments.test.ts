import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readArguments, withExtension } from '../../electron/arguments.ts';

const cwd = resolve('/home/ann');
const packaged = (...args: string[]) => readArguments(['/opt/mou-tracker', ...args], true, cwd);
const checkout = (...args: string[]) => readArguments(['/e/electron', ...args], false, cwd);

describe('what the program was started for', () => {
  test('without arguments the window opens with no file of its own choice', () => {
    expect(packaged()).toEqual({ kind: 'window', path: null });
    expect(checkout('/src/mou')).toEqual({ kind: 'window', path: null });
  });

  test('the first argument that is no switch is the file, relative to where the person stands', () => {
    expect(packaged('--no-sandbox', 'a.mou')).toEqual({ kind: 'window', path: resolve(cwd, 'a.mou') });
  });

  test('in a checkout the project folder is not the file, wherever the switches stand', () => {
    const wanted = { kind: 'window', path: resolve(cwd, 'Рабочий комитет.mou') };
    expect(checkout('/src/mou', '--no-sandbox', 'Рабочий комитет.mou')).toEqual(wanted);
    expect(checkout('--inspect=0', '/src/mou', 'Рабочий комитет.mou')).toEqual(wanted);
  });

  test('a command takes everything from its name on, switches included', () => {
    expect(packaged('--no-sandbox', 'list', 'a.mou', '--json')).toEqual({
      kind: 'command',
      argv: ['list', 'a.mou', '--json'],
    });
    expect(checkout('/src/mou', 'report', 'a.mou')).toEqual({ kind: 'command', argv: ['report', 'a.mou'] });
  });

  test('who asks for help is told on the command line', () => {
    expect(packaged('--help')).toEqual({ kind: 'command', argv: ['help'] });
    expect(packaged('list', '--help')).toEqual({ kind: 'command', argv: ['list', '--help'] });
  });

  test('a file named like a command is meant when it is written as a path', () => {
    expect(packaged('./list')).toEqual({ kind: 'window', path: resolve(cwd, 'list') });
  });

  test('a web address is no file', () => {
    expect(packaged('https://example.org/a.mou')).toEqual({ kind: 'window', path: null });
  });

  test('printing needs both its switches', () => {
    expect(checkout('/src/mou', '--print-report=in.json', '--print-out=out.pdf')).toEqual({
      kind: 'print',
      reportPath: resolve(cwd, 'in.json'),
      outPath: resolve(cwd, 'out.pdf'),
    });
    expect(checkout('/src/mou', '--print-report=in.json')).toEqual({ kind: 'window', path: null });
  });
});

test('an extension is added only where none of its kind is there', () => {
  expect(withExtension('/a/Committee', 'mou')).toBe('/a/Committee.mou');
  expect(withExtension('/a/Committee.MOU', 'mou')).toBe('/a/Committee.MOU');
  expect(withExtension('/a/v1.2', 'pdf')).toBe('/a/v1.2.pdf');
});
