/** Which side a person or body belongs to: two letters, the whole name on hover and for screen readers. */
import { useTranslation } from 'react-i18next';
import type { Side } from '../../shared/entities/values.ts';
import styles from './SideTag.module.css';

export function SideTag({ side }: { side: Side }) {
  const { t } = useTranslation();
  const name = t(`side.${side}`);
  return (
    <abbr className={styles.tag} title={name} aria-label={name}>
      {t(`window.sideShort.${side}`)}
    </abbr>
  );
}
