/// <reference types="electron-vite/node" />
/**
 * The fonts of printed reports as files of the built program: name in the style sheet -> path on disk. Kept apart from
 * the document itself, so that only the bundle needs to know what `?asset` means.
 *
 * Noto Naskh Arabic is version 2.016 (licence beside it), not the newer one of the window: newer versions draw dots as
 * marks of their own, and the text of the PDF comes back torn ("ت عاو ن"). With 2.016 it comes back letter for letter.
 */
import cyrillic400 from '@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff2?asset';
import cyrillic600 from '@fontsource/noto-sans/files/noto-sans-cyrillic-600-normal.woff2?asset';
import cyrillicExt400 from '@fontsource/noto-sans/files/noto-sans-cyrillic-ext-400-normal.woff2?asset';
import cyrillicExt600 from '@fontsource/noto-sans/files/noto-sans-cyrillic-ext-600-normal.woff2?asset';
import latin400 from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?asset';
import latin600 from '@fontsource/noto-sans/files/noto-sans-latin-600-normal.woff2?asset';
import latinExt400 from '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff2?asset';
import latinExt600 from '@fontsource/noto-sans/files/noto-sans-latin-ext-600-normal.woff2?asset';
import naskh400 from './fonts/noto-naskh-arabic-2.016-400.woff2?asset';
import naskh600 from './fonts/noto-naskh-arabic-2.016-600.woff2?asset';
import type { PrintFontName } from './printStyles.ts';

/** Serve these below fonts/ of the printed document's own address. A face without its file does not compile. */
export const PRINT_FONTS: Readonly<Record<PrintFontName, string>> = {
  'noto-sans-latin-400.woff2': latin400,
  'noto-sans-latin-600.woff2': latin600,
  'noto-sans-latin-ext-400.woff2': latinExt400,
  'noto-sans-latin-ext-600.woff2': latinExt600,
  'noto-sans-cyrillic-400.woff2': cyrillic400,
  'noto-sans-cyrillic-600.woff2': cyrillic600,
  'noto-sans-cyrillic-ext-400.woff2': cyrillicExt400,
  'noto-sans-cyrillic-ext-600.woff2': cyrillicExt600,
  'noto-naskh-arabic-arabic-400.woff2': naskh400,
  'noto-naskh-arabic-arabic-600.woff2': naskh600,
};
