/** What other content in the file's place is told with: the way back to what was there. */
import type { MadeBackup } from '../../shared/safekeeping.ts';
import { shell } from '../api/client.ts';
import { errorText, t } from '../text/i18n.ts';
import { useUiStore } from './uiStore.ts';

/** Says what was done; its Undo restores the backup that was kept of the file. */
export function tellWithWayBack(text: string, kept: MadeBackup): void {
  const { tell, tellProblem } = useUiStore.getState();
  tell(text, {
    label: t('window.undo'),
    run: () =>
      void shell['backup.restore']({ id: kept.id }).then((back) => {
        if (!back.ok) tellProblem(errorText(back.error));
      }),
  });
}
