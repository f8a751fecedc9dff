/**
 * The window's pages, served under a scheme of their own: app://window/... is out/renderer/... and nothing else.
 * Unlike file:, such a page has an origin, gets a real Content-Security-Policy header, and can read no other file.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { app, protocol } from 'electron';
import { log } from './log.ts';

export const APP_SCHEME = 'app';
export const PRINT_SCHEME = 'mou-print';
const APP_HOST = 'window';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Where the built program lies, packaged or in a checkout. */
export const outFolder = (...names: string[]): string => join(app.getAppPath(), 'out', ...names);

/** The dev server's address under `npm run dev`; a packaged program never looks for one. */
export const devServerUrl = (): string | null => (app.isPackaged ? null : process.env.ELECTRON_RENDERER_URL || null);

/** The address of the window's page. */
export const pageUrl = (): string => devServerUrl() ?? `${APP_ORIGIN}/index.html`;

/** Null for what is no address. (Node 20 has no URL.parse.) */
export const parseUrl = (address: string): URL | null => (URL.canParse(address) ? new URL(address) : null);

/** True for a page that is ours and may therefore ask main. */
export const isOwnOrigin = (origin: string): boolean => {
  const dev = devServerUrl();
  return origin === APP_ORIGIN || (dev !== null && origin === new URL(dev).origin);
};

/** Before "ready": Chromium learns its schemes while it starts. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
    { scheme: PRINT_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

export function setupProtocol(): void {
  const root = outFolder('renderer');
  protocol.handle(APP_SCHEME, async (request) => {
    const path = resolveInside(root, request.url);
    if (!path) return notFound(request.url);
    try {
      const bytes = await readFile(path);
      return extname(path) === '.html' ? answer(bytes, path, PAGE_POLICY) : answer(bytes, path);
    } catch {
      return notFound(request.url);
    }
  });
}

/** Only what the program brings along, and nowhere to send anything. Styles are files, too: none is written inline. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The file below `root` that an address names, or null for anything that would lead outside of it. */
export function resolveInside(root: string, address: string): string | null {
  const url = parseUrl(address);
  if (!url || url.host !== APP_HOST || url.username || url.password || url.port) return null;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  // A backslash is a separator on Windows, a colon opens a drive or an alternate stream there.
  if (/[\0\\:]/.test(name)) return null;
  const path = resolve(root, `.${name.endsWith('/') ? `${name}index.html` : name}`);
  return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : null;
}

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** A file as a response, with the headers that every answer of ours carries. */
export function answer(body: string | Uint8Array<ArrayBuffer>, path: string, policy = "default-src 'none'"): Response {
  return new Response(body, {
    headers: {
      'Content-Type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'X-DNS-Prefetch-Control': 'off',
    },
  });
}

export function notFound(address: string): Response {
  log(`nothing to serve at ${address.slice(0, 200)}`);
  return new Response(null, { status: 404 });
}
