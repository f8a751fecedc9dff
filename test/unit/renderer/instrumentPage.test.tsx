// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeFile, type FakeFile, fakeOpenFile } from '../../helpers/fakeClient.ts';
import { fakeId, fakeRegister } from '../../helpers/fakeRegister.ts';

let file: FakeFile;
vi.mock('../../../renderer/api/client.ts', async () => {
  const { clientOf } = await import('../../../shared/rpc/client.ts');
  const handlers = () => file.handlers as unknown as Record<string, (input: unknown, send?: unknown) => never>;
  return {
    fileClient: clientOf(async (method, input, onBlock) => handlers()[method]?.(input, onBlock) as never),
    onChanged: (listener: never) => {
      file.onChanged(listener);
      return () => {};
    },
  };
});

const { InstrumentPage } = await import('../../../renderer/features/instrument/InstrumentPage.tsx');
const { useInstrumentDetailStore } = await import('../../../renderer/stores/instrumentDetailStore.ts');
const { useInstrumentsStore } = await import('../../../renderer/stores/instrumentsStore.ts');
const { usePeopleStore } = await import('../../../renderer/stores/peopleStore.ts');
const { useSessionStore } = await import('../../../renderer/stores/sessionStore.ts');
const { useUiStore } = await import('../../../renderer/stores/uiStore.ts');
const { i18n } = await import('../../../renderer/text/i18n.ts');
const { todayCivil } = await import('../../../shared/civilDate.ts');

const RAILWAYS = fakeId(1, 4);
let root: Root;

/** Everything that waits for an answer of the fake file has it afterwards. */
const settle = () => act(async () => void (await new Promise((resolve) => setTimeout(resolve, 20))));

async function open(id: string) {
  await act(async () => {
    root.render(
      <I18nextProvider i18n={i18n}>
        <MantineProvider withCssVariables={false} withGlobalClasses={false} env="test">
          <InstrumentPage id={id} />
        </MantineProvider>
      </I18nextProvider>,
    );
  });
  await settle();
}

function named<E extends HTMLElement>(selector: string, name: RegExp): E {
  const found = [...document.querySelectorAll<E>(selector)].find((element) =>
    name.test(element.getAttribute('aria-label') ?? element.textContent ?? ''),
  );
  if (!found) throw new Error(`no ${selector} named ${name}`);
  return found;
}

/** Types as React hears it. */
async function type(element: HTMLTextAreaElement | HTMLInputElement, text: string) {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, text);
  await act(async () => void element.dispatchEvent(new Event('input', { bubbles: true })));
}

async function press(element: HTMLElement, key: string, more: KeyboardEventInit = {}) {
  await act(async () => {
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  });
  await settle();
}

async function click(element: HTMLElement) {
  await act(async () => element.click());
  await settle();
}

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  window.matchMedia = ((query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  })) as never;
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  } as never;
  file = createFakeFile({ instruments: fakeRegister(todayCivil()) });
  useSessionStore.setState({ file: fakeOpenFile() });
  useUiStore.setState({ route: { page: 'instrument', id: RAILWAYS } });
  await useInstrumentsStore.getState().load();
  await usePeopleStore.getState().load();
  const container = document.body.appendChild(document.createElement('div'));
  root = createRoot(container);
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  useInstrumentDetailStore.getState().reset();
  useInstrumentsStore.getState().reset();
});

describe('a note', () => {
  const composer = () => named<HTMLTextAreaElement>('textarea', /New note/);

  it('is added by Ctrl+Enter, and the composer is free again', async () => {
    await open(RAILWAYS);
    await type(composer(), 'Кездесу 3 наурызда өтті');
    await press(composer(), 'Enter', { ctrlKey: true });
    expect(document.body.textContent).toContain('Кездесу 3 наурызда өтті');
    expect(composer().value).toBe('');
  });

  it('that could not be saved stays where it was typed, with the reason below', async () => {
    await open(RAILWAYS);
    await type(composer(), 'Half a page of thought');
    file.refuseNext({ code: 'disk-full', details: { path: 'Committee.mou' } });
    await press(composer(), 'Enter', { ctrlKey: true });
    expect(composer().value).toBe('Half a page of thought');
    expect(document.querySelector('form [role=alert]')?.textContent).toContain('is full');
  });

  it('half written is still there after a look at another instrument', async () => {
    await open(RAILWAYS);
    await type(composer(), 'to be continued');
    await open(fakeId(1, 5));
    expect(composer().value).toBe('');
    await open(RAILWAYS);
    expect(composer().value).toBe('to be continued');
  });
});

describe('a value', () => {
  it('that was refused says so in its field and keeps what was typed', async () => {
    await open(RAILWAYS);
    const progress = named<HTMLInputElement>('input:not([type=range])', /^Progress$/);
    await type(progress, '150');
    await press(progress, 'Enter');
    expect(progress.value).toBe('150');
    expect(document.body.textContent).toContain('is not a whole number from 0 to 100');
  });

  it('of nothing but a number is no number of an instrument', async () => {
    await open(RAILWAYS);
    await click(named('button', /^Number: 4$/));
    const field = named<HTMLInputElement>('input', /^Number$/);
    await type(field, '4a');
    await press(field, 'Enter');
    expect(field.value).toBe('4a');
    expect(useInstrumentsStore.getState().byId[RAILWAYS]?.number).toBe(4);
  });
});

describe('health set by hand', () => {
  it('needs a reason', async () => {
    await open(RAILWAYS);
    await click(named('button', /^Why/));
    await click(named('input[type=radio]', /^$/));
    await click(named('button', /^Set$/));
    expect(document.body.textContent).toContain('Write the reason first.');
    expect(useInstrumentsStore.getState().byId[RAILWAYS]?.healthOverride).toBeNull();
  });
});

describe('keys', () => {
  it('lead by Alt and an arrow to the neighbour, by Esc back to the register', async () => {
    await open(RAILWAYS);
    await press(document.body, 'ArrowDown', { altKey: true });
    expect(useUiStore.getState().route).toEqual({ page: 'instrument', id: fakeId(1, 5) });
    await press(document.body, 'Escape');
    expect(useUiStore.getState().route).toEqual({ page: 'register' });
  });
});

it('an instrument that is not in the file says so and leads to the register', async () => {
  await open(fakeId(1, 999));
  expect(document.body.textContent).toContain('not in the file');
});
