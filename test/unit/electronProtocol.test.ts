import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: { getPath: () => '/nowhere', isPackaged: true }, protocol: {}, nativeTheme: {} }));
const { PAGE_POLICY, resolveInside } = await import('../../electron/protocol.ts');
const { isLocalRequest } = await import('../../electron/security.ts');

const root = resolve('/app/out/renderer');

describe('addresses of the window', () => {
  test('name files of the pages and nothing else', () => {
    expect(resolveInside(root, 'app://window/index.html')).toBe(join(root, 'index.html'));
    expect(resolveInside(root, 'app://window/assets/a%20b.js?x#y')).toBe(join(root, 'assets', 'a b.js'));
    expect(resolveInside(root, 'app://window/')).toBe(join(root, 'index.html'));
  });

  test.each([
    'app://window/../main/main.js',
    'app://window/%2e%2e/main/main.js',
    'app://window/..%2fmain%2fmain.js',
    'app://window/a/..%2f..%2f..%2fpackage.json',
    'app://window/..%5cmain%5cmain.js',
    'app://window/C:%5cWindows%5cwin.ini',
    'app://window/index.html::$DATA',
    'app://window/%00index.html',
    'app://window/%ff',
    'app://other/index.html',
    'app://user@window/index.html',
    'app://window:80/index.html',
    'app://window',
    'nonsense',
  ])('%s never leads out of them', (address) => {
    const path = resolveInside(root, address);
    // A dot segment that the address itself resolves stays inside, where there is no such file.
    if (path !== null) expect(path.startsWith(join(root, 'main'))).toBe(true);
  });
});

describe('requests', () => {
  test.each(['app://window/index.html', 'mou-print://document/1/', 'data:text/plain,x', 'blob:app://window/1'])(
    '%s stays on this computer',
    (url) => expect(isLocalRequest(url, null)).toBe(true),
  );

  test.each([
    'https://example.org/',
    'http://127.0.0.1/',
    'ws://localhost:5173/',
    'ftp://x/',
    'file:///etc/passwd',
    '?',
  ])('%s is refused', (url) => expect(isLocalRequest(url, null)).toBe(false));

  test('development may talk to its own server, and only to that', () => {
    const dev = 'http://localhost:5173';
    expect(isLocalRequest('http://localhost:5173/main.tsx', dev)).toBe(true);
    expect(isLocalRequest('ws://localhost:5173/', dev)).toBe(true);
    expect(isLocalRequest('http://localhost:5174/', dev)).toBe(false);
    expect(isLocalRequest('https://localhost:5173/', dev)).toBe(false);
  });
});

test('the page may load and send nothing beyond itself', () => {
  expect(PAGE_POLICY).toContain("default-src 'none'");
  expect(PAGE_POLICY).toContain("connect-src 'none'");
  expect(PAGE_POLICY).not.toContain('unsafe');
});
