import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { copyCommandsOnly } from './copy-commands.ts';
import './style.css';

/** VitePress's own theme, in the fonts of the reader's system and the colours of the chat page. */
export default {
  extends: DefaultTheme,
  enhanceApp() {
    // Not while the pages are rendered on the way to disk.
    if (typeof document !== 'undefined') copyCommandsOnly();
  },
} satisfies Theme;
