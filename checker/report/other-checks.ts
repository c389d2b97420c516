import chalk from 'chalk';
import type { Result, Verdict } from '../checking/result.ts';
import type { Link } from './link.ts';
import { marks } from './marks.ts';
import type { Page } from './page.ts';
import { count, resultInWords } from './words.ts';

/**
 * Adds the short part: a line for each further failure, with the reason if the check couldn't look, then one for all
 * that wait, and one for all that passed.
 */
export function otherChecks(page: Page, { lab, status, checks }: Verdict, wrong: Result | undefined, link: Link): void {
  const of = (...statuses: Array<Result['status']>) => checks.filter((one) => statuses.includes(one.status));
  for (const result of of('failed', 'broken', 'pending')) {
    if (result.id === wrong?.id) continue;
    const paint = result.status === 'failed' ? chalk.red : chalk.yellow;
    page.item(marks[result.status], `${result.title} (${resultInWords(result)})`, paint);
    if (result.status === 'broken') page.text(result.reason, chalk.dim, 2);
  }
  const waiting = of('blocked');
  if (waiting.length > 0) {
    page.item(marks.blocked, `${titles(waiting)} (not checked: ${waits(waiting)} for the above)`, chalk.dim);
  }
  const passed = of('passed');
  // A fresh repair is worth reading once more.
  if (status === 'fixed') {
    for (const { title } of passed) page.item(marks.passed, `${title} (passed)`, chalk.green);
    furtherReading(page, lab, checks, link);
  } else if (passed.length > 0) {
    page.item(
      marks.passed,
      `${titles(passed)} (${['', '', 'both '][passed.length] ?? `all ${passed.length} `}passed)`,
      chalk.dim,
    );
  }
  for (const result of passed) {
    if (result.status !== 'passed' || result.remark === undefined) continue;
    page.blank();
    page.item('i', `About "${result.title}": ${result.remark}`);
  }
}

/** The solution and other repairs. Labs of your own are outside the workshop: their pages say where. */
function furtherReading(page: Page, lab: string, [first]: readonly Result[], link: Link): void {
  const [home, ...rest] = first?.docs.lab.split(`labs/${lab}/`) ?? [];
  if (rest.length !== 1) return;
  page.blank();
  const file = `${home}solutions/${lab}/README.md`;
  page.field('read', file, (line) => link(line, { file }));
  page.field('compare', `${home}checker/labs/${lab}/repairs/ (other repairs)`);
}

/** How many titles can be read at a glance; further ones are counted. */
const MOST_TITLES = 3;

function titles(results: readonly Result[]): string {
  if (results.length > MOST_TITLES) return count(results.length, 'check');
  return results.map(({ title }) => title).join('; ');
}

function waits({ length }: readonly Result[]): string {
  return length === 1 ? 'it waits' : 'they wait';
}
