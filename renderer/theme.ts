/** Mantine's share of the look: defaults of its components. Colours and measures are in theme.css. */
import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

// Mantine asks for ten shades of a colour; ours is one role whose light and dark values theme.css holds.
const accent = Array.from({ length: 10 }, () => 'var(--accent)') as unknown as MantineColorsTuple;

/** Ink on the accent that suits both schemes (Mantine would always write white); icons as quiet as their words. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant === 'filled') return { ...colors, color: 'var(--on-accent)' };
  if (input.variant === 'subtle') return { ...colors, color: 'var(--ink-quiet)', hover: 'var(--fill-strong)' };
  return colors;
};

const appear = { duration: 120, transition: 'fade' } as const;

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'never', // theme.css draws one ring for everything
  variantColorResolver,
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', size: 32, color: 'accent' } },
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    // Locking the scroll would need an inline style element; the page behind a dialog has no scroll of its own.
    Modal: {
      defaultProps: {
        lockScroll: false,
        // Mantine's heading of a dialog is a `header`, which would be a second banner of the page.
        attributes: { header: { role: 'presentation' } },
        centered: true,
        transitionProps: appear,
        overlayProps: { backgroundOpacity: 0.4 },
      },
    },
    Menu: { defaultProps: { transitionProps: appear, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: appear, shadow: 'md' } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: appear, multiline: true, maw: 360 } },
  },
});
