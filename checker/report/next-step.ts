import { decidedFrom } from '../checking/decided-from.ts';
import type { Drift, Verdict } from '../checking/result.ts';
import { shortName } from '../workshop/short-name.ts';
import { timeOf } from './words.ts';

/** Returns what to do after a verdict, in one or two sentences. */
export function nextStep({ lab, status, checks, drift, fileError }: Verdict): string {
  const number = shortName(lab);
  if (fileError !== undefined) {
    return `Fix the error in your files first, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`.`;
  }
  if (drift?.kind === 'changed') return afterChange(number, status, drift);
  // Whatever the checker couldn't look at, it may be because of what is gone.
  if (drift?.kind === 'gone' && (status === 'not fixed' || status === 'broken'))
    return `Create it again: \`npx lab destroy ${number}\`, then \`npx lab deploy ${number}\`.`;
  if (drift?.rolledBack === true)
    return `\`npx lab deploy ${number}\`, then \`npx lab check ${number}\`. If the deployment fails, it shows the cause: repair that first.`;
  switch (status) {
    case 'fixed':
      if (drift?.kind === 'by hand') {
        return `Put the repair in your files, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`.`;
      }
      if (drift !== undefined)
        return `\`npx lab deploy ${number}\` deploys your files as they are now. If the deployment fails, it shows the cause.`;
      return `Run \`npx lab\` to see what's next. \`npx lab diff ${number}\` shows your repair, and how the solution differs.`;
    case 'not deployed':
      switch (checks.flatMap((result) => (result.status === 'failed' ? (result.finding?.id ?? []) : []))[0]) {
        case 'never-came-up':
          return `Repair the cause, then \`npx lab deploy ${number}\`: the CDK deletes the rest of the stack before it deploys again.`;
        case 'half-undone':
          return `\`npx lab destroy ${number}\` deletes the rest of it. Repair the cause, then \`npx lab deploy ${number}\`.`;
      }
      return `Deploy it: \`npx lab deploy ${number}\`, then \`npx lab check ${number}\`. \`npm start\` does both.`;
    case 'not deployed yet':
      return `Deploy what you changed: \`npx lab deploy ${number}\`, then \`npx lab check ${number}\`.`;
    case 'not fixed':
      return `Repair it, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`. \`npx lab hint ${number}\` gives a hint.`;
    case 'pending': {
      const until = decidedFrom({ checks });
      return `Check again after ${until === undefined ? 'a while' : timeOf(until.toISOString())}.`;
    }
    case 'broken':
      return checks.flatMap((result) => (result.status === 'broken' ? result.next : []))[0] ?? 'Run the command again.';
  }
}

/** Manual changes are either put into the files or reverted: by commands, or by deploying everything again. */
function afterChange(number: string, status: Verdict['status'], { setBack = [] }: Drift): string {
  const commands = setBack.map((command) => `\`${command}\``).join(' and ');
  const again = `\`npx lab destroy ${number}\` and \`npx lab deploy ${number}\``;
  if (status === 'fixed') {
    const back = setBack.length === 0 ? `${again} create the room from your files` : `${commands} reverts it`;
    return `Put what should stay in your files, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`; ${back}.`;
  }
  const way = setBack.length === 0 ? `Create the room again: ${again}` : `Revert it: ${commands}`;
  return `${way}. Then \`npx lab check ${number}\`.`;
}
