/** The bridge of shared/bridge.ts. Runs in the sandbox of a window, in a world of its own, before the page's scripts. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS, PORT_MESSAGE, type ShellBridge } from '../shared/bridge.ts';

const bridge: ShellBridge = {
  invoke: (method, input) => ipcRenderer.invoke(CHANNELS.call, method, input),
  on: (listener) => {
    const forward = (_: unknown, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on(CHANNELS.event, forward);
    return () => {
      ipcRenderer.off(CHANNELS.event, forward);
    };
  },
};

contextBridge.exposeInMainWorld('shell', bridge);

ipcRenderer.on(CHANNELS.port, (event) => window.postMessage(PORT_MESSAGE, location.origin, [...event.ports]));

// Files dropped on the window: only here does a dropped file have a path, and only main learns it.
window.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
});
window.addEventListener('drop', (event) => {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0) return;
  event.preventDefault();
  ipcRenderer.send(
    CHANNELS.dropped,
    files.map((file) => webUtils.getPathForFile(file)),
  );
});
