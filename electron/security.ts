/**
 * What no window may do, whatever gets into it: reach a network, get a permission, go elsewhere, open another window.
 * Electron's security checklist, decided here once for every session and every page that is ever made.
 */
import { app, type Session, type WebContents } from 'electron';
import { log } from './log.ts';
import { devServerUrl, pageUrl, parseUrl } from './protocol.ts';

/** Before "ready": switches are read while Chromium starts. */
export function setupSecurity(): void {
  // Root on Linux (containers, CI) has to give --no-sandbox, and Chromium accepts no mixture. Every window asks for it too.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  stopBackgroundNetworking();
  app.on('session-created', lockSession);
  app.on('web-contents-created', (_, contents) => lockContents(contents));
}

/** Chromium's own errands (component updates, proxy discovery, name lookups) happen outside of any session's filter. */
function stopBackgroundNetworking(): void {
  const { commandLine } = app;
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-breakpad',
    'no-pings',
    'no-proxy-server',
  ]) {
    commandLine.appendSwitch(name);
  }
  // No host name or address leads anywhere, in any process. Development talks to the dev server on this computer.
  const exceptions = devServerUrl() ? ', EXCLUDE localhost, EXCLUDE 127.0.0.1' : '';
  commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${exceptions}`);
}

const OWN_SCHEMES = new Set(['app:', 'mou-print:', 'data:', 'blob:', 'devtools:']);

/** True for what never leaves this computer: our own schemes, and in development the dev server. */
export function isLocalRequest(url: string, devServer: string | null): boolean {
  const target = parseUrl(url);
  if (!target) return false;
  if (OWN_SCHEMES.has(target.protocol)) return true;
  const dev = devServer ? parseUrl(devServer) : null;
  return dev !== null && target.host === dev.host && ['http:', 'ws:'].includes(target.protocol);
}

function lockSession(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const isAllowed = isLocalRequest(url, devServerUrl());
    if (!isAllowed) log(`refused a request to ${url.slice(0, 200)}`);
    callback({ cancel: !isAllowed });
  });
  session.setPermissionCheckHandler(() => false);
  session.setPermissionRequestHandler((_, __, callback) => callback(false));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  // The spelling checker fetches its dictionaries from the internet.
  session.setSpellCheckerEnabled(false);
}

function lockContents(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    // The page may load itself again (its own "reload" after an error, hot reload), and go nowhere else.
    if (event.isMainFrame && withoutHash(event.url) === withoutHash(pageUrl())) return;
    event.preventDefault();
    log(`refused to leave the page for ${event.url.slice(0, 200)}`);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

const withoutHash = (url: string): string => (parseUrl(url)?.href ?? url).replace(/#.*$/, '');
