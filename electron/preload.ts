/** The bridge of shared/bridge.ts. Runs in the sandbox of a window, in a world of its own, before the page's scripts. */
import { contextBridge, ipcRenderer } from 'electron';
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
