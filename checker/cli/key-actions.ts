import type { Lab } from '../checking/lab.ts';
import { renderHint } from '../report/hint.ts';
import { headline } from '../report/words.ts';
import type { Keys } from '../watch/watch.ts';
import { labs } from '../workshop/labs.ts';
import { nextHint } from '../workshop/next-hint.ts';
import { shortName } from '../workshop/short-name.ts';
import { openBrowser } from './browser.ts';
import { diff } from './commands/diff.ts';
import { list } from './commands/list.ts';
import { reset } from './commands/reset.ts';
import type { Program } from './program.ts';

/** The keys of `lab start`. Each does what the command of the same name does; a key without an action does nothing. */
export const startKeys: Keys = {
  footer: ['? keys', 'h hint', 'q quit', 'n next', 'd diff', 'c console'],
  actions: keyActions,
};

/** Returns the action of each key. Longer output is printed in one piece, separated from the lines around it. */
function keyActions({
  program,
  session,
  goTo,
  again,
  quit,
}: Parameters<Keys['actions']>[0]): (key: string) => Promise<void> {
  const { root, print, link } = program;
  /** Waits for the answer whether to reset the lab. */
  let asked: Lab | undefined;

  const words: ReadonlyArray<readonly [key: string, what: string]> = [
    ['Enter', 'deploy and check again'],
    ['h', 'show the next hint'],
    ['d', 'show what you changed'],
    ['o', 'open the chat page'],
    ['c', 'open the console'],
    ['l', 'list the labs'],
    ['r', 'reset this lab; your files are saved'],
    ['n', 'go on to the next lab'],
    ['q', 'quit'],
  ];
  const actions: Readonly<Record<string, (inOnePiece: Program) => unknown>> = {
    async h(inOnePiece) {
      // The latest verdict is used right away; a new check would wait for a running deployment.
      const { lab, verdict } = session;
      if (verdict === undefined) return print('There is no verdict yet. Ask for a hint after the first one.');
      const hint = await nextHint(root, lab, verdict);
      if (hint === undefined) return print(headline(verdict));
      const options = {
        columns: process.stdout.columns || 80,
        again: 'key h',
        folds: true,
        isWatched: true,
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
      print(`Reset the files of ${asked.id} to their start? Your files are saved first.`);
      print('Press y to reset, any other key to cancel.');
    },
    async n() {
      const next = labs[labs.indexOf(session.lab) + 1];
      if (next === undefined) return print('This is the last lab.');
      if (session.deploying) print('This starts after the current deployment.');
      print(`On to lab ${shortName(next.id)}, ${next.title}: ${next.complaint}`);
      await goTo(next);
    },
    return: () => again(),
    q() {
      if (session.deploying) print("This exits after the current deployment. Ctrl-C doesn't wait for it.");
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
      else print('Nothing was reset.');
      if (key === 'q') await actions.q?.(inOnePiece);
    } finally {
      // Separated from the lines above and below.
      if (lines.length > 0) for (const line of ['', ...lines, '']) print(line);
    }
  };
}
