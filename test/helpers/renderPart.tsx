/** Draws one component as the window would, for tests that look at it and operate it. Finds by role and name. */
import { MantineProvider } from '@mantine/core';
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { i18n } from '../../renderer/text/i18n.ts';
import { theme } from '../../renderer/theme.ts';

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

// What jsdom lacks and components ask for.
window.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener: () => {}, removeEventListener: () => {} }) as never;
Element.prototype.scrollIntoView ??= () => {};
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

export interface Part {
  root: HTMLElement;
  find: (role: string, name?: string) => HTMLElement;
  all: (role: string) => HTMLElement[];
  type: (field: HTMLElement, text: string) => Promise<void>;
  press: (target: HTMLElement, key: string, more?: KeyboardEventInit) => Promise<void>;
  click: (target: HTMLElement) => Promise<void>;
  leave: (target: HTMLElement) => Promise<void>;
  remove: () => void;
}

const ROLES: Record<string, string> = {
  textbox: 'input:not([type]):not([role]), input[type=text]:not([role]), textarea, [role=textbox]',
  button: 'button, [role=button]',
};

const nameOf = (element: HTMLElement): string => {
  const id = element.getAttribute('aria-labelledby') ?? '';
  const label = element.id ? document.querySelector(`label[for="${element.id}"]`) : null;
  return (
    element.getAttribute('aria-label') ??
    label?.textContent ??
    document.getElementById(id)?.textContent ??
    element.textContent ??
    ''
  );
};

export async function renderPart(part: ReactNode): Promise<Part> {
  const root = document.body.appendChild(document.createElement('div'));
  const reactRoot = createRoot(root);
  await act(async () =>
    reactRoot.render(
      <I18nextProvider i18n={i18n}>
        <MantineProvider theme={theme} env="test" withCssVariables={false} withGlobalClasses={false}>
          {part}
        </MantineProvider>
      </I18nextProvider>,
    ),
  );
  const all = (role: string) => [...document.body.querySelectorAll<HTMLElement>(ROLES[role] ?? `[role=${role}]`)];
  return {
    root,
    all,
    find: (role, name) => {
      const found = all(role).find((element) => name === undefined || nameOf(element).includes(name));
      if (!found) throw new Error(`no ${role} “${name ?? ''}” in: ${document.body.textContent}`);
      return found;
    },
    type: (field, text) =>
      act(async () => {
        const prototype =
          field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
        Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    press: (target, key, more) =>
      act(async () => {
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
      }),
    click: (target) => act(async () => target.click()),
    leave: (target) =>
      act(async () => {
        target.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
      }),
    remove: () => {
      act(() => reactRoot.unmount());
      root.remove();
    },
  };
}
