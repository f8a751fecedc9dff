/**
 * A list to pick from, with an optional search box above it: arrows move, Enter picks, Esc leaves. The panel inside
 * every picker, filter and choice editor; whoever shows it decides where.
 */
import { IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldedWords, foldText, hasWords } from '../../shared/text/searchText.ts';
import styles from './OptionList.module.css';

export interface Option {
  value: string;
  label: string;
  /** Second line, quiet; searched too. */
  hint?: string | null;
  /** Stands before the label: a shape, a tag. */
  mark?: ReactNode;
  /** Offered whatever is typed ("Nobody"). */
  isAlways?: boolean;
}

interface OptionListProps {
  /** Names the list for those who cannot see it. */
  label: string;
  options: readonly Option[];
  /** Values with a check mark. */
  chosen: readonly string[];
  onPick: (value: string) => void;
  onLeave?: () => void;
  /** Shows the search box under this placeholder. */
  searchLabel?: string;
  /** Told what is typed, where whoever shows the list does not hold all options itself. */
  onType?: (text: string) => void;
  /** An option made from what was typed, when nothing is called just that: "New person “Aigul”". */
  creating?: { label: (text: string) => string; run: (text: string) => void };
  /** Several can be chosen: screen readers say so. */
  isMultiple?: boolean;
}

const CREATE = '\u0000create';

/** Options whose label or hint has a word beginning with each typed word. */
export function matchingOptions(options: readonly Option[], typed: string): Option[] {
  const words = foldedWords(typed);
  if (words.length === 0) return [...options];
  return options.filter(({ isAlways, label, hint }) => isAlways || hasWords(foldText(`${label} ${hint ?? ''}`), words));
}

export function OptionList(props: OptionListProps) {
  const { label, options, chosen, onPick, onLeave, searchLabel, onType, creating, isMultiple = false } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const listId = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const inputRef = useRef<HTMLInputElement>(null);

  const shown = matchingOptions(options, typed);
  const text = typed.trim();
  if (creating && text !== '' && !options.some((option) => foldText(option.label) === foldText(text)))
    shown.push({ value: CREATE, label: creating.label(text) });

  const [active, setActive] = useState(() =>
    Math.max(
      0,
      options.findIndex((option) => chosen.includes(option.value)),
    ),
  );
  const at = Math.min(active, shown.length - 1);

  useEffect(() => {
    (inputRef.current ?? listRef.current)?.focus();
  }, []);
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, at]);

  const pick = (value: string | undefined) => {
    if (value === undefined) return;
    if (value === CREATE) creating?.run(text);
    else onPick(value);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const last = shown.length - 1;
    const move = (index: number) => {
      event.preventDefault();
      setActive(Math.max(0, Math.min(last, index)));
    };
    if (event.key === 'ArrowDown') move(at === last ? 0 : at + 1);
    else if (event.key === 'ArrowUp') move(at <= 0 ? last : at - 1);
    else if (event.key === 'PageDown') move(at + 8);
    else if (event.key === 'PageUp') move(at - 8);
    else if (event.key === 'Home' && !searchLabel) move(0);
    else if (event.key === 'End' && !searchLabel) move(last);
    else if (event.key === 'Enter' || (event.key === ' ' && !searchLabel)) {
      event.preventDefault();
      pick(shown[at]?.value);
    } else if (event.key === 'Escape' && onLeave) {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    }
  };

  const activeId = at >= 0 ? `${listId}-${at}` : undefined;
  return (
    <div className={styles.panel}>
      {searchLabel && (
        <input
          ref={inputRef}
          className={styles.search}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={activeId}
          aria-label={label}
          placeholder={searchLabel}
          value={typed}
          dir="auto"
          data-autofocus
          onChange={(event) => {
            setTyped(event.target.value);
            onType?.(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <div
        ref={listRef}
        id={listId}
        className={styles.list}
        role="listbox"
        tabIndex={searchLabel ? -1 : 0}
        data-autofocus={searchLabel ? undefined : true}
        aria-label={label}
        aria-multiselectable={isMultiple}
        aria-activedescendant={searchLabel ? undefined : activeId}
        onKeyDown={searchLabel ? undefined : onKeyDown}
      >
        {shown.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: as above, options are pointed at by aria-activedescendant
          <div
            key={option.value}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={chosen.includes(option.value)}
            className={styles.option}
            data-active={index === at || undefined}
            onPointerMove={() => setActive(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(option.value)}
          >
            {option.mark}
            <span className={styles.label} dir="auto">
              {option.label}
              {option.hint && <div className={styles.hint}>{option.hint}</div>}
            </span>
            {chosen.includes(option.value) && <IconCheck className={styles.check} aria-hidden="true" />}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className={styles.nothing}>{t('window.nothingFound')}</p>}
    </div>
  );
}
