/** Asks who is writing: name and post sign every change, the side says for whom. */
import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SIDES, type Side } from '../../../shared/entities/values.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { errorText } from '../../text/i18n.ts';

const NEITHER = 'neither';

export function ProfileForm({ verb, onSaved }: { verb: string; onSaved: () => void }) {
  const { t } = useTranslation();
  const profile = useSessionStore((s) => s.profile);
  const saveProfile = useSessionStore((s) => s.saveProfile);
  const [name, setName] = useState(profile?.name ?? '');
  const [post, setPost] = useState(profile?.post ?? '');
  const [side, setSide] = useState<string>(profile?.side ?? NEITHER);
  const [error, setError] = useState<string | null>(null);
  const nameRef = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') {
      nameRef.current?.focus();
      return setError(t('welcome.nameRequired'));
    }
    const refusal = await saveProfile({
      name: name.trim(),
      post: post.trim(),
      side: side === NEITHER ? null : (side as Side),
    });
    if (refusal) setError(errorText(refusal));
    else onSaved();
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <p className="quiet">{t('welcome.profileText')}</p>
        <TextInput
          ref={nameRef}
          label={t('welcome.name')}
          placeholder={t('welcome.namePlaceholder')}
          value={name}
          error={error}
          dir="auto"
          maxLength={200}
          data-autofocus
          autoFocus
          onChange={(event) => {
            setName(event.currentTarget.value);
            setError(null);
          }}
        />
        <TextInput
          label={t('welcome.post')}
          placeholder={t('welcome.postPlaceholder')}
          value={post}
          dir="auto"
          maxLength={200}
          onChange={(event) => setPost(event.currentTarget.value)}
        />
        <Radio.Group label={t('welcome.side')} value={side} onChange={setSide}>
          <Group gap="md" mt={4}>
            {SIDES.map((value) => (
              <Radio key={value} value={value} label={t(`side.${value}`)} />
            ))}
            <Radio value={NEITHER} label={t('welcome.noSide')} />
          </Group>
        </Radio.Group>
        <div>
          <Button type="submit" variant="filled">
            {verb}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
