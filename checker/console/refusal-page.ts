import chalk from 'chalk';
import { type Link, noLinks } from '../report/link.ts';
import { Page } from '../report/page.ts';
import type { RefusalDocument } from './refusal.ts';

const kinds: Readonly<Record<RefusalDocument['by'], string>> = {
  identity: 'policy of the role',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource policy',
  trust: 'trust policy',
};

/** The lines of a refusal by IAM: who, what, on what; each policy and what it said; and where to look. */
export function renderRefusal(refusal: RefusalDocument, columns: number, link: Link = noLinks): string[] {
  const { who, action, operation, resource, policies, absent, verdict, place, caller, missingContext } = refusal;
  const page = new Page(columns);
  page.text('Refused by IAM', (line) => chalk.bold.red(line));
  page.field('who', who.role === undefined ? who.principal : `the role of ${who.label}: ${who.role}`);
  page.field('what', operation === undefined ? action : `${action} (${operation})`);
  page.field('on what', resource);
  for (const { kind, name, said, statements } of policies) {
    page.field('asked', `${kinds[kind]} ${name}: says ${said === 'nothing' ? 'nothing of it' : said}`);
    for (const { index, effect, actions, resources, matches, hasConditions } of statements) {
      const on = resources.length === 0 ? '' : ` on ${resources.join(', ')}`;
      const only = hasConditions ? ', under conditions' : '';
      const mark = matches ? '▸' : ' ';
      page.field(
        '',
        `${mark} statement ${index}: ${effect} ${actions.join(', ')}${on}${only}`,
        matches ? chalk.bold : chalk.dim,
      );
    }
  }
  if (absent.length > 0)
    page.field('', `There is no ${absent.map((kind) => kinds[kind]).join(' and no ')}.`, chalk.dim);
  if (missingContext.length > 0)
    page.field('', `Conditions ask for ${missingContext.join(', ')}, which the request lacks.`);
  page.field('so', verdict, chalk.bold);
  for (const [label, where] of [
    ['made in', place],
    ['called in', caller],
  ] as const) {
    if (where === undefined) continue;
    page.field(label, `${where.file}:${where.line}`, (line) => link(chalk.cyan(line), where));
    page.excerpt(
      where.lines.map(({ number, text }) => `${String(number).padStart(4)}  ${text}`),
      [where.lines.findIndex(({ number }) => number === where.line)],
    );
  }
  return page.lines;
}
