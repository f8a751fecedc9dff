/** Bad places for a file that is being written, and names that only sound like them. */
import { describe, expect, test } from 'vitest';
import { mountsOf } from '../../db/place.ts';
import { type PlaceFacts, placeOf } from '../../shared/rules/place.ts';

const windows = (path: string, facts: Partial<PlaceFacts> = {}) =>
  placeOf({ path, platform: 'win32', env: {}, home: 'C:\\Users\\Aigerim', ...facts });
const linux = (path: string, facts: Partial<PlaceFacts> = {}) =>
  placeOf({ path, platform: 'linux', env: {}, home: '/home/aigerim', ...facts });
const mac = (path: string) => placeOf({ path, platform: 'darwin', env: {}, home: '/Users/aigerim' });
const cloud = (service: string) => ({ kind: 'cloud', service });

describe('a network place', () => {
  test.each(['\\\\server\\share\\a.mou', '//server/share/a.mou', '\\\\?\\UNC\\server\\share\\a.mou'])('%s', (path) => {
    expect(windows(path)).toEqual({ kind: 'network' });
  });

  test('a mapped drive, where the computer knows it for one', () => {
    expect(windows('Z:\\a.mou', { drives: { Z: 'network' } })).toEqual({ kind: 'network' });
  });

  test('what a system has mounted from elsewhere, by the innermost mount', () => {
    const mounts = mountsOf(
      '/dev/sda1 / ext4 rw 0 0\n//nas/x /srv/our\\040files cifs rw 0 0\n/dev/sdb1 /srv/our\\040files/local ext4 rw 0 0\n',
    );
    expect(linux('/srv/our files/a.mou', { mounts })).toEqual({ kind: 'network' });
    expect(linux('/srv/our files/local/a.mou', { mounts })).toEqual({ kind: 'local' });
    expect(linux('/srv/our files too/a.mou', { mounts })).toEqual({ kind: 'local' });
  });

  test('a path of this computer in its long form is none', () => {
    expect(windows('\\\\?\\C:\\Users\\Aigerim\\a.mou')).toEqual({ kind: 'local' });
  });
});

describe('a synchronised place', () => {
  test.each([
    ['C:\\Users\\Aigerim\\OneDrive\\a.mou', 'OneDrive'],
    ['C:\\Users\\Aigerim\\OneDrive - Ministry of Energy\\Desktop\\a.mou', 'OneDrive'],
    ['C:\\Users\\Aigerim\\Dropbox (Personal)\\x\\a.mou', 'Dropbox'],
    ['D:\\Nextcloud\\a.mou', 'Nextcloud'],
    ['G:\\My Drive\\a.mou', 'Google Drive'],
    ['C:\\Users\\Aigerim\\YandexDisk\\a.mou', 'Yandex Disk'],
    ['C:\\Users\\Aigerim\\Яндекс.Диск\\a.mou', 'Yandex Disk'],
    ['C:\\Users\\Aigerim\\iCloudDrive\\a.mou', 'iCloud Drive'],
    ['C:\\Users\\Aigerim\\Sync\\a.mou', 'Syncthing'],
  ])('%s', (path, service) => {
    expect(windows(path)).toEqual(cloud(service));
  });

  test('by what the service says of itself, wherever the folder was moved', () => {
    expect(windows('E:\\Work\\a.mou', { env: { OneDriveCommercial: 'e:\\work' } })).toEqual(cloud('OneDrive'));
    expect(linux('/data/shared/a.mou', { syncRoots: [{ root: '/data/shared', service: 'Dropbox' }] })).toEqual(
      cloud('Dropbox'),
    );
  });

  test('on macOS, where all services share one folder', () => {
    expect(mac('/Users/aigerim/Library/CloudStorage/OneDrive-Ministry/a.mou')).toEqual(cloud('OneDrive'));
    expect(mac('/Users/aigerim/Library/Mobile Documents/com~apple~CloudDocs/a.mou')).toEqual(cloud('iCloud Drive'));
  });

  test.each([
    'C:\\Users\\Aigerim\\Sandbox\\a.mou',
    'C:\\Users\\Aigerim\\Inbox\\a.mou',
    'C:\\Users\\Aigerim\\Documents\\Dropbox notes\\a.mou',
    'C:\\Users\\Aigerim\\Documents\\OneDriver\\a.mou',
    'C:\\Users\\Aigerim\\Documents\\Papers\\Box\\a.mou',
    'C:\\Users\\Aigerim\\Documents\\Synchronisation\\a.mou',
    'C:\\Users\\Aigerim\\Documents\\Dropbox.mou',
    'C:\\Program Files\\Omega\\a.mou',
  ])('not by the sound of it: %s', (path) => {
    expect(windows(path, { env: { OneDrive: 'C:\\Users\\Aigerim\\OneDrive', OneDriveConsumer: '' } })).toEqual({
      kind: 'local',
    });
  });
});

describe('a removable place', () => {
  test('is where systems put what is plugged in', () => {
    expect(linux('/media/aigerim/STICK/a.mou')).toEqual({ kind: 'removable' });
    expect(linux('/run/media/aigerim/STICK/a.mou')).toEqual({ kind: 'removable' });
    expect(mac('/Volumes/STICK/a.mou')).toEqual({ kind: 'removable' });
    expect(windows('F:\\a.mou', { drives: { F: 'removable' } })).toEqual({ kind: 'removable' });
  });

  test('is not a folder of the same name', () => {
    expect(linux('/home/aigerim/media/a.mou')).toEqual({ kind: 'local' });
    expect(windows('C:\\media\\a.mou')).toEqual({ kind: 'local' });
  });
});
