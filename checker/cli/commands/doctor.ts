import chalk from 'chalk';
import { awsTarget } from '../../aws/aws.ts';
import { chosenTarget } from '../../aws/chosen.ts';
import { partitionOf } from '../../aws/partition.ts';
import { practiceTitle } from '../../aws/practice.ts';
import { leastPolicy } from '../../checking/permissions.ts';
import { withDeadline } from '../../checking/with-deadline.ts';
import { examinations } from '../../doctor/examinations.ts';
import type { Examination, Finding, Patient } from '../../doctor/finding.ts';
import { masked } from '../../doctor/mask.ts';
import { exitCode, LabError } from '../../failures/errors.ts';
import { explainFailure } from '../../failures/failure.ts';
import { fileFailure } from '../../failures/file-failure.ts';
import { wrap } from '../../report/wrap.ts';
import type { Program } from '../program.ts';

/** How long one look can take, in milliseconds. */
const longest = 30_000;

/**
 * `lab doctor [--policy]`: looks for problems, and prints a page that can be pasted anywhere. Ends with 1 if there is a
 * problem, with 3 if something could not be checked, otherwise with 0.
 */
export async function doctor({ root, print }: Program, { policy = false }: { policy?: boolean }): Promise<number> {
  const named = await chosenTarget(root).catch((error: unknown) => {
    if (policy || !(error instanceof LabError)) throw error;
    return error;
  });
  const chosen = named instanceof LabError ? ({ kind: 'practice' } as const) : named;
  if (policy) {
    const partition = chosen.kind === 'aws' ? await partitionOf(chosen.region) : 'aws';
    const place = { region: '*', account: '*', ...chosen, partition };
    print(JSON.stringify(leastPolicy(place), undefined, 2));
    return exitCode.fixed;
  }
  // As the shell has it: opening an AWS account unsets the variables that would lead elsewhere.
  const environment = { ...process.env };
  const aws =
    chosen.kind === 'aws' ? await withDeadline(longest, awsTarget(chosen, { say() {} })).catch(inWords) : undefined;
  const patient: Patient = {
    root,
    chosen,
    environment,
    aws,
    unchosen: named instanceof LabError ? named : undefined,
  };
  const findings: Finding[] = [];
  try {
    for (const [about, examination] of Object.entries(examinations)) {
      findings.push(...(await examine(about, examination, patient)));
    }
  } finally {
    if (aws !== undefined && 'close' in aws) await aws.close();
  }
  const width = Math.max(...findings.map(({ about }) => about.length));
  for (const finding of findings) show(hidden(finding, environment), width, print);
  const ways = findings.filter(({ state }) => state === 'in the way').length;
  const unseen = findings.filter(({ state }) => state === 'unknown').length;
  print('');
  for (const line of wrap(summary(ways, unseen), process.stdout.columns || 100)) print(chalk.bold(line));
  if (ways > 0) return exitCode.notFixed;
  return unseen > 0 ? exitCode.couldNotCheck : exitCode.fixed;
}

async function examine(about: string, examination: Examination, patient: Patient): Promise<readonly Finding[]> {
  try {
    return [await withDeadline(longest, examination(patient))].flat();
  } catch (error) {
    const { aws, chosen } = patient;
    const title = aws !== undefined && 'title' in aws ? aws.title : practiceTitle;
    const { reason, next } = explainFailure(fileFailure(error) ?? error, { kind: chosen.kind, title });
    return [{ about, state: 'unknown', found: reason, next }];
  }
}

function inWords(error: unknown): { reason: string; next: string } {
  return explainFailure(error, { kind: 'aws', title: 'your AWS account' });
}

const marks: Readonly<Record<Finding['state'], string>> = {
  fine: chalk.green('✓'),
  note: chalk.yellow('!'),
  'in the way': chalk.red('✗'),
  unknown: chalk.yellow('?'),
};

/** Before it is broken into lines: half of a secret isn't recognized as one. */
function hidden(finding: Finding, environment: NodeJS.ProcessEnv): Finding {
  const { found, next } = finding;
  return {
    ...finding,
    found: masked(found, environment),
    next: next && masked(next, environment),
  };
}

/** Below this width, findings are printed below their topic. */
const narrow = 60;

function show({ about, state, found, next }: Finding, width: number, print: (line: string) => void): void {
  const columns = process.stdout.columns || 100;
  const isNarrow = columns < narrow;
  const indent = ' '.repeat(isNarrow ? 2 : width + 4);
  const texts = [found, ...(next === undefined || next === '' ? [] : [`→ ${next}`])];
  const [first = '', ...more] = texts.flatMap((text) => wrap(text, Math.max(20, columns - indent.length)));
  if (isNarrow) print(`${marks[state]} ${about}`);
  print(isNarrow ? `${indent}${first}` : `${marks[state]} ${about.padEnd(width)}  ${first}`);
  for (const line of more) print(`${indent}${line}`);
}

function summary(ways: number, unseen: number): string {
  const could = unseen === 0 ? '' : ` ${unseen} ${unseen === 1 ? 'thing' : 'things'} couldn't be checked (?).`;
  if (ways === 0) return `No problems found.${could}`;
  return `${ways} ${ways === 1 ? 'problem' : 'problems'} found (✗).${could}`;
}
