import type { DefaultTheme } from 'vitepress';
import { labs } from '../../checker/workshop/labs.ts';
import { nameOf } from '../write/labs.ts';

/**
 * The reading order: the sidebar, and the next page at the foot of each page. A test finds pages that are missing here.
 */
export const readingOrder: readonly DefaultTheme.SidebarItem[] = [
  {
    text: 'Start here',
    items: [
      { text: 'The story', link: '/story' },
      { text: 'Set up', link: '/set-up' },
      { text: 'The room and its parts', link: '/room' },
    ],
  },
  {
    text: 'The labs',
    items: [...pagesIn('labs'), { text: 'Game day', link: '/gameday' }],
  },
  {
    text: 'In your AWS account',
    items: [
      { text: 'Working on AWS', link: '/aws' },
      { text: 'If you know SAM', link: '/sam' },
      { text: 'What a message costs', link: '/scale' },
      { text: 'When to use something else', link: '/alternatives' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'Troubleshooting', link: '/troubleshooting' },
      { text: 'The lab command', link: '/commands' },
      { text: 'Glossary', link: '/glossary' },
      { text: 'Signing in to the room', link: '/sign-in' },
      { text: 'Wire format', link: '/wire-format' },
      { text: 'The verdict as JSON', link: '/verdict' },
    ],
  },
  {
    text: 'Solutions',
    collapsed: true,
    items: pagesIn('solutions'),
  },
  {
    text: 'Teach and contribute',
    items: [
      { text: 'For instructors', link: '/instructors' },
      { text: 'Contributing', link: '/contributing' },
      { text: 'The practice account', link: '/how-it-works/practice-account' },
      { text: 'The checker', link: '/how-it-works/checker' },
      { text: 'The proof', link: '/how-it-works/proof' },
      { text: 'The console', link: '/how-it-works/console' },
      { text: 'The game day', link: '/how-it-works/gameday' },
      { text: 'Adding a lab', link: '/how-it-works/adding-a-lab' },
    ],
  },
];

function pagesIn(folder: 'labs' | 'solutions'): DefaultTheme.SidebarItem[] {
  return labs.map((lab) => ({ text: nameOf(lab), link: `/${folder}/${lab.id}` }));
}
