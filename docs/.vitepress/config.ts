import { defineConfig } from 'vitepress';
import { blocks } from './markdown/blocks.ts';
import { inlinePictures } from './markdown/inline-pictures.ts';
import { linksIntoTheCheckout } from './markdown/links.ts';
import { schemes } from './markdown/schemes.ts';
import { shells } from './markdown/shells.ts';
import { wholeWords } from './markdown/whole-words.ts';
import { readingOrder } from './reading-order.ts';
import { shownFiles, shownText } from './shown-files.ts';

const base = process.env.DOCS_BASE ?? '/';

/**
 * The workshop's site. It loads no fonts, scripts or pictures from elsewhere, so it works without a network.
 * `DOCS_BASE` is the path that it is published under, `/` by default. https://vitepress.dev/reference/site-config
 */
export default defineConfig({
  lang: 'en',
  title: 'Websocket Lab',
  description: 'A hands-on workshop: repair a serverless chat room on AWS, one fault at a time.',
  base,
  srcExclude: ['test/**'],
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  markdown: {
    // Their colors have enough contrast in both modes, also those of comments.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    config(md) {
      md.use(linksIntoTheCheckout);
      md.use(inlinePictures);
      md.use(schemes);
      md.use(blocks);
      md.use(shells);
      md.use(wholeWords);
    },
  },
  vite: { plugins: [shownFiles] },
  themeConfig: {
    logo: '/icon.svg',
    nav: [
      { text: 'Set up', link: '/set-up' },
      { text: 'Labs', link: '/labs/01-missing-route' },
      { text: 'Stuck?', link: '/troubleshooting' },
      { text: 'Teaching', link: '/instructors' },
    ],
    sidebar: [...readingOrder],
    outline: [2, 3],
    externalLinkIcon: true,
    search: {
      provider: 'local',
      options: {
        _render: (text, env, md) => md.render(shownText(`docs/${env.relativePath}`, text), env),
      },
    },
    docFooter: { prev: 'Previous', next: 'Next' },
  },
});
