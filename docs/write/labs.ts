import type { Lab } from '../../checker/checking/lab.ts';
import { spoken } from '../../checker/workshop/spoken.ts';

// The parts of the pages that come from each lab's `lab.ts`. `npm run docs:write` writes them.

/** The parts of a lab needed to list it. */
export type Listed = Pick<Lab, 'id' | 'title' | 'complaint' | 'minutes' | 'tags'>;

/** How each list shows the labs, by its page. The list stands between `labs: begin` and `labs: end`. */
const lists: Readonly<Record<string, (labs: readonly Listed[]) => string[]>> = {
  'README.md': (labs) => complaints(labs, 'docs/labs'),
  'docs/story.md': (labs) => complaints(labs, 'labs'),
  'docs/instructors.md': (labs) => [
    '',
    '| lab | minutes |',
    '| --- | --- |',
    ...labs.map((lab) => `| ${linkTo(lab, 'labs')} | ${minutesOf(lab)} |`),
    '',
  ],
  'solutions/README.md': (labs) => [
    '',
    '| lab | its solution |',
    '| --- | --- |',
    ...labs.map((lab) => `| ${nameOf(lab)} | [${lab.id}](${lab.id}/README.md) |`),
    '',
  ],
  'docs/index.md': (labs) => labs.flatMap(feature),
};

/**
 * Returns a page's text with the labs' titles, complaints and minutes as they are now. Throws if a page has lost its
 * marks or its quotation.
 */
export function withLabs(path: string, text: string, labs: readonly Listed[]): string {
  const list = lists[path];
  if (list !== undefined) return between(path, text, list(labs));
  const [, tree, id] = /^(?:docs\/)?(labs|solutions)\/(\d\d-[^/]+)(?:\.md|\/README\.md)$/.exec(path) ?? [];
  const lab = labs.find((one) => one.id === id);
  if (lab === undefined) return text;
  const titled = text.replace(/^# Lab \d+(.*?): .*$/m, (_, solved: string) => `# ${headingOf(lab, solved)}`);
  if (tree === 'solutions') return titled;
  const quotation = /^> ".*"$/m;
  if (!quotation.test(titled)) throw new Error(`${path} has no line with the complaint: > "…"`);
  const quoted = titled.replace(quotation, () => `> "${withItalics(lab.complaint)}"`);
  return lab.minutes === undefined
    ? quoted
    : quoted.replace(/^About \d+ minutes\./m, `About ${lab.minutes.all} minutes.`);
}

function between(path: string, text: string, lines: readonly string[]): string {
  const [before, , after] = text.split(/(?<=labs: begin.*\n)([\s\S]*?)(?=.*labs: end)/);
  if (before === undefined || after === undefined) throw new Error(`${path} has no "labs: begin" and "labs: end".`);
  return `${before}${lines.map((line) => `${line}\n`).join('')}${after}`;
}

function complaints(labs: readonly Listed[], folder: string): string[] {
  const rows = labs.map(
    (lab) => `| ${linkTo(lab, folder)} | "${withItalics(lab.complaint)}" | ${(lab.tags ?? []).join(', ')} |`,
  );
  return ['', '| lab | complaint | goal |', '| --- | --- | --- |', ...rows, ''];
}

function linkTo(lab: Listed, folder: string): string {
  return `[${nameOf(lab)}](${folder}/${lab.id}.md)`;
}

/** Returns a lab's number and title: `1 · The missing route`. */
export function nameOf({ id, title }: Pick<Listed, 'id' | 'title'>): string {
  return `${Number.parseInt(id, 10)} · ${title}`;
}

/** Returns the heading of a lab's pages, `Lab 1: The missing route`; `solved` stands after the number. */
function headingOf({ id, title }: Listed, solved: string): string {
  return `Lab ${Number.parseInt(id, 10)}${solved}: ${title}`;
}

function minutesOf({ minutes }: Listed): string {
  return minutes === undefined ? 'not estimated yet' : `${minutes.all}, including ${minutes.talking} talking`;
}

/** A box of the front page, in YAML: every JSON text is one there, too. */
function feature(lab: Listed): string[] {
  return [
    `  - title: ${JSON.stringify(nameOf(lab))}`,
    `    details: ${JSON.stringify(spoken(lab.complaint))}`,
    `    link: /labs/${lab.id}`,
    ...(lab.minutes === undefined
      ? []
      : [
          `    linkText: ${['About', lab.minutes.all, 'minutes'].join(' ')}${(lab.tags ?? []).map((tag) => ` · ${tag}`).join('')}`,
        ]),
  ];
}

/** A quotation within a quotation is in italics. */
function withItalics(complaint: string): string {
  return complaint.replaceAll(/"([^"]*)"/g, '_$1_');
}
