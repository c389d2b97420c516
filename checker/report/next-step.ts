import type { Drift, Verdict } from '../checking/check.ts';
import { decidedFrom } from '../checking/decided-from.ts';
import { timeOf } from './words.ts';

/** What to do after a verdict, in one or two sentences. */
export function nextStep({ lab, status, checks, drift }: Verdict): string {
  const number = lab.slice(0, 2);
  if (drift?.kind === 'changed') return afterChange(number, status, drift);
  switch (status) {
    case 'fixed':
      if (drift?.kind === 'by hand') {
        return `Put the repair in your files, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`.`;
      }
      if (drift !== undefined) return `\`npx lab deploy ${number}\` deploys your files as they are now.`;
      return `\`npx lab\` says what comes now. \`npx lab diff ${number}\` shows your repair, and how the solution differs.`;
    case 'not deployed':
      switch (checks.flatMap((result) => (result.status === 'failed' ? (result.finding?.id ?? []) : []))[0]) {
        case 'never-came-up':
          return `Repair the cause, then \`npx lab deploy ${number}\`: the CDK deletes what is left of the stack before it deploys again.`;
        case 'half-undone':
          return `\`npx lab destroy ${number}\` deletes what is left of it. Repair the cause, then \`npx lab deploy ${number}\`.`;
      }
      return `Deploy it: \`npx lab deploy ${number}\`, then \`npx lab check ${number}\`. \`npm start\` does both.`;
    case 'not deployed yet':
      return `Deploy what you changed: \`npx lab deploy ${number}\`, then \`npx lab check ${number}\`.`;
    case 'not fixed':
      if (drift?.kind === 'gone')
        return `Make it anew: \`npx lab destroy ${number}\`, then \`npx lab deploy ${number}\`.`;
      return `Repair it, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`. \`npx lab hint ${number}\` gives a hint.`;
    case 'pending': {
      const until = decidedFrom({ checks });
      return `Check again after ${until === undefined ? 'a while' : timeOf(until.toISOString())}.`;
    }
    case 'broken':
      return checks.flatMap((result) => (result.status === 'broken' ? result.next : []))[0] ?? 'Run the command again.';
  }
}

/** What was changed by hand is put into the files, or set back: by commands, or by a new deployment of everything. */
function afterChange(number: string, status: Verdict['status'], { setBack = [] }: Drift): string {
  const commands = setBack.map((command) => `\`${command}\``).join(' and ');
  const again = `\`npx lab destroy ${number}\` and \`npx lab deploy ${number}\``;
  if (status === 'fixed') {
    const back = setBack.length === 0 ? `${again} make the room as your files have it` : `${commands} sets it back`;
    return `Put what is to stay in your files, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`; ${back}.`;
  }
  const way = setBack.length === 0 ? `Make the room again: ${again}` : `Set it back: ${commands}`;
  return `${way}. Then \`npx lab check ${number}\`.`;
}
