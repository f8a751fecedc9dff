/** The heading of a group: its name, how many, and the way to fold it. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold only the rows in sight; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and tells its cursor by aria-activedescendant
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Health, Stage } from '../../../shared/entities/values.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import { cellId } from './GridRow.tsx';
import styles from './RegisterGrid.module.css';
import type { GridItem, Grouping } from './registerOrder.ts';

interface GroupRowProps {
  item: Extract<GridItem, { kind: 'group' }>;
  grouping: Grouping;
  ariaRowIndex: number;
  top: number;
  hasCursor: boolean;
}

export function GroupRow({ item, grouping, ariaRowIndex, top, hasCursor }: GroupRowProps) {
  const { t } = useTranslation();
  const name = groupName(t, grouping, item.value);
  const Icon = item.isFolded ? IconChevronRight : IconChevronDown;
  return (
    <div
      role="row"
      className={`${styles.row} ${styles.group}`}
      aria-rowindex={ariaRowIndex}
      aria-expanded={!item.isFolded}
      data-key={item.key}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        id={cellId(item.key, 'title')}
        className={styles.groupCell}
        aria-colindex={1}
        data-column="title"
        data-cursor={hasCursor || undefined}
      >
        <Icon size={16} className="flip" aria-hidden="true" />
        <bdi>{name}</bdi>
        <span className={styles.groupCount}>{item.count}</span>
      </div>
    </div>
  );
}

export function groupName(t: Translate, grouping: Grouping, value: string | null): string {
  switch (grouping) {
    case 'stage':
      return t(`stage.${value as Stage}`);
    case 'health':
      return t(`health.${value as Health}`);
    case 'sector':
      return value ?? t('noSector');
    default:
      return value ?? t('register.noOwner');
  }
}
