import type { Lab } from '../checking/check.ts';
import { renderHint } from '../report/hint.ts';
import { headline } from '../report/words.ts';
import type { Keys } from '../watch/watch.ts';
import { labs } from '../workshop/labs.ts';
import { nextHint } from '../workshop/next-hint.ts';
import { openBrowser } from './browser.ts';
import { diff } from './commands/diff.ts';
import { list } from './commands/list.ts';
import { reset } from './commands/reset.ts';
import type { Program } from './program.ts';

/** The keys of `lab start`. Each runs what a command of the same name does; a key without an action does nothing. */
export const startKeys: Keys = {
  footer: ['? keys', 'h hint', 'q quit', 'n next', 'd diff', 'c console'],
  actions: keyActions,
};

/** Returns what to call with each key pressed. Longer output is printed in one piece, apart from the lines around it. */
function keyActions({
  program,
  session,
  goTo,
  again,
  quit,
}: Parameters<Keys['actions']>[0]): (key: string) => Promise<void> {
  const { root, print, link } = program;
  /** Waits for the answer to whether the lab may be put back. */
  let asked: Lab | undefined;

  const words: ReadonlyArray<readonly [key: string, what: string]> = [
    ['Enter', 'deploy and check again'],
    ['h', 'the next hint'],
    ['d', 'what you changed'],
    ['o', 'open the chat page'],
    ['l', 'list the labs'],
    ['r', 'reset this lab; your files are kept'],
    ['n', 'go on to the next lab'],
    ['q', 'quit'],
  ];
  const actions: Readonly<Record<string, (inOnePiece: Program) => unknown>> = {
    async h(inOnePiece) {
      // What was seen last is said at once; a look of its own would wait for the deployment that may be under way.
      const { lab, verdict } = session;
      if (verdict === undefined) return print('There is no verdict yet that a hint could be for: ask after it.');
      const hint = await nextHint(root, lab, verdict);
      if (hint === undefined) return print(headline(verdict));
      const options = {
        columns: process.stdout.columns || 80,
        again: 'key h',
        link,
      };
      for (const line of renderHint(hint, options)) inOnePiece.print(line);
    },
    '?': (inOnePiece) => words.forEach(([key, what]) => void inOnePiece.print(`  ${key.padEnd(7)}${what}`)),
    d: (inOnePiece) => diff(inOnePiece, { lab: session.lab.id }),
    l: (inOnePiece) => list(inOnePiece),
    o() {
      if (session.page === undefined) return print('There is no room yet.');
      print(`The chat page: ${session.page}`);
      openBrowser(session.page);
    },
    c() {
      if (session.consolePage === undefined) return print('There is no room yet.');
      print(`The console: ${session.consolePage}`);
      openBrowser(session.consolePage);
    },
    r() {
      asked = session.lab;
      print(`Put the files of ${asked.id} back to their start? What is there is kept.`);
      print('y does it, any other key does not.');
    },
    async n() {
      const next = labs[labs.indexOf(session.lab) + 1];
      if (next === undefined) return print('This is the last lab.');
      if (session.deploying) print('The deployment under way comes to its end first.');
      print(`On to lab ${next.id.slice(0, 2)}, ${next.title}: ${next.complaint}`);
      await goTo(next);
    },
    return: () => again(),
    q() {
      if (session.deploying) print('This ends after the deployment that is under way. Ctrl-C does not wait for it.');
      quit();
    },
  };

  return async (key) => {
    const lines: string[] = [];
    const inOnePiece: Program = { ...program, print: (line) => void lines.push(line) };
    try {
      if (asked === undefined) return void (await actions[key]?.(inOnePiece));
      const lab = asked;
      asked = undefined;
      if (key === 'y') await reset(inOnePiece, { names: [lab.id] });
      else print('Nothing was put back.');
      if (key === 'q') await actions.q?.(inOnePiece);
    } finally {
      // Apart from what stands above it, and what comes below.
      if (lines.length > 0) for (const line of ['', ...lines, '']) print(line);
    }
  };
}
