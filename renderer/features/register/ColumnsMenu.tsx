/** Which columns, in which order, how wide: with the keyboard too, for what dragging does in the header. */
import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './ColumnsMenu.module.css';
import { type ColumnId, PINNED, WIDTHS } from './registerColumns.ts';
import { useRegisterViewStore } from './registerViewStore.ts';

export function ColumnsMenu() {
  const { t } = useTranslation();
  const order = useRegisterViewStore((s) => s.order);
  const resetColumns = useRegisterViewStore((s) => s.resetColumns);
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button rightSection={<IconChevronDown size={16} />}>{t('register.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <div className={styles.panel}>
          {order
            .filter((id) => id !== 'select')
            .map((id) => (
              <ColumnRow key={id} id={id} />
            ))}
          <div className={styles.foot}>
            <Button onClick={resetColumns}>{t('register.columnsReset')}</Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnRow({ id }: { id: ColumnId }) {
  const { t } = useTranslation();
  const isVisible = useRegisterViewStore((s) => s.visibility[id] ?? true);
  const width = useRegisterViewStore((s) => s.widths[id]);
  const { setVisible, move, setWidths } = useRegisterViewStore.getState();
  const column = t(`register.column.${id}`);
  const isPinned = PINNED.includes(id);
  return (
    <div className={styles.row}>
      <Checkbox
        className={styles.name}
        size="xs"
        label={column}
        checked={isVisible}
        disabled={isPinned}
        onChange={(event) => setVisible(id, event.currentTarget.checked)}
      />
      {isVisible && (
        <input
          className={styles.width}
          type="number"
          min={40}
          max={800}
          step={10}
          aria-label={t('register.columnWidth', { column })}
          value={Math.round(width ?? WIDTHS[id])}
          onChange={(event) => {
            const pixels = Number(event.target.value);
            if (pixels > 0) setWidths({ ...useRegisterViewStore.getState().widths, [id]: Math.min(800, pixels) });
          }}
        />
      )}
      {([-1, 1] as const).map((step) => (
        <ActionIcon
          key={step}
          size={26}
          disabled={isPinned || !isVisible}
          aria-label={t(step < 0 ? 'register.columnUp' : 'register.columnDown', { column })}
          onClick={() => move(id, step)}
        >
          {step < 0 ? <IconArrowUp size={16} /> : <IconArrowDown size={16} />}
        </ActionIcon>
      ))}
    </div>
  );
}
