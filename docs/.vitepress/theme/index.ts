import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

/** VitePress's own theme, in the fonts of the reader's system and the colours of the chat page. */
export default { extends: DefaultTheme } satisfies Theme;
