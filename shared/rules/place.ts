/**
 * Where a file lies, and whether that is a bad place for one that is being written: a network drive (locks and syncing are
 * unreliable), a folder that a service synchronises (it copies half-written states and makes "conflicted copies"), a stick
 * (pulled while writing). Pure: what the computer knows is passed in. The answer is for an offer, not for a refusal.
 */
export type Place =
  | { kind: 'local' }
  | { kind: 'network' }
  /** `service` is its name as people know it. */
  | { kind: 'cloud'; service: string }
  | { kind: 'removable' };

export interface PlaceFacts {
  /** Absolute, links followed (on Windows a mapped drive becomes its UNC path by that). */
  path: string;
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Folders that services say they synchronise, from their own records. */
  syncRoots?: readonly { root: string; service: string }[];
  /** Linux and macOS: what is mounted where. */
  mounts?: readonly { at: string; type: string }[];
  /** Windows, as far as known: kinds of drives by letter. */
  drives?: Readonly<Record<string, 'fixed' | 'removable' | 'network'>>;
}

/** Names that services give their folder, whole names only: "Sandbox" holds no Box, "My Dropbox notes" no Dropbox. */
const FOLDER_NAMES: readonly [pattern: RegExp, service: string][] = [
  [/^OneDrive( - .+)?$/i, 'OneDrive'],
  [/^SkyDrive$/i, 'OneDrive'],
  [/^Dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^(Google Drive|GoogleDrive(-.+)?|My Drive|DriveFS)$/i, 'Google Drive'],
  [/^Nextcloud\d*$/i, 'Nextcloud'],
  [/^ownCloud\d*$/i, 'ownCloud'],
  [/^(Yandex\.?Disk|YandexDisk-.+|Яндекс\.?Диск)$/i, 'Yandex Disk'],
  [/^(Mail\.Ru Cloud|Облако Mail\.Ru)$/i, 'Cloud Mail.ru'],
  [/^(iCloudDrive|com~apple~CloudDocs)$/i, 'iCloud Drive'],
  [/^pCloud ?Drive$/i, 'pCloud'],
  [/^(Box|Box Sync)$/, 'Box'],
  [/^(MEGA|MEGAsync)$/i, 'MEGA'],
  [/^(Syncthing|Sync)$/, 'Syncthing'],
  [/^(BaiduSyncdisk|BaiduNetdiskWorkspace)$/i, 'Baidu'],
];

const ENVIRONMENT: readonly [name: string, service: string][] = [
  ['OneDrive', 'OneDrive'],
  ['OneDriveCommercial', 'OneDrive'],
  ['OneDriveConsumer', 'OneDrive'],
];

const NETWORK_TYPES =
  /^(nfs\d?|cifs|smb\d?|smbfs|afpfs|webdav|davfs|9p|ncpfs|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|smbnetfs))$/i;

/** Folders right under which a system puts what is plugged in. */
const MEDIA_ROOTS = ['/media', '/run/media', '/mnt/usb', '/Volumes'];

export function placeOf(facts: PlaceFacts): Place {
  const { path, platform } = facts;
  if (isNetwork(facts)) return { kind: 'network' };
  const service = cloudService(facts);
  if (service !== null) return { kind: 'cloud', service };
  if (platform === 'win32')
    return facts.drives?.[driveOf(path)] === 'removable' ? { kind: 'removable' } : { kind: 'local' };
  return MEDIA_ROOTS.some((root) => isInside(path, root, platform)) ? { kind: 'removable' } : { kind: 'local' };
}

function isNetwork({ path, platform, mounts = [], drives }: PlaceFacts): boolean {
  if (platform === 'win32') {
    // \\server\share and \\?\UNC\server\share; \\?\C:\ and \\.\ are this computer.
    if (/^[\\/]{2}(?![.?][\\/])/.test(path) || /^[\\/]{2}\?[\\/]UNC[\\/]/i.test(path)) return true;
    return drives?.[driveOf(path)] === 'network';
  }
  const mount = mounts
    .filter(({ at }) => isInside(path, at, platform))
    .reduce<{ at: string; type: string } | null>(
      (best, one) => (best && best.at.length >= one.at.length ? best : one),
      null,
    );
  return mount !== null && NETWORK_TYPES.test(mount.type);
}

function cloudService({ path, platform, env, home, syncRoots = [] }: PlaceFacts): string | null {
  for (const [name, service] of ENVIRONMENT) {
    const root = env[name];
    if (root && isInside(path, root, platform)) return service;
  }
  for (const { root, service } of syncRoots) if (root && isInside(path, root, platform)) return service;
  const folders = parts(path, platform).slice(0, -1);
  // macOS keeps all providers in one folder: ~/Library/CloudStorage/OneDrive-Ministry.
  const storage = folders.indexOf('CloudStorage');
  if (platform === 'darwin' && storage > 0 && folders[storage - 1] === 'Library') {
    const provider = folders[storage + 1];
    if (provider) return FOLDER_NAMES.find(([pattern]) => pattern.test(provider.split('-')[0] ?? ''))?.[1] ?? provider;
  }
  // A service's folder stands in the home folder or at the root of a drive; deeper down it is somebody's own name for something.
  const homeFolders = parts(home, platform);
  const isUnderHome = isInside(path, home, platform);
  const first = isUnderHome ? homeFolders.length : platform === 'win32' ? 1 : 0;
  const candidates = isUnderHome ? folders.slice(first, first + 2) : folders.slice(first, first + 3);
  for (const folder of candidates)
    for (const [pattern, service] of FOLDER_NAMES) if (pattern.test(folder)) return service;
  // iCloud's own folder on macOS lies deeper.
  return folders.includes('com~apple~CloudDocs') ? 'iCloud Drive' : null;
}

const parts = (path: string, platform: NodeJS.Platform): string[] =>
  path.split(platform === 'win32' ? /[\\/]+/ : /\/+/).filter((part) => part !== '');

/** True for a path below `root`; Windows and macOS do not tell letters' case apart. */
function isInside(path: string, root: string, platform: NodeJS.Platform): boolean {
  const fold = (text: string) => (platform === 'linux' ? text : text.toLowerCase());
  const outer = parts(fold(root), platform);
  const inner = parts(fold(path), platform);
  return outer.length < inner.length && outer.every((part, index) => part === inner[index]);
}

const driveOf = (path: string): string => path.slice(0, 1).toUpperCase();
