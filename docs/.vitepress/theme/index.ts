import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { copyCommandsOnly } from './copy-commands.ts';
import './style.css';
import './code.css';
import './pictures.css';
import './home.css';

/** VitePress's default theme, with the reader's system fonts and the chat page's colors. */
export default {
  extends: DefaultTheme,
  enhanceApp() {
    // Not while the pages are rendered to files.
    if (typeof document !== 'undefined') copyCommandsOnly();
  },
} satisfies Theme;
