/** Who is writing, and how the window looks. */
import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { runCommand } from '../api/commands.ts';
import { useSessionStore } from '../stores/sessionStore.ts';
import styles from './Rail.module.css';

const SCHEMES = ['auto', 'light', 'dark'] as const;
const DENSITIES = ['comfortable', 'compact'] as const;

export function UserMenu() {
  const { t } = useTranslation();
  const profile = useSessionStore((s) => s.profile);
  const preferences = useSessionStore((s) => s.preferences);
  const savePreferences = useSessionStore((s) => s.savePreferences);
  const choice = (label: string, isChosen: boolean, run: () => void) => (
    <Menu.Item
      key={label}
      role="menuitemradio"
      aria-checked={isChosen}
      rightSection={isChosen ? <IconCheck size={16} /> : undefined}
      onClick={run}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={styles.user} aria-label={t('window.menuOf', { name: profile?.name ?? '' })}>
          <IconUserCircle size={20} stroke={1.6} />
          <span className={styles.who}>
            <span dir="auto">{profile?.name}</span>
            {profile?.post && (
              <span className={styles.post} dir="auto">
                {profile.post}
              </span>
            )}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => runCommand('profile')}>{t('window.editProfile')}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('window.appearance')}</Menu.Label>
        {SCHEMES.map((colorScheme) =>
          choice(t(`window.colorScheme.${colorScheme}`), preferences.colorScheme === colorScheme, () =>
            savePreferences({ colorScheme }),
          ),
        )}
        <Menu.Divider />
        <Menu.Label>{t('window.density')}</Menu.Label>
        {DENSITIES.map((density) =>
          choice(t(`window.densities.${density}`), preferences.density === density, () => savePreferences({ density })),
        )}
        <Menu.Divider />
        <Menu.Item onClick={() => runCommand('help')}>{t('window.keys')}</Menu.Item>
        <Menu.Item onClick={() => runCommand('open')}>{t('window.openFile')}</Menu.Item>
        <Menu.Item onClick={() => runCommand('close')}>{t('window.closeFile')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
