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

/** `permissions boundary, session policy or resource policy` */
const alternatives = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** Returns the lines of an IAM denial: who, what, on what; each policy and its result; and where to look. */
export function renderRefusal(refusal: RefusalDocument, columns: number, link: Link = noLinks): string[] {
  const { who, action, operation, resource, policies, absent, verdict, place, caller, missingContext } = refusal;
  const page = new Page(columns);
  page.text('Denied by IAM', (line) => chalk.bold.red(line));
  page.field('who', who.role === undefined ? who.principal : `the role of ${who.label}: ${who.role}`);
  page.field('what', operation === undefined ? action : `${action} (${operation})`);
  page.field('on what', resource);
  for (const { kind, name, said, statements } of policies) {
    page.field('policy', `${kinds[kind]} ${name}: says ${said === 'nothing' ? 'nothing about it' : said}`);
    for (const { index, effect, actions, resources, matches, hasConditions } of statements) {
      const on = resources.length === 0 ? '' : ` on ${resources.join(', ')}`;
      const only = hasConditions ? ', under conditions' : '';
      const mark = matches ? '▸' : ' ';
      page.field(
        '',
        `${mark} statement ${index + 1}: ${effect} ${actions.join(', ')}${on}${only}`,
        matches ? chalk.bold : chalk.dim,
      );
    }
  }
  if (absent.length > 0)
    page.field('', `No ${alternatives.format(absent.map((kind) => kinds[kind]))} applies.`, chalk.dim);
  if (missingContext.length > 0)
    page.field('', `Conditions require ${missingContext.join(', ')}, which the request doesn't have.`);
  page.field('so', verdict, chalk.bold);
  for (const [label, where] of [
    ['created', place],
    ['called', caller],
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
