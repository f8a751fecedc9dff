/** The system packages that Electron and the tests need on Debian and Ubuntu; other systems bring what it takes. */
import { capture, isLinuxRoot, isOnPath } from './run.mjs';

const needed = [
  // a screen where there is none
  'xvfb',
  'xauth',
  // what Chromium links to or opens
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libnotify4',
  'libsecret-1-0',
  'at-spi2-core',
  'fonts-liberation',
  // the stand-in for Electron is a zip file
  'unzip',
  // tests read the printed PDFs back
  'poppler-utils',
];

/** Tests hold ours against these; where a system has none they are skipped, and counted as skipped. */
const wanted = [
  // writes and opens encrypted copies as we do
  'age',
];

/** Installs what is missing where it can; otherwise prints the line that does. @returns {boolean} false: it failed */
export function installSystemLibraries() {
  if (process.platform !== 'linux') {
    console.log('System libraries: nothing to do on this system.');
    return true;
  }
  if (!isOnPath('dpkg-query') || !isOnPath('apt-get')) {
    console.log(
      `System libraries: not Debian or Ubuntu. Electron and the tests need what Debian calls: ${[...needed, ...wanted].join(' ')}`,
    );
    return true;
  }
  const missing = [...needed, ...wanted].filter((name) => !isInstalled(name));
  if (missing.length === 0) {
    console.log('System libraries: all there.');
    return true;
  }
  if (!isLinuxRoot()) {
    console.log(
      `System libraries: ${missing.length} missing. Please run: sudo apt-get install -y ${namesHere(missing).join(' ')}`,
    );
    return true;
  }
  console.log(`System libraries: installing ${missing.join(' ')}`);
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  capture('apt-get', ['update', '-qq']);
  const names = namesHere(missing);
  if (names.length === 0) return true;
  const line = ['install', '-y', '-qq', '--no-install-recommends', ...names];
  const done = capture('apt-get', line);
  if (!done.ok)
    console.error(
      `System libraries: "apt-get ${line.join(' ')}" failed: ${done.stderr.trim().split('\n').slice(-3).join(' ')}`,
    );
  return done.ok;
}

/** @param {string} name */
function isInstalled(name) {
  return [name, `${name}t64`].some((candidate) =>
    capture('dpkg-query', ['--status', candidate]).stdout.includes('Status: install ok installed'),
  );
}

/**
 * What apt calls them here: Debian 13 and Ubuntu 24.04 renamed some libraries (libasound2 is libasound2t64 there). Those
 * that are only wanted are left out where apt has none: one unknown name would keep it from installing the others.
 * @param {string[]} names
 */
function namesHere(names) {
  return names.flatMap((name) => {
    if (isOffered(`${name}t64`)) return `${name}t64`;
    if (!wanted.includes(name) || isOffered(name)) return name;
    console.log(`System libraries: apt has no ${name} here; the tests that use it are skipped.`);
    return [];
  });
}

/** @param {string} name */
function isOffered(name) {
  return capture('apt-cache', ['show', '--no-all-versions', name]).ok;
}
