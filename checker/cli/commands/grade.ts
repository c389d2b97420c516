import { writeFile } from 'node:fs/promises';
import { awsTarget } from '../../aws/aws.ts';
import { createClients } from '../../aws/clients.ts';
import { openTarget } from '../../aws/open.ts';
import { leaveOtherEndpoints, requireProfile, signIn } from '../../aws/sign-in.ts';
import type { Target } from '../../aws/target.ts';
import type { Lab, Verdict } from '../../checking/check.ts';
import { checkLab, unopened } from '../../checking/verdict.ts';
import { exitCode, LabError } from '../../failures/errors.ts';
import { inOwnEnvironment } from '../../grade/own-environment.ts';
import { csvRow, type Learner, readRoster } from '../../grade/roster.ts';
import { padTo, widthOf } from '../../report/width.ts';
import { wrapping } from '../../report/wrap.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { labs } from '../../workshop/labs.ts';
import type { Program } from '../program.ts';

export interface GradeOptions {
  /** All labs unless some are named. */
  readonly names: readonly string[];
  readonly roster: string;
  readonly csv?: string;
  readonly json?: boolean;
}

/** What became of one lab of one learner. */
interface Grade {
  readonly learner: string;
  readonly lab: string;
  readonly status: Verdict['status'];
  /** Ids of the checks that failed. */
  readonly failed: readonly string[];
  /** Why it could not be checked; empty where it could. */
  readonly reason: string;
}

/**
 * `lab grade [lab…] --roster FILE [--csv FILE] [--json]`: checks what each learner has deployed, by the checks of this
 * workshop, one after the other. Ends with 3 where some could not be checked, else with 0, whatever the grades are.
 */
export async function grade(program: Program, { names, roster, csv, json = false }: GradeOptions): Promise<number> {
  const { print, say, signal } = program;
  const learners = await readRoster(roster);
  const chosen = names.length === 0 ? labs : [...new Set(names.map((name) => findLab(name)))];
  const width = Math.max(...learners.map(({ name }) => widthOf(name)), 0);
  const idWidth = Math.max(...chosen.map(({ id }) => id.length));
  const row = wrapping(print, process.stdout);
  const grades: Grade[] = [];
  for (const learner of learners) {
    signal.throwIfAborted();
    if (json) say(`Checking ${learner.name} …`);
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
  const { signal } = program;
  const target = await open(program, learner).catch((error: unknown) => {
    signal.throwIfAborted();
    return { error };
  });
  if ('error' in target) {
    const place = { kind: 'folder' in learner ? 'practice' : 'aws', title: learner.name, region: '' } as const;
    return chosen.map((lab) => gradeOf(learner, unopened(lab, place, target.error)));
  }
  const root = 'folder' in learner ? learner.folder : program.root;
  const grades: Grade[] = [];
  try {
    for (const lab of chosen) grades.push(gradeOf(learner, await checkLab({ root, lab, target, signal })));
  } finally {
    await target.close();
  }
  return grades;
}

/** The account that the learner works in: the one of their checkout, or the one that the profile leads to. */
async function open({ say, signal }: Program, learner: Learner): Promise<Target> {
  if ('folder' in learner) return openTarget({ root: learner.folder, command: 'lab grade', say, signal });
  const { profile, region } = learner;
  leaveOtherEndpoints({ profile });
  await requireProfile(profile);
  const { clients, close } = createClients({ profile, region });
  try {
    const { account } = await signIn(await clients.sts(), `AWS in ${region}`, profile);
    return await awsTarget({ kind: 'aws', account, region, profile }, { say });
  } finally {
    close();
  }
}

function gradeOf({ name }: Learner, { lab, status, checks }: Verdict): Grade {
  const failed = checks.flatMap((result) => (result.status === 'failed' && status !== 'not deployed' ? result.id : []));
  const broken = checks.find((result) => result.status === 'broken' || result.status === 'pending');
  return {
    learner: name,
    lab,
    status,
    failed,
    reason: broken !== undefined && 'reason' in broken ? broken.reason : '',
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
  await writeFile(file, `${text}\n`).catch((error: Error) => {
    throw new LabError(`${file} cannot be written: ${error.message}`, 'Name another file.', { cause: error });
  });
}
