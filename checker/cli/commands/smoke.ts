import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inAccountApart } from '../../aws/apart.ts';
import { chosenTarget } from '../../aws/chosen.ts';
import { openTarget } from '../../aws/open.ts';
import type { Target } from '../../aws/target.ts';
import type { Lab } from '../../checking/lab.ts';
import { stackNameOf } from '../../checking/subject.ts';
import { deployTools } from '../../deploy/tools.ts';
import { exitCode, InterruptedError, LabError, UsageError } from '../../failures/errors.ts';
import { describe } from '../../observe/stack.ts';
import { count } from '../../report/words.ts';
import { type Answer, surprisesIn } from '../../smoke/answers.ts';
import { recordedClients } from '../../smoke/recorded-clients.ts';
import { smokeReport } from '../../smoke/report.ts';
import { type Step, smokeLab } from '../../smoke/smoke-lab.ts';
import { pressEnter } from '../../watch/press-key.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { labs } from '../../workshop/labs.ts';
import type { Program } from '../program.ts';

export interface SmokeCommandOptions {
  readonly names: readonly string[];
  /** Use a separate practice account. */
  readonly practice?: boolean;
  /** Start without asking. */
  readonly yes?: boolean;
}

/**
 * `lab smoke [labs...]`: deploys the start and the solution of each lab to the chosen AWS account, checks both, deletes
 * them, and writes a report about what surprised the checker. Ends with 1 if anything was unexpected.
 */
export async function smoke(program: Program, options: SmokeCommandOptions): Promise<number> {
  const chosen = options.names.length === 0 ? labs : [...new Set(options.names.map((name) => findLab(name)))];
  const { root, say, signal } = program;
  if (options.practice)
    return inAccountApart({ command: 'lab smoke' }, (target) => run(program, target, chosen, options));
  if ((await chosenTarget(root)).kind === 'practice') {
    throw new UsageError(
      'The smoke test compares the workshop with AWS, but you are using the practice account.',
      'Choose your account with `npx lab use aws`, or pass --practice to try the test itself.',
    );
  }
  const target = await openTarget({ root, command: 'lab smoke', say, signal });
  try {
    return await run(program, target, chosen, options);
  } finally {
    await target.close();
  }
}

async function run(
  program: Program,
  target: Target,
  chosen: readonly Lab[],
  { yes }: SmokeCommandOptions,
): Promise<number> {
  const { root, print, say, signal } = program;
  await requireConsent(program, target, chosen, yes === true);
  await requireFree(target, chosen);
  const began = new Date();
  const answers: Answer[] = [];
  const steps: Step[] = [];
  const recorded = { ...target, clients: recordedClients(target.clients, (answer) => answers.push(answer)) };
  const tools = deployTools(root);
  signal.addEventListener('abort', () => say('Interrupted. Deleting what was deployed; this can take minutes.'), {
    once: true,
  });
  try {
    for (const lab of chosen) {
      await smokeLab({
        root,
        lab,
        target: recorded,
        tools,
        signal,
        onStep(step) {
          steps.push(step);
          const end = step.isAsExpected ? 'as expected' : 'NOT as expected';
          print(`${step.lab}, ${step.name}: ${end} (${step.seconds.toFixed(1)} s)`);
        },
      });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    tools.close();
  }
  const file = join('.lab', `smoke-${began.toISOString().replace(/[:.]/g, '-')}.md`);
  await mkdir(join(root, '.lab'), { recursive: true });
  const report = { title: target.title, began, isInterrupted: signal.aborted, steps, answers };
  await writeFile(join(root, file), smokeReport(report));
  const surprises = surprisesIn(answers).length;
  print(`${count(surprises, 'surprise')} in ${count(answers.length, 'call')}. Report, without secrets: ${file}`);
  const left = steps.filter(({ name, isAsExpected }) => name === 'destroy' && !isAsExpected);
  if (left.length > 0) say('Not everything was deleted. Run `npx lab destroy --all`.');
  if (signal.aborted) throw new InterruptedError(left.length > 0 ? 'Interrupted.' : 'Interrupted; nothing is left.');
  return steps.every(({ isAsExpected }) => isAsExpected) ? exitCode.fixed : exitCode.notFixed;
}

/** Shows the account, and waits for Enter unless --yes was passed. */
async function requireConsent(
  { say, signal, takesKeys }: Program,
  { kind, title }: Target,
  chosen: readonly Lab[],
  isAgreed: boolean,
): Promise<void> {
  const [where, price] =
    kind === 'practice'
      ? ['a practice account of its own', 'It usually takes less than a minute per lab and costs nothing.']
      : [title, 'It takes about ten minutes per lab and costs a few cents.'];
  const what = `This deploys the start and the solution of ${count(chosen.length, 'lab')} to ${where}, and deletes them again. ${price}`;
  if (!isAgreed && !takesKeys) throw new UsageError(what, 'Pass --yes to start without being asked.');
  say(what);
  if (isAgreed) return;
  say('Press Enter to start, Ctrl-C to cancel.');
  await pressEnter(signal);
  if (signal.aborted) throw new InterruptedError('Nothing was deployed.');
}

/** Throws a LabError if a lab is already deployed: somebody is working on it. */
async function requireFree(target: Target, chosen: readonly Lab[]): Promise<void> {
  for (const { id } of chosen) {
    if ((await describe(target, stackNameOf(id))) === undefined) continue;
    throw new LabError(
      `${id} is deployed in ${target.title}; the smoke test would replace and delete it.`,
      `Delete it with \`npx lab destroy ${id.split('-')[0]}\`, or choose another region.`,
    );
  }
}
