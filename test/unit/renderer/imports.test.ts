/** What the window carries: the database process checks values, so the window has no use for the schemas. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** Everything that a module needs when it runs; types are gone by then. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:^(?:import|export)\s+(?!type\b)[^;]*?from\s+|^import\s+|\bimport\()'([^']+)'/gm)].map(
    ([, module]) => module as string,
  );

/** Our modules by their paths, each with the one that asked for it first; packages by their names. */
function reachedFrom(entry: string): Map<string, string> {
  const reached = new Map<string, string>([[entry, '']]);
  for (const module of reached.keys()) {
    if (!/\.tsx?$/.test(module)) continue;
    for (const name of importsOf(readFileSync(join(ROOT, module), 'utf8'))) {
      const path = name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(module), name)) : name;
      if (!reached.has(path)) reached.set(path, module);
    }
  }
  return reached;
}

test('the window brings no schemas along', () => {
  const reached = reachedFrom('renderer/main.tsx');
  // It does look everywhere.
  expect([...reached.keys()]).toContain('renderer/features/sharing/SharingPage.tsx');
  expect([...reached.keys()].filter((module) => module.startsWith('shared/')).length).toBeGreaterThan(20);
  expect(reached.get('zod')).toBeUndefined();
});
