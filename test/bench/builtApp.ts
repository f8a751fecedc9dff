/** The built application, apart: a copy of out/ that a build started meanwhile cannot change, and a profile of its own. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from '../../scripts/build.mjs';
import { projectDir } from '../../scripts/run.mjs';

/** Builds if need be and copies what is started; returns the application's folder. */
export async function builtApp(work: string): Promise<string> {
  if (!(await buildIfNeeded())) throw new Error('the application could not be built');
  const folder = join(work, 'app');
  mkdirSync(folder);
  cpSync(join(projectDir, 'out'), join(folder, 'out'), { recursive: true });
  cpSync(join(projectDir, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(projectDir, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

/** A profile of somebody who has been asked who they are already. */
export function newProfile(work: string, name: string): string {
  const folder = join(work, `profile-${name}`);
  mkdirSync(folder);
  const profile = { name: 'A. Bench', post: 'Secretary', side: 'pk' };
  const preferences = { colorScheme: 'light', density: 'comfortable' };
  writeFileSync(join(folder, 'profile.json'), JSON.stringify({ profile, preferences }));
  return folder;
}
