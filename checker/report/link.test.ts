import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { linksFor, noLinks } from './link.ts';

const place = { file: 'labs/01-x/stack.ts', line: 35 };
const inTerminal = (variables: Record<string, string>) => linksFor('/workshop', true, variables)('here', place);

test.each<[string, Record<string, string>]>([
  ['nothing is known of it', { TERM: 'xterm-256color' }],
  ['it is dumb', { TERM: 'dumb', WT_SESSION: '1' }],
  ['nobody wants colours', { NO_COLOR: '1', WT_SESSION: '1' }],
  ['it is continuous integration', { CI: 'true', WT_SESSION: '1' }],
  ['a screen reader reads it', { ACCESSIBLE: '1', WT_SESSION: '1' }],
  ['tmux is in between', { TERM: 'tmux-256color', TERM_PROGRAM: 'iTerm.app' }],
  ['it is an old one of GNOME', { VTE_VERSION: '5000' }],
  ['somebody says no', { FORCE_HYPERLINK: '0', WT_SESSION: '1' }],
])('no links if %s', (_, variables) => {
  expect(inTerminal(variables)).toBe('here');
});

test('no links in a pipe, unless requested', () => {
  expect(linksFor('/workshop', false, { WT_SESSION: '1' })('here', place)).toBe('here');
  expect(linksFor('/workshop', false, { FORCE_HYPERLINK: '1' })('here', place)).toContain('file://');
  expect(noLinks('here', place)).toBe('here');
});

test.skipIf(process.platform === 'win32')(
  'a terminal that can opens files, at their line if it knows how, and pages',
  () => {
    const file = `file://${hostname().toLowerCase()}/workshop/labs/01-x/stack.ts`;
    expect(inTerminal({ VTE_VERSION: '7600' })).toBe(`\u001b]8;;${file}\u001b\\here\u001b]8;;\u001b\\`);
    expect(inTerminal({ TERM_PROGRAM: 'vscode' })).toBe(`\u001b]8;;${file}#35\u001b\\here\u001b]8;;\u001b\\`);
    expect(linksFor('/workshop', true, { WT_SESSION: '1' })('AWS', 'https://docs.aws.amazon.com/')).toContain(
      ';;https://docs.aws.amazon.com/\u001b',
    );
  },
);
