import { describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({
  app: { getPath: () => '/nowhere', isPackaged: true },
  screen: {},
  nativeTheme: {},
  protocol: {},
}));
const { DEFAULT_SIZE, MIN_SIZE, placeWindow } = await import('../../electron/windowState.ts');
const { settingsFrom } = await import('../../electron/profile.ts');
const { recentFrom } = await import('../../electron/recentFiles.ts');

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const left = { x: -1280, y: 0, width: 1280, height: 1000 };

describe('where the window opens', () => {
  test('the first time it has its ordinary size and the system places it', () => {
    expect(placeWindow(null, [screen])).toEqual({ ...DEFAULT_SIZE, isMaximized: false });
  });

  test('it comes back where it was, maximised or not', () => {
    const saved = { x: 100, y: 50, width: 1300, height: 900, isMaximized: true };
    expect(placeWindow(saved, [screen])).toEqual(saved);
    expect(placeWindow({ ...saved, x: -1200, width: 1000 }, [screen, left])).toMatchObject({ x: -1200, width: 1000 });
  });

  test('a place on a screen that is gone is forgotten, the size is kept', () => {
    const placed = placeWindow({ x: -1200, y: 50, width: 1000, height: 700 }, [screen]);
    expect(placed).toEqual({ width: 1000, height: 700, isMaximized: false });
  });

  test.each([
    { x: 1900, y: 50 },
    { x: 100, y: 1030 },
    { x: 100, y: -300 },
    { x: -1250, y: 50 },
  ])('a title bar that no hand could catch (%o) is not used', (corner) => {
    expect(placeWindow({ ...corner, width: 1280, height: 800 }, [screen])).not.toHaveProperty('x');
  });

  test('it is never larger than its screen, nor smaller than can be used', () => {
    expect(placeWindow({ x: 0, y: 0, width: 9999, height: 9999 }, [screen])).toMatchObject({
      width: 1920,
      height: 1040,
    });
    expect(placeWindow({ x: 0, y: 0, width: 10, height: 10 }, [screen])).toMatchObject(MIN_SIZE);
  });

  test.each([42, 'x', [], { width: 'wide', x: Number.NaN, y: null }, { width: Number.POSITIVE_INFINITY }])(
    'a damaged record (%o) is as good as none',
    (record) => expect(placeWindow(record, [screen])).toEqual({ ...DEFAULT_SIZE, isMaximized: false }),
  );

  test('without any screen it still opens', () => {
    expect(placeWindow(null, [])).toEqual({ ...DEFAULT_SIZE, isMaximized: false });
  });
});

describe('records of this installation', () => {
  test('a profile needs a name; everything else has a default', () => {
    expect(settingsFrom({ profile: { name: ' Ann ' } })).toEqual({
      profile: { name: 'Ann', post: '', side: null },
      preferences: { colorScheme: 'auto', density: 'comfortable' },
    });
    expect(settingsFrom({ profile: { name: '  ' } }).profile).toBeNull();
  });

  test('values of another version or a damaged file are replaced one by one', () => {
    const { profile, preferences } = settingsFrom({
      profile: { name: 'Ann', post: 7, side: 'xx' },
      preferences: { colorScheme: 'sepia', density: 'compact' },
    });
    expect(profile).toEqual({ name: 'Ann', post: '', side: null });
    expect(preferences).toEqual({ colorScheme: 'auto', density: 'compact' });
    expect(settingsFrom('nonsense').profile).toBeNull();
  });

  test('recent files that are no files are left out', () => {
    const record = { files: [{ path: '/a.mou', openedAt: 5 }, { path: 3 }, null, 'x'], lastOpen: 7 };
    expect(recentFrom(record)).toEqual({ files: [{ path: '/a.mou', openedAt: 5 }], lastOpen: null });
    expect(recentFrom(null)).toEqual({ files: [], lastOpen: null });
  });
});
