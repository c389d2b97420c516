import type { DefaultTheme } from 'vitepress';

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
    items: [
      { text: '1 · The missing route', link: '/labs/01-missing-route' },
      { text: '2 · What a function may do', link: '/labs/02-lambda-permissions' },
      { text: '3 · Who may come in', link: '/labs/03-no-auth' },
    ],
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
    items: [
      { text: '1 · The missing route', link: '/solutions/01-missing-route' },
      { text: '2 · What a function may do', link: '/solutions/02-lambda-permissions' },
      { text: '3 · Who may come in', link: '/solutions/03-no-auth' },
    ],
  },
  {
    text: 'Teaching and building',
    items: [
      { text: 'For instructors', link: '/instructors' },
      { text: 'Contributing', link: '/contributing' },
      { text: 'The practice account', link: '/how-it-works/practice-account' },
      { text: 'The checker', link: '/how-it-works/checker' },
      { text: 'The proof', link: '/how-it-works/proof' },
      { text: 'Adding a lab', link: '/how-it-works/adding-a-lab' },
    ],
  },
];
