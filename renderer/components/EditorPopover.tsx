/**
 * The panel in which a value is edited where it stands. Esc gives up; a click elsewhere keeps what was typed, as leaving
 * a cell of a table program does, and what cannot be kept stays open with its refusal.
 */
import { Popover, type PopoverProps } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface EditorPopoverProps extends Pick<PopoverProps, 'position' | 'offset' | 'width' | 'returnFocus'> {
  isOpen: boolean;
  /** What the panel stands at. */
  target: ReactNode;
  /** Padding of the panel; none for lists, which have their own. */
  padding?: number;
  onLeave: () => void;
  /** A click elsewhere, after the field has taken what was typed. Without it: the form is submitted, a list left. */
  onAway?: () => void;
  children: ReactNode;
}

export function EditorPopover({ isOpen, target, padding, onLeave, onAway, children, ...place }: EditorPopoverProps) {
  const panelRef = useRef<HTMLDivElement>(null);
  const isInside = useRef(false);

  useEffect(() => {
    if (!isOpen) return;
    const away = () => {
      const panel = panelRef.current;
      // The field has been saved and the panel closed by itself.
      if (!panel) return;
      if (onAway) return onAway();
      const form = panel.querySelector('form');
      if (form) form.requestSubmit();
      else if (!panel.querySelector('[aria-invalid="true"]')) onLeave();
    };
    const onMouseDown = (event: MouseEvent) => {
      // A calendar of this panel is drawn elsewhere in the document: React knows that it belongs here, see below.
      const wasInside = isInside.current;
      isInside.current = false;
      if (wasInside || isOpener(event.target)) return;
      const active = document.activeElement;
      if (active instanceof HTMLElement && panelRef.current?.contains(active)) active.blur();
      // Once React has drawn what the field said to what was typed.
      setTimeout(away);
    };
    document.addEventListener('mousedown', onMouseDown);
    return () => document.removeEventListener('mousedown', onMouseDown);
  }, [isOpen, onAway, onLeave]);

  return (
    <Popover opened={isOpen} {...place} trapFocus closeOnEscape={false} closeOnClickOutside={false}>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown
        ref={panelRef}
        p={padding}
        data-keeps={onAway === undefined || undefined}
        onMouseDownCapture={() => {
          isInside.current = true;
        }}
        onKeyDown={(event) => {
          // A key in the calendar is the calendar's.
          if (event.key !== 'Escape' || !event.currentTarget.contains(event.target as Node)) return;
          event.preventDefault();
          event.stopPropagation();
          onLeave();
        }}
      >
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The button that opened a panel closes it itself. */
const isOpener = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[aria-haspopup="dialog"][aria-expanded="true"]') !== null;
