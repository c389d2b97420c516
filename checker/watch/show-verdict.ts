import { decidedFrom } from '../checking/decided-from.ts';
import type { Verdict } from '../checking/result.ts';
import { renderOnScreen } from '../report/terminal.ts';
import { timeOf } from '../report/words.ts';
import { labs } from '../workshop/labs.ts';
import { shortName } from '../workshop/short-name.ts';
import type { Screen } from './screen.ts';

/** The lines of a round above its verdict, and the footer: what is deployed, how long it took, the page. */
const ROUND_TAKES = 4;

export interface Round {
  /** As shown. */
  readonly seconds: string;
  /** The address of the chat page, if it is served. */
  readonly page: string | undefined;
  readonly fixed: { readonly count: number; readonly of: number };
}

/**
 * Prints how a round ended, for somebody who is watching: the verdict last and complete, whatever the screen's size.
 */
export function showVerdict(screen: Pick<Screen, 'program' | 'rows'>, verdict: Verdict, round: Round): void {
  const { print, link, takesKeys } = screen.program;
  const page = round.page === undefined ? '' : `The chat page: ${round.page} · `;
  print(`${page}${round.seconds} s from save to verdict`);
  const options = {
    columns: process.stdout.columns || 100,
    rows: screen.rows - ROUND_TAKES,
    next: whileWatching(verdict, takesKeys),
    link,
    fixed: round.fixed,
  };
  for (const line of renderOnScreen(verdict, options)) print(line);
}

const saveIt = 'Save your repair to deploy and check it.';

/** Returns the next step while saves are watched; undecided checks are repeated automatically. */
export function whileWatching(verdict: Verdict, takesKeys: boolean): string {
  if (verdict.status === 'fixed') return fixedIt(verdict.lab, takesKeys);
  if (verdict.drift?.kind === 'gone') {
    const again = takesKeys ? 'then press Enter to deploy it again' : 'then save a file to deploy it again';
    return `In another terminal, \`npx lab destroy ${shortName(verdict.lab)}\`; ${again}.`;
  }
  const until = verdict.status === 'pending' ? decidedFrom(verdict) : undefined;
  if (until === undefined) return saveIt;
  return `Leave this running: the rest is checked automatically at ${timeOf(until.toISOString())}.`;
}

/** Returns the next step after a repair, with the available keys. */
function fixedIt(id: string, takesKeys: boolean): string {
  const following = labs[labs.findIndex((lab) => lab.id === id) + 1];
  const own = `\`npx lab diff ${shortName(id)}\` shows your repair and how the solution differs.`;
  if (!takesKeys) return `Press Ctrl-C to stop. Then run \`npx lab\` to see what's next. ${own}`;
  const on =
    following === undefined ? 'This was the last lab. Press q to quit' : `Press n for lab ${shortName(following.id)}`;
  return `Try it on the chat page. ${on}, d to compare your repair with the solution.`;
}
