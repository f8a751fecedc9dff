/** Search over everything in the file, from anywhere: Ctrl+K, type, arrows, Enter. */
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../shared/api.ts';
import { fileClient } from '../api/client.ts';
import { MarkedText } from '../components/MarkedText.tsx';
import { useUiStore } from '../stores/uiStore.ts';
import styles from './SearchBox.module.css';

const LIMIT = 40;
/** Short enough to feel immediate, long enough not to ask for every letter of a fast typist. */
const WAIT_MS = 60;
const KINDS = ['instrument', 'note', 'person', 'body'] as const satisfies readonly SearchHit['kind'][];

interface Found {
  text: string;
  hits: SearchHit[];
  isMore: boolean;
}

export function SearchBox() {
  const { t } = useTranslation();
  const isOpen = useUiStore((s) => s.isSearchOpen);
  const setOpen = useUiStore((s) => s.setSearchOpen);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = useSearch(isOpen ? text : '');
  const inputRef = useRef<HTMLInputElement>(null);
  const returnTo = useRef<HTMLElement | null>(null);
  const id = useId();

  useEffect(() => {
    if (!isOpen || document.activeElement === inputRef.current) return;
    returnTo.current = document.activeElement as HTMLElement | null;
    inputRef.current?.focus();
    inputRef.current?.select();
  }, [isOpen]);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const hits = KINDS.flatMap((kind) => found?.hits.filter((hit) => hit.kind === kind) ?? []);

  const leave = () => {
    setOpen(false);
    returnTo.current?.focus();
  };
  const open = (hit: SearchHit | undefined) => {
    if (!hit) return;
    setOpen(false);
    setText('');
    inputRef.current?.blur();
    goToHit(hit);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const move = (to: number) => {
      event.preventDefault();
      setActive(Math.max(0, Math.min(hits.length - 1, to)));
    };
    if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active - 1);
    else if (event.key === 'PageDown') move(active + 8);
    else if (event.key === 'PageUp') move(active - 8);
    else if (event.key === 'Enter') open(hits[active]);
    else if (event.key === 'Escape') leave();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notices when the focus leaves the box with its results
    <div
      className={styles.box}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <search className={styles.field}>
        <IconSearch size={16} aria-hidden="true" />
        <input
          ref={inputRef}
          className={styles.input}
          type="search"
          role="combobox"
          aria-label={t('window.searchHint')}
          aria-expanded={isOpen}
          aria-controls={`${id}-results`}
          aria-activedescendant={isOpen && hits[active] ? `${id}-${active}` : undefined}
          placeholder={t('window.search')}
          value={text}
          dir="auto"
          onFocus={() => setOpen(true)}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
            setOpen(true);
          }}
          onKeyDown={onKeyDown}
        />
        {!isOpen && <kbd className={styles.keys}>Ctrl+K</kbd>}
      </search>
      {isOpen && (
        <div id={`${id}-results`} className={styles.results} role="listbox" aria-label={t('window.searchResults')}>
          {text.trim() === '' && <p className={styles.note}>{t('window.searchStart')}</p>}
          {found && hits.length === 0 && (
            <p className={styles.note}>{t('window.searchNothing', { text: found.text })}</p>
          )}
          {KINDS.map((kind) => {
            const first = hits.findIndex((hit) => hit.kind === kind);
            if (first < 0) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
              <div key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
                <div id={`${id}-${kind}`} className={styles.group}>
                  {t(`window.searchGroup.${kind}`)}
                </div>
                {hits.map((hit, index) =>
                  hit.kind === kind ? (
                    <Hit
                      key={`${hit.kind}-${hit.id}`}
                      id={`${id}-${index}`}
                      hit={hit}
                      isActive={index === active}
                      onPoint={() => setActive(index)}
                      onOpen={() => open(hit)}
                    />
                  ) : null,
                )}
              </div>
            );
          })}
          {found?.isMore && <p className={styles.note}>{t('window.searchMore', { count: LIMIT })}</p>}
        </div>
      )}
    </div>
  );
}

interface HitProps {
  id: string;
  hit: SearchHit;
  isActive: boolean;
  onPoint: () => void;
  onOpen: () => void;
}

function Hit({ id, hit, isActive, onPoint, onOpen }: HitProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: as above, by aria-activedescendant
    <div
      id={id}
      className={styles.hit}
      role="option"
      aria-selected={isActive}
      data-active={isActive || undefined}
      onPointerMove={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onOpen}
    >
      <div className={styles.title} dir="auto">
        {hit.title}
      </div>
      {hit.excerpt !== hit.title && (
        <div className={styles.excerpt} dir="auto">
          <MarkedText text={hit.excerpt} marks={hit.marks} />
        </div>
      )}
    </div>
  );
}

/** Notes lead to their instrument; a person or body leads to the register filtered by it. */
function goToHit(hit: SearchHit): void {
  const ui = useUiStore.getState();
  if (hit.instrumentId !== null) ui.go({ page: 'instrument', id: hit.instrumentId });
  else ui.openRegister(hit.kind === 'body' ? { bodyIds: [hit.id] } : { ownerIds: [hit.id] });
}

/** The answer to the latest text; earlier ones that come late are dropped. */
function useSearch(text: string): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    if (text.trim() === '') {
      setFound(null);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const reply = await fileClient['search.query']({ text, limit: LIMIT });
      if (isCurrent && reply.ok) setFound({ text, ...reply.value });
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return found;
}
