import type { DefaultTheme } from 'vitepress';
import { labs } from '../../checker/workshop/labs.ts';
import { nameOf } from '../write/labs.ts';

/** The order of reading: the sidebar, and what each page's foot calls "next". A page that is not here has no place. */
export const readingOrder: readonly DefaultTheme.SidebarItem[] = [
  {
    text: 'Begin',
    items: [
      { text: 'The story', link: '/story' },
      { text: 'Set up', link: '/set-up' },
      { text: 'What is here, and why', link: '/room' },
    ],
  },
  {
    text: 'The labs',
    items: pagesIn('labs'),
  },
  {
    text: 'In your AWS account',
    items: [
      { text: 'Accounts, keys, bootstrap', link: '/aws' },
      { text: 'If you know SAM', link: '/sam' },
    ],
  },
  {
    text: 'To look things up',
    items: [
      { text: 'When something goes wrong', link: '/troubleshooting' },
      { text: 'The lab command', link: '/commands' },
      { text: 'Glossary', link: '/glossary' },
      { text: 'Signing in to the room', link: '/sign-in' },
      { text: 'What page and room say', link: '/wire-format' },
      { text: 'The verdict as JSON', link: '/verdict' },
    ],
  },
  {
    text: 'Solutions',
    collapsed: true,
    items: pagesIn('solutions'),
  },
  {
    text: 'Teaching and building',
    items: [
      { text: 'For instructors', link: '/instructors' },
      { text: 'Contributing', link: '/contributing' },
      { text: 'The practice account', link: '/how-it-works/practice-account' },
      { text: 'The checker', link: '/how-it-works/checker' },
      { text: 'The proof', link: '/how-it-works/proof' },
      { text: 'The console', link: '/how-it-works/console' },
      { text: 'Adding a lab', link: '/how-it-works/adding-a-lab' },
    ],
  },
];

function pagesIn(folder: 'labs' | 'solutions'): DefaultTheme.SidebarItem[] {
  return labs.map((lab) => ({ text: nameOf(lab), link: `/${folder}/${lab.id}` }));
}
