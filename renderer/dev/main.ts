/**
 * The window in a plain browser, on made-up data: for looking at pages without Electron. Not part of the product.
 *   ?rows=10000  as many instruments    ?welcome  no file open    ?new  nobody has said who writes
 *   ?readonly    ?scheme=dark    ?density=compact    ?slow  every answer takes half a second
 */
import { fileApi, type fileEvents } from '../../shared/api.ts';
import { PORT_MESSAGE } from '../../shared/bridge.ts';
import { todayCivil } from '../../shared/civilDate.ts';
import { serve } from '../../shared/rpc/server.ts';
import { createFakeFile, createFakeShell, fakeOpenFile } from '../../test/helpers/fakeClient.ts';
import { fakeRegister } from '../../test/helpers/fakeRegister.ts';

const options = new URLSearchParams(location.search);
const count = Number(options.get('rows') ?? 37);
const file = createFakeFile({ instruments: fakeRegister(todayCivil(), count) });
const openFile = fakeOpenFile();
if (options.has('readonly')) Object.assign(openFile.info, { isReadOnly: true, readOnlyReason: 'busy' });

window.shell = createFakeShell({
  profile: options.has('new') ? null : undefined,
  file: options.has('welcome') || options.has('new') ? null : openFile,
  preferences: {
    colorScheme: (options.get('scheme') ?? 'light') as 'light' | 'dark',
    density: (options.get('density') ?? 'comfortable') as 'comfortable' | 'compact',
  },
  problem: options.has('problem')
    ? { code: 'file-damaged', details: { path: 'Committee.mou', problem: 'page 3' } }
    : null,
  recent: options.has('welcome')
    ? [
        {
          token: 'a',
          name: 'Working Committee 2026.mou',
          folder: 'Documents',
          openedAt: Date.now() - 3_600_000,
          isMissing: false,
        },
        {
          token: 'b',
          name: 'Committee (Energy).mou',
          folder: 'E:\\',
          openedAt: Date.now() - 9 * 86_400_000,
          isMissing: true,
        },
      ]
    : [],
});

const { port1, port2 } = new MessageChannel();
const post = serve<typeof fileApi, typeof fileEvents>(
  fileApi,
  file.handlers,
  {
    post: (message) => {
      if (options.has('slow') && message.kind === 'reply') setTimeout(() => port1.postMessage(message), 500);
      else port1.postMessage(message);
    },
    listen: (onMessage) => {
      port1.onmessage = (event) => onMessage(event.data);
    },
  },
  {
    logBug: (method, error) => {
      console.error(method, error);
      return 'see the console';
    },
    checkOutputs: count < 1000,
  },
);
file.onChanged((changed) => post('changed', changed));

await import('../main.tsx');
if (options.has('rtl')) document.documentElement.dir = 'rtl';
window.postMessage(PORT_MESSAGE, location.origin, [port2]);
