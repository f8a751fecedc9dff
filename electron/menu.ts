/**
 * The menu bar. What the window carries out itself is sent to it as a command, so that menu, keys and buttons are one
 * path. Keys reach the page first, and only one that it leaves alone gets to the menu. Undo and redo never do: in a text
 * field they take back typing, even when there is no more of it, so the page alone listens for them (useGlobalKeys.ts).
 */
import { basename } from 'node:path';
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { EventPayload, shellEvents } from '../shared/api.ts';
import { showAbout } from './dialogs.ts';
import { currentPath, onOpenFile, openFromOutside } from './openFile.ts';
import { recentPaths } from './recentFiles.ts';
import { t } from './text.ts';
import { mainWindow, tellWindow } from './windows.ts';

type Command = EventPayload<typeof shellEvents, 'command'>['command'];
type Item = MenuItemConstructorOptions;

const isMac = process.platform === 'darwin';
const separator: Item = { type: 'separator' };

export function setupMenu(): void {
  onOpenFile(update);
  update();
}

/** Menu and title say which file is open. */
function update(): void {
  const path = currentPath();
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(path !== null, recentPaths())));
  const window = mainWindow();
  window?.setTitle(path ? basename(path) : t('appName'));
  if (isMac) window?.setRepresentedFilename(path ?? '');
}

export function menuTemplate(isFileOpen: boolean, recent: string[]): Item[] {
  const withFile = (label: string, name: Command, accelerator?: string): Item => ({
    ...command(label, name, accelerator),
    enabled: isFileOpen,
  });
  return [
    ...(isMac ? [appMenu()] : []),
    {
      label: t('menu.file'),
      submenu: [
        command(t('menu.newFromRegister'), 'new', 'CmdOrCtrl+N'),
        command(t('menu.newEmpty'), 'new-empty'),
        command(t('menu.open'), 'open', 'CmdOrCtrl+O'),
        { label: t('menu.openRecent'), submenu: recentMenu(recent) },
        separator,
        withFile(t('menu.merge'), 'merge', 'CmdOrCtrl+Shift+M'),
        withFile(t('menu.saveCopy'), 'save-copy', 'CmdOrCtrl+Shift+S'),
        separator,
        withFile(t('menu.exportReport'), 'export-pdf', 'CmdOrCtrl+P'),
        withFile(t('menu.exportRegister'), 'export-csv', 'CmdOrCtrl+E'),
        separator,
        command(t('menu.profile'), 'profile'),
        separator,
        withFile(t('menu.close'), 'close', 'CmdOrCtrl+W'),
        ...(isMac ? [] : [{ label: t('menu.quit'), accelerator: 'CmdOrCtrl+Q', click: () => app.quit() }]),
      ],
    },
    {
      label: t('menu.edit'),
      submenu: [
        { ...withFile(t('menu.undo'), 'undo', 'CmdOrCtrl+Z'), registerAccelerator: false },
        { ...withFile(t('menu.redo'), 'redo', 'CmdOrCtrl+Shift+Z'), registerAccelerator: false },
        separator,
        { role: 'cut', label: t('menu.cut') },
        { role: 'copy', label: t('menu.copy') },
        { role: 'paste', label: t('menu.paste') },
        { role: 'selectAll', label: t('menu.selectAll') },
        separator,
        withFile(t('menu.find'), 'find', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: t('menu.view'),
      submenu: [
        withFile(t('menu.goToday'), 'go-today', 'CmdOrCtrl+1'),
        withFile(t('menu.goRegister'), 'go-register', 'CmdOrCtrl+2'),
        withFile(t('menu.goActivity'), 'go-activity', 'CmdOrCtrl+3'),
        withFile(t('menu.goPeople'), 'go-people', 'CmdOrCtrl+4'),
        withFile(t('menu.goSharing'), 'go-sharing', 'CmdOrCtrl+5'),
        separator,
        { role: 'resetZoom', label: t('menu.actualSize') },
        { role: 'zoomIn', label: t('menu.zoomIn') },
        // Where "+" needs Shift, people press the key without it.
        { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false, acceleratorWorksWhenHidden: true },
        { role: 'zoomOut', label: t('menu.zoomOut') },
        separator,
        { role: 'togglefullscreen', label: t('menu.fullScreen') },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const, label: t('menu.developerTools') }]),
      ],
    },
    {
      role: 'help',
      label: t('menu.help'),
      submenu: [
        command(t('menu.helpTopics'), 'help', 'F1'),
        ...(isMac ? [] : [separator, { label: aboutLabel(), click: showAbout }]),
      ],
    },
  ];
}

const command = (label: string, name: Command, accelerator?: string): Item => ({
  label,
  accelerator,
  click: () => tellWindow('command', { command: name }),
});

function recentMenu(paths: string[]): Item[] {
  if (paths.length === 0) return [{ label: t('menu.noRecent'), enabled: false }];
  return paths.map((path) => ({
    // An ampersand in a file's name is no mark for a key.
    label: basename(path).replaceAll('&', '&&'),
    toolTip: path,
    click: () => void openFromOutside(path),
  }));
}

const aboutLabel = () => t('menu.about', { app: t('appName') });

/** macOS keeps these in a menu named after the program. */
const appMenu = (): Item => ({
  label: t('appName'),
  submenu: [
    { label: aboutLabel(), click: showAbout },
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { role: 'quit' },
  ],
});
