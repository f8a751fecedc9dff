/**
 * Who works here and how they like the window: userData/profile.json. The profile signs every edit.
 * Read by hand instead of by its zod schemas: it is needed before the window, and loading zod costs 20 ms of the start.
 */
import { nativeTheme } from 'electron';
import type { Author, Preferences, Profile } from '../shared/api.ts';
import { keepRecord, readRecord, writeRecord } from './ownRecords.ts';

const RECORD = 'profile.json';
const DEFAULT_PREFERENCES: Preferences = { colorScheme: 'auto', density: 'comfortable' };

interface Settings {
  profile: Profile | null;
  preferences: Preferences;
}

let settings: Settings = { profile: null, preferences: DEFAULT_PREFERENCES };

/** Reads the record and applies the colour scheme, so that the window opens in the right one. */
export function setupProfile(): void {
  settings = settingsFrom(readRecord(RECORD));
  applyColorScheme();
}

export const currentProfile = (): Profile | null => settings.profile;
export const currentPreferences = (): Preferences => settings.preferences;

/** The profile as batches are signed with it, or null before the first run's question was answered. */
export function currentAuthor(): Author | null {
  const { profile } = settings;
  return profile ? { name: profile.name, post: profile.post || null } : null;
}

/** Rejects when the record cannot be written: the person must not believe that it was kept. */
export async function saveProfile(profile: Profile): Promise<void> {
  await writeRecord(RECORD, { ...settings, profile });
  settings = { ...settings, profile };
}

/** Applied at once; a disk that refuses costs only that the next start does not know. */
export async function savePreferences(preferences: Preferences): Promise<void> {
  settings = { ...settings, preferences };
  applyColorScheme();
  await keepRecord(RECORD, settings);
}

function applyColorScheme(): void {
  const { colorScheme } = settings.preferences;
  nativeTheme.themeSource = colorScheme === 'auto' ? 'system' : colorScheme;
}

/** What can be understood of a stored record; anything else takes its default. */
export function settingsFrom(record: unknown): Settings {
  const { profile, preferences } = (record ?? {}) as { profile?: Partial<Profile>; preferences?: Partial<Preferences> };
  const name = typeof profile?.name === 'string' ? profile.name.trim() : '';
  return {
    profile:
      name === ''
        ? null
        : {
            name: name.slice(0, 200),
            post: typeof profile?.post === 'string' ? profile.post.trim().slice(0, 200) : '',
            side: profile?.side === 'pk' || profile?.side === 'kz' ? profile.side : null,
          },
    preferences: {
      colorScheme: oneOf(['auto', 'light', 'dark'], preferences?.colorScheme) ?? DEFAULT_PREFERENCES.colorScheme,
      density: oneOf(['comfortable', 'compact'], preferences?.density) ?? DEFAULT_PREFERENCES.density,
    },
  };
}

const oneOf = <const T extends string>(known: readonly T[], value: unknown): T | null =>
  known.find((candidate) => candidate === value) ?? null;
