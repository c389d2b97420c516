import type { AnyCheck, Finding, Place } from '../../checker/checking/check.ts';
import type { Lab } from '../../checker/checking/lab.ts';
import { type Variant, variantsOf } from '../../checker/prove/variants.ts';
import { renderHint } from '../../checker/report/hint.ts';
import { type LabFiles, labFiles } from '../../checker/workshop/lab-files.ts';
import { ladderOf, rungOf } from '../../checker/workshop/next-hint.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import { patchFrom } from '../../checker/workshop/solution-patch.ts';
import { ledTo } from './led-to.ts';

/** The hints of a check, or of one of its findings. */
export interface Ladder {
  readonly check: AnyCheck;
  readonly finding?: Finding;
  /** `01/route-sendmessage/key-differs`; without the last part for the check's own hints. */
  readonly name: string;
}

/** Returns every ladder of a lab once, even if several checks share a finding. */
export async function laddersOf({ id, load }: Lab): Promise<Ladder[]> {
  const { checks } = await load();
  const shown = new Set<Finding>();
  return checks.flatMap((check): Ladder[] => {
    const name = `${id.slice(0, 2)}/${check.id}`;
    const findings = (check.findings ?? []).filter((finding) => !shown.has(finding));
    for (const finding of findings) shown.add(finding);
    return [{ check, name }, ...findings.map((finding) => ({ check, finding, name: `${name}/${finding.id}` }))];
  });
}

/** Returns the lines of all of a lab's hints, as `lab hint` prints them in order to somebody who made that mistake. */
export async function hintsPage(lab: Lab, columns: number): Promise<string[]> {
  const variants = await variantsOf(workshopRoot(), lab);
  const { failsAtStart } = await lab.load();
  const pages: string[] = [];
  for (const { check, finding, name } of await laddersOf(lab)) {
    pages.push(...(pages.length === 0 ? [] : ['', '']), `== ${name}`);
    // Nothing is deployed if the first check fails.
    const status = check.id === 'room-is-deployed' ? 'not deployed' : 'not fixed';
    const variant = leadsTo(name, failsAtStart.includes(check.id), check, variants);
    for (let number = 1; number <= ladderOf(check, finding).length; number += 1) {
      const rung = { lab: lab.id, check, finding, status, number } as const;
      const hint = await rungOf(rung, () => patchOf(lab, variant));
      pages.push('', ...renderHint(hint, { columns, again: `\`npx lab hint ${lab.id.slice(0, 2)}\``, folds: true }));
    }
  }
  return pages;
}

/**
 * Returns the variant that leads to these hints: the one written down, or the start, or else the first shortcut that
 * fails the check.
 */
function leadsTo(name: string, failsAtStart: boolean, { id }: AnyCheck, variants: readonly Variant[]): Variant {
  const shortcut = variants.find((variant) => variant.name.startsWith(`shortcuts/${id}--`))?.name;
  const wanted = ledTo[name] ?? (failsAtStart ? 'start' : (shortcut ?? 'solution'));
  const variant = variants.find((each) => each.name === wanted);
  if (variant === undefined) throw new Error(`There is no ${wanted}, which led-to.ts names for ${name}.`);
  return variant;
}

async function patchOf({ id }: Lab, { name, files }: Variant): Promise<string[]> {
  const root = workshopRoot();
  const [start, solution] = await Promise.all([labFiles(root, id, 'start'), labFiles(root, id, 'solution')]);
  const now = new Map([...files].filter(([path]) => !path.startsWith('app/')));
  const place = name.endsWith('not-deployed') ? placeOfStage(id, now) : undefined;
  return patchFrom(now, { folder: `labs/${id}`, start, solution, place });
}

/** The check points at the stage if the stage is what is out of date. */
function placeOfStage(id: string, files: LabFiles): Place {
  const lines = (files.get('stack.ts') ?? '').split('\n');
  return { file: `labs/${id}/stack.ts`, line: lines.findIndex((text) => text.includes('new WebSocketStage(')) + 1 };
}
