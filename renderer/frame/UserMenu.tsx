/** Who is writing, and how the window looks. */
import { Menu, UnstyledButton } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
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
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={styles.user}>
          <IconUserCircle size={20} stroke={1.6} />
          <span className={styles.who}>
            <span dir="auto">{profile?.name}</span>
            {profile?.post && (
              <span className={styles.post} dir="auto">
                {profile.post}
              </span>
            )}
          </span>
          <span className="visually-hidden">{t('window.menuOf')}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => runCommand('profile')}>{t('window.editProfile')}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('window.appearance')}</Menu.Label>
        <Menu.RadioGroup
          value={preferences.colorScheme}
          onChange={(value) => savePreferences({ colorScheme: value as (typeof SCHEMES)[number] })}
        >
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(`window.colorScheme.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('window.density')}</Menu.Label>
        <Menu.RadioGroup
          value={preferences.density}
          onChange={(value) => savePreferences({ density: value as (typeof DENSITIES)[number] })}
        >
          {DENSITIES.map((density) => (
            <Menu.RadioItem key={density} value={density}>
              {t(`window.densities.${density}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => runCommand('help')}>{t('window.help')}</Menu.Item>
        <Menu.Item onClick={() => runCommand('open')}>{t('window.openFile')}</Menu.Item>
        <Menu.Item onClick={() => runCommand('close')}>{t('window.closeFile')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
