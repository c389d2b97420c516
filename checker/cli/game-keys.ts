import type { KeyContext, Keys } from '../watch/watch.ts';
import { openBrowser } from './browser.ts';
import { printStatus } from './commands/gameday-status.ts';

/** The keys of `lab gameday`. Hints and answers have a number: they are commands in another terminal. */
export const gameKeys: Keys = {
  footer: ['s status', 'q quit', 'o chat page', 'c console'],
  actions: ({ program, session, again, quit }: KeyContext) => {
    const show = (what: string, url: string | undefined) => {
      if (url === undefined) return program.print('There is no room yet.');
      program.print(`${what}: ${url}`);
      openBrowser(url);
    };
    const actions: Readonly<Record<string, () => unknown>> = {
      s: () => printStatus(program),
      o: () => show('The chat page', session.page),
      c: () => show('The console', session.consolePage),
      return: again,
      q: quit,
    };
    return async (key) => void (await actions[key]?.());
  },
};
