/** A window whose other processes are played in memory: real client, real rpc, real MessagePort, fake file. */
import { fileApi, type fileEvents } from '../../shared/api.ts';
import { serve } from '../../shared/rpc/server.ts';
import {
  createFakeFile,
  createFakeShell,
  type FakeFile,
  type FakeFileOptions,
  type FakeShellOptions,
} from './fakeClient.ts';

export interface FakeWindow {
  file: FakeFile;
  shell: ReturnType<typeof createFakeShell>;
  /** Cuts the line to the file, as a crash of its process does, and returns what makes it anew. */
  close: () => void;
}

/** Sets the bridge up; `attachPort` is passed in, for it must be imported after the environment is a document. */
export function installFakeWindow(
  attachPort: (port: MessagePort) => void,
  options: FakeFileOptions & FakeShellOptions = {},
): FakeWindow {
  const file = createFakeFile(options);
  const shell = createFakeShell(options);
  window.shell = shell;
  const { port1, port2 } = new MessageChannel();
  const post = serve<typeof fileApi, typeof fileEvents>(
    fileApi,
    file.handlers,
    {
      post: (message) => port1.postMessage(message),
      listen: (onMessage) => {
        port1.onmessage = (event) => onMessage(event.data);
      },
    },
    {
      logBug: (method, error) => {
        throw new Error(`${method}: ${String(error)}`);
      },
      checkOutputs: true,
    },
  );
  file.onChanged((changed) => post('changed', changed));
  attachPort(port2);
  return { file, shell, close: () => port1.close() };
}
