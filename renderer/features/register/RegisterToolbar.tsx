/** Above the grid: how many, the register's own search, filters, groups, columns, export, and a new row. */
import { Button, CloseButton, Menu, TextInput } from '@mantine/core';
import { IconChevronDown, IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { runCommand } from '../../api/commands.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { AddFilter } from './FilterChips.tsx';
import styles from './RegisterToolbar.module.css';
import { GROUPINGS, type Grouping } from './registerOrder.ts';
import { useRegisterViewStore } from './registerViewStore.ts';

interface RegisterToolbarProps {
  shown: number;
  total: number;
  isLoaded: boolean;
}

export function RegisterToolbar({ shown, total, isLoaded }: RegisterToolbarProps) {
  const { t } = useTranslation();
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? false);
  const openDialog = useUiStore((s) => s.openDialog);
  const number = (value: number) => value.toLocaleString(t('locale'));
  return (
    <div className={styles.bar}>
      <h1 className={styles.title}>{t('register.title')}</h1>
      <span className={styles.count} role="status">
        {isLoaded && t('register.count', { shown: number(shown), total: number(total) })}
      </span>
      <RegisterSearch />
      <AddFilter />
      <span className={styles.space} />
      <GroupMenu />
      <ColumnsMenu />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={16} />}>{t('register.export')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => runCommand('export-csv')}>{t('register.exportCsv')}</Menu.Item>
          <Menu.Item onClick={() => runCommand('export-pdf')}>{t('register.exportPdf')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {!isReadOnly && (
        <Button leftSection={<IconPlus size={16} />} onClick={() => openDialog({ kind: 'new-instrument' })}>
          {t('register.add')}
        </Button>
      )}
    </div>
  );
}

function RegisterSearch() {
  const { t } = useTranslation();
  const text = useUiStore((s) => s.registerSearch);
  const setText = useUiStore((s) => s.setRegisterSearch);
  const inputRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== 'KeyF' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      inputRef.current?.focus();
      inputRef.current?.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <TextInput
      ref={inputRef}
      className={styles.search}
      size="xs"
      aria-label={t('register.search')}
      placeholder={t('register.search')}
      leftSection={<IconSearch size={16} />}
      rightSection={
        text !== '' && <CloseButton size="sm" aria-label={t('register.clearSearch')} onClick={() => setText('')} />
      }
      value={text}
      dir="auto"
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setText('');
      }}
    />
  );
}

function GroupMenu() {
  const { t } = useTranslation();
  const grouping = useRegisterViewStore((s) => s.grouping);
  const setGrouping = useRegisterViewStore((s) => s.setGrouping);
  const label =
    grouping === 'none' ? t('register.group') : `${t('register.group')}: ${t(`register.groupBy.${grouping}`)}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} />}>{label}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={grouping} onChange={(value) => setGrouping(value as Grouping)}>
          {GROUPINGS.map((value) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick>
              {t(`register.groupBy.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
