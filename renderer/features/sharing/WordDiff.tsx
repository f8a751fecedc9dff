/** A text with what differs from another one marked: by colour and by line, for eyes, and in words for screen readers. */
import { useTranslation } from 'react-i18next';
import styles from './Conflict.module.css';
import { wordDiff } from './wordDiff.ts';

export function WordDiff({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation();
  const parts = wordDiff(before, after);
  return (
    <span className={styles.text} dir="auto">
      {parts.map((part, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts are computed anew with the texts and have no state
        if (part.kind === 'same') return <span key={index}>{part.text}</span>;
        const Mark = part.kind === 'added' ? 'ins' : 'del';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Mark key={index} className={styles[part.kind]}>
            <span className="visually-hidden">{` [${t(`sharing.${part.kind}`)}: `}</span>
            {part.text}
            <span className="visually-hidden">] </span>
          </Mark>
        );
      })}
    </span>
  );
}
