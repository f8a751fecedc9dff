/** Where the window was: size, position and whether maximised, remembered in userData/window.json. */
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { keepRecord, readRecord } from './ownRecords.ts';

const RECORD = 'window.json';
export const DEFAULT_SIZE = { width: 1280, height: 800 };
export const MIN_SIZE = { width: 900, height: 600 };
/** So much of the window's top edge must lie on a screen for a hand to catch it and drag it back. */
const MIN_GRIP = { width: 120, height: 40 };

export interface WindowState {
  width: number;
  height: number;
  /** Absent: centred by the system. */
  x?: number;
  y?: number;
  isMaximized: boolean;
}

export const rememberedWindow = (): WindowState =>
  placeWindow(
    readRecord(RECORD),
    screen.getAllDisplays().map((display) => display.workArea),
  );

/** Remembers the window's place when it closes, and now and then while it is moved: a power cut must not lose it. */
export function rememberWindow(window: BrowserWindow): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    // While maximised, the place to go back to is what is worth remembering.
    void keepRecord(RECORD, { ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 1000);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
}

/** A stored state made fit for the screens that are there today: monitors go away, resolutions shrink, records lie. */
export function placeWindow(record: unknown, workAreas: Rectangle[]): WindowState {
  const saved = (record ?? {}) as Partial<Record<keyof WindowState, unknown>>;
  const [x, y] = [finite(saved.x), finite(saved.y)];
  const size = {
    width: Math.max(finite(saved.width) ?? DEFAULT_SIZE.width, MIN_SIZE.width),
    height: Math.max(finite(saved.height) ?? DEFAULT_SIZE.height, MIN_SIZE.height),
  };
  const isMaximized = saved.isMaximized === true;
  const home = x === null || y === null ? undefined : workAreas.find((area) => hasGrip({ x, y, ...size }, area));
  if (x === null || y === null || !home) return { ...fitInto(size, workAreas[0]), isMaximized };
  return { x, y, ...fitInto(size, home), isMaximized };
}

const finite = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : null;

/** Never larger than the screen; on a screen below the least size, the least size. */
const fitInto = (size: { width: number; height: number }, area: Rectangle | undefined) => ({
  width: area ? Math.max(MIN_SIZE.width, Math.min(size.width, area.width)) : size.width,
  height: area ? Math.max(MIN_SIZE.height, Math.min(size.height, area.height)) : size.height,
});

function hasGrip(bounds: Rectangle, area: Rectangle): boolean {
  const visible = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return visible >= MIN_GRIP.width && bounds.y >= area.y - 8 && bounds.y + MIN_GRIP.height <= area.y + area.height;
}
