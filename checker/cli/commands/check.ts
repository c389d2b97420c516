import { chosenTarget } from '../../aws/chosen.ts';
import { openTarget } from '../../aws/open.ts';
import { practiceRegion } from '../../aws/practice.ts';
import { checkLab } from '../../checking/check-lab.ts';
import { synthesizeWith } from '../../checking/drift.ts';
import type { Lab } from '../../checking/lab.ts';
import type { Verdict } from '../../checking/result.ts';
import { exitCodeOf, unopened } from '../../checking/verdict.ts';
import { withTypeErrors } from '../../deploy/type-errors.ts';
import { UsageError } from '../../failures/errors.ts';
import { sumInWords } from '../../report/sum.ts';
import { renderVerdict } from '../../report/terminal.ts';
import { showWaiting } from '../../report/waiting.ts';
import { wrap } from '../../report/wrap.ts';
import { Synthesizer } from '../../synth/synthesizer.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { labs } from '../../workshop/labs.ts';
import { noteVerdictOrSay } from '../../workshop/progress.ts';
import { writeOutput } from '../output-file.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

export interface CheckOptions {
  readonly names: readonly string[];
  readonly all?: boolean;
  /** Print one JSON document and nothing else. */
  readonly json?: boolean;
  /** Files to write in addition to the printed report. */
  readonly junit?: string;
  readonly html?: string;
}

/**
 * `lab check [lab…] [--all] [--json] [--junit FILE] [--html FILE]`: checks what is deployed and prints the verdicts.
 */
export async function check(program: Program, options: CheckOptions): Promise<number> {
  const { root, signal, print, say, link } = program;
  const chosen = await labsOf(program, options);
  const target = await openTarget({ root, command: 'lab check', say, signal }).catch((error: unknown) => {
    // Report files are written whatever happens: an earlier run's file would be taken for this one's.
    const isReported = options.json === true || options.junit !== undefined || options.html !== undefined;
    if (!isReported || signal.aborted) throw error;
    return { error };
  });
  const verdicts: Verdict[] = [];
  const synthesizer = new Synthesizer(root);
  const synthesize = synthesizeWith(synthesizer);
  const waiting = showWaiting(program);
  try {
    for (const lab of chosen) {
      const verdict =
        'error' in target
          ? await unopened(lab, await nameOfTarget(root), target.error)
          : await withTypeErrors(
              root,
              await checkLab({ root, lab, target, signal, synthesize, onProgress: waiting.onProgress }),
            );
      waiting.end();
      if (options.json !== true) {
        if (verdicts.length > 0) print('');
        const columns = process.stdout.columns || 80;
        for (const line of renderVerdict(verdict, { columns, link })) print(line);
      }
      verdicts.push(verdict);
    }
  } finally {
    waiting.end();
    synthesizer.close();
    if ('close' in target) await target.close();
  }
  if (options.json !== true && verdicts.length > 1) {
    for (const line of ['', ...wrap(sumInWords(verdicts), process.stdout.columns || 80)]) print(line);
  }
  if (options.json === true) print((await import('../../report/json.ts')).renderJson(verdicts));
  if (options.junit !== undefined)
    await writeOutput(options.junit, (await import('../../report/junit.ts')).renderJunit(verdicts));
  if (options.html !== undefined)
    await writeOutput(options.html, (await import('../../report/html.ts')).renderHtml(verdicts));
  for (const verdict of verdicts) await noteVerdictOrSay(root, verdict, say);
  return exitCodeOf(verdicts);
}

/** Returns the name of an account that couldn't be opened. */
async function nameOfTarget(root: string): Promise<Verdict['target']> {
  const chosen = await chosenTarget(root).catch(() => ({ kind: 'practice' as const }));
  return chosen.kind === 'aws'
    ? { kind: 'aws', title: 'your AWS account', region: chosen.region }
    : { kind: 'practice', title: 'the practice account', region: practiceRegion };
}

async function labsOf({ root, say }: Program, { names, all = false }: CheckOptions): Promise<readonly Lab[]> {
  if (all && names.length > 0) throw new UsageError('Name labs or pass --all, not both.', '');
  if (all) return labs;
  if (names.length === 0) return [await chosenLab({ root, say }, undefined, { goesOn: true })];
  return [...new Set(names.map((name) => findLab(name)))];
}
