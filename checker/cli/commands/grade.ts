import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { askForCode } from '../../aws/ask-for-code.ts';
import { awsTarget } from '../../aws/aws.ts';
import { createClients } from '../../aws/clients.ts';
import { lasting, mfaSession } from '../../aws/mfa.ts';
import { leaveOtherEndpoints, requireProfile, signIn } from '../../aws/sign-in.ts';
import type { Target } from '../../aws/target.ts';
import { type CheckLabOptions, checkLab } from '../../checking/check-lab.ts';
import type { Lab } from '../../checking/lab.ts';
import type { Verdict } from '../../checking/result.ts';
import { unopened } from '../../checking/verdict.ts';
import { exitCode, LabError } from '../../failures/errors.ts';
import { gameDayResult } from '../../gameday/result.ts';
import { requireConsent } from '../../grade/consent.ts';
import { copyFolder } from '../../grade/copy-folder.ts';
import { oneLine } from '../../grade/one-line.ts';
import { openFolder, usesAws } from '../../grade/open-folder.ts';
import { inOwnEnvironment, leaveAws } from '../../grade/own-environment.ts';
import { csvRow, type Learner, readRoster } from '../../grade/roster.ts';
import { padTo, widthOf } from '../../report/width.ts';
import { wrapping } from '../../report/wrap.ts';
import { tokensIn } from '../../sign-in/kept-token.ts';
import { gameDayId } from '../../workshop/game-day-folder.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { labs } from '../../workshop/labs.ts';
import { writeOutput } from '../output-file.ts';
import type { Program } from '../program.ts';

type InFolder = Extract<Learner, { folder: string }>;
type InAws = Extract<Learner, { profile: string }>;

export interface GradeOptions {
  /** All labs unless some are named. */
  readonly names: readonly string[];
  readonly roster: string;
  readonly csv?: string;
  readonly json?: boolean;
  /** Run the code of graded folders without asking. */
  readonly yes?: boolean;
}

/** The result of one lab of one learner. */
interface Grade {
  readonly learner: string;
  readonly lab: string;
  readonly status: Verdict['status'];
  /** Ids of the checks that failed. */
  readonly failed: readonly string[];
  /** Why it couldn't be checked; empty if it could. */
  readonly reason: string;
}

/**
 * `lab grade [lab…] --roster FILE [--csv FILE] [--json] [--yes]`: checks what each learner has deployed, with this
 * workshop's checks, one learner after the other. Asks first if that runs their code on this machine. Ends with 3 if
 * some couldn't be checked, otherwise with 0, whatever the grades are.
 */
export async function grade(
  program: Program,
  { names, roster, csv, json = false, yes = false }: GradeOptions,
): Promise<number> {
  const { print, say, signal } = program;
  const learners = await readRoster(roster);
  const chosen = names.length === 0 ? labs : [...new Set(names.map((name) => findLab(name)))];
  await requireConsent(program, learners, yes);
  const width = Math.max(...learners.map(({ name }) => widthOf(oneLine(name))), 0);
  const idWidth = Math.max(...chosen.map(({ id }) => id.length));
  const row = wrapping(print, process.stdout);
  const grades: Grade[] = [];
  for (const learner of learners) {
    signal.throwIfAborted();
    if (json) say(`Checking ${oneLine(learner.name)} …`);
    for (const one of await inOwnEnvironment(() => gradesOf(program, learner, chosen))) {
      grades.push(one);
      if (json) continue;
      const more = one.failed.length > 0 ? one.failed.join(', ') : one.reason;
      row(`${padTo(one.learner, width)}  ${one.lab.padEnd(idWidth)}  ${one.status.padEnd(16)}  ${more}`.trimEnd());
    }
  }
  if (json) print(JSON.stringify({ schema: 1, grades }, undefined, 2));
  if (csv !== undefined) await save(csv, grades);
  return grades.some(({ status }) => status === 'broken' || status === 'pending')
    ? exitCode.couldNotCheck
    : exitCode.fixed;
}

async function gradesOf(program: Program, learner: Learner, chosen: readonly Lab[]): Promise<Grade[]> {
  try {
    if ('problem' in learner) return await ungraded(learner, chosen, new LabError(learner.problem, ''));
    return await ('folder' in learner
      ? gradesInFolder(program, learner, chosen)
      : gradesInAws(program, learner, chosen));
  } catch (error) {
    program.signal.throwIfAborted();
    return ungraded(learner, chosen, error);
  }
}

/** Returns the grades of somebody whose rooms couldn't be opened. */
async function ungraded(learner: Learner, chosen: readonly Lab[], error: unknown): Promise<Grade[]> {
  const place = { kind: 'profile' in learner ? 'aws' : 'practice', title: learner.name, region: '' } as const;
  return Promise.all(chosen.map(async (lab) => gradeOf(learner, await unopened(lab, place, error))));
}

/** Grades a copy of the learner's folder: nothing is written there, and nothing in it decides which account is used. */
async function gradesInFolder({ root, say, signal }: Program, learner: InFolder, chosen: readonly Lab[]) {
  const { name, folder } = learner;
  leaveAws();
  const copy = await copyFolder(folder);
  const kept = keptTokens(root, folder);
  try {
    await takeTokens(kept, tokensIn(copy), tokensIn(folder));
    if (await usesAws(folder)) {
      say(
        `${oneLine(name)}’s folder names an AWS account, which is ignored. To grade that account, use the columns profile and region. The folder’s practice account is graded instead.`,
      );
    }
    const target = await openFolder({ folder, copy, say, signal });
    const where = (lab: Lab) => ({ root: copy, labFolder: join(copy, 'labs', lab.id), signal });
    return [...(await gradesIn(target, chosen, where, learner)), ...(await gameDayGrade(copy, learner))];
  } finally {
    await takeTokens(tokensIn(copy), kept);
    await rm(copy, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function gradesInAws({ root, say, signal }: Program, learner: InAws, chosen: readonly Lab[]) {
  const target = await openAws(learner, say);
  return gradesIn(target, chosen, () => ({ root, signal }), learner);
}

async function gradesIn(
  target: Target,
  chosen: readonly Lab[],
  where: (lab: Lab) => Pick<CheckLabOptions, 'root' | 'labFolder' | 'signal'>,
  learner: Learner,
): Promise<Grade[]> {
  const grades: Grade[] = [];
  try {
    for (const lab of chosen) grades.push(gradeOf(learner, await checkLab({ ...where(lab), lab, target })));
  } finally {
    await target.close();
  }
  return grades;
}

/** Where tokens of a learner's folder are kept on the grader's side. */
function keptTokens(root: string, folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(root, '.lab', 'graded', `${name}.tokens.json`);
}

/**
 * Copies tokens, unless there are none or those in `newer` are more recent. Getting an expired token takes time: one
 * that was kept while grading is there the next time.
 */
async function takeTokens(from: string, to: string, newer?: string): Promise<void> {
  const timeOf = async (path: string) => (await lstat(path).catch(() => undefined))?.mtimeMs ?? 0;
  const time = await timeOf(from);
  if (time === 0 || (newer !== undefined && (await timeOf(newer)) > time)) return;
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/** Returns the account that the profile leads to. */
async function openAws({ profile, region }: InAws, say: Program['say']): Promise<Target> {
  leaveOtherEndpoints({ profile });
  await requireProfile(profile);
  const session = await mfaSession({ profile, region, ask: askForCode });
  const { clients, close } = createClients({ profile, region, credentials: session && lasting(session) });
  try {
    const { account } = await signIn(await clients.sts(), `AWS in ${region}`, profile);
    return await awsTarget({ kind: 'aws', account, region, profile }, { say, session });
  } finally {
    close();
  }
}

/**
 * Returns the game day in a folder, from its record; none if nobody played there. A record that can't be understood
 * costs only its own row.
 */
async function gameDayGrade(folder: string, { name }: Learner): Promise<Grade[]> {
  const common = { learner: oneLine(name), lab: gameDayId, failed: [] };
  try {
    const result = await gameDayResult(folder);
    if (result === undefined) return [];
    return [{ ...common, status: result.isAllSolved ? 'fixed' : 'not fixed', reason: oneLine(result.inWords) }];
  } catch (error) {
    return [{ ...common, status: 'broken', reason: oneLine(`The record can't be read: ${(error as Error).message}`) }];
  }
}

function gradeOf({ name }: Learner, { lab, status, checks }: Verdict): Grade {
  const failed = checks.flatMap((result) => (result.status === 'failed' && status !== 'not deployed' ? result.id : []));
  const broken = checks.find((result) => result.status === 'broken' || result.status === 'pending');
  return {
    learner: oneLine(name),
    lab,
    status,
    failed,
    reason: broken !== undefined && 'reason' in broken ? oneLine(broken.reason) : '',
  };
}

async function save(file: string, grades: readonly Grade[]): Promise<void> {
  const rows = grades.map(({ learner, lab, status, failed, reason }) => [
    learner,
    lab,
    status,
    failed.join(' '),
    reason,
  ]);
  const text = [['learner', 'lab', 'status', 'failed', 'reason'], ...rows].map(csvRow).join('\n');
  await writeOutput(file, `${text}\n`);
}
