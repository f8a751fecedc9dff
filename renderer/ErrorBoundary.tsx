/** A page that fails takes nothing else with it: it says so and offers to reload. */
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { t } from './text/i18n.ts';

export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="failed" role="alert">
        <h1>{t('window.failedTitle')}</h1>
        <p>{t('window.failedText')}</p>
        <Button onClick={() => window.location.reload()}>{t('window.reload')}</Button>
      </main>
    );
  }
}
