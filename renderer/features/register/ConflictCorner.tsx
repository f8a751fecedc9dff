/** The quiet mark of a cell about which copies say different things; at the number, of anything about the instrument. */
import { useTranslation } from 'react-i18next';
import type { ConflictCell } from '../../../shared/sharing.ts';
import { conflictField } from '../../../shared/text/conflictText.ts';
import styles from './RegisterGrid.module.css';
import type { ColumnId } from './registerColumns.ts';

/** Columns that are not called like their field. */
const FIELDS: Partial<Record<ColumnId, readonly string[]>> = {
  pkOwner: ['pkOwnerId'],
  kzOwner: ['kzOwnerId'],
  pkLeadBody: ['pkLeadBodyId'],
  kzLeadBody: ['kzLeadBodyId'],
  health: ['healthOverride', 'healthOverrideReason'],
};

interface ConflictCornerProps {
  conflicts: readonly ConflictCell[];
  columnId: ColumnId;
}

export function ConflictCorner({ conflicts, columnId }: ConflictCornerProps) {
  const fields = FIELDS[columnId] ?? [columnId];
  const here =
    columnId === 'number'
      ? conflicts
      : conflicts.filter(({ entity, field }) => entity === 'instrument' && fields.includes(field));
  return here.length === 0 ? null : <Corner conflicts={here} />;
}

function Corner({ conflicts }: Pick<ConflictCornerProps, 'conflicts'>) {
  const { t } = useTranslation();
  const words = `${t('sharing.inConflict')}: ${conflicts.map(({ entity, field }) => (entity === 'note' ? t('entity.note') : conflictField(t, field))).join(', ')}`;
  return (
    <span className={styles.corner} title={words}>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
