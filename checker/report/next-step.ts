import type { Verdict } from '../checking/check.ts';
import { timeOf } from './words.ts';

/** What to do after a verdict, in one or two sentences. */
export function nextStep({ lab, status, checks, drift }: Verdict): string {
  const number = lab.slice(0, 2);
  switch (status) {
    case 'fixed':
      if (drift?.kind === 'by hand') {
        return `Write the repair down in stack.ts, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`.`;
      }
      if (drift !== undefined) return `\`npx lab deploy ${number}\` deploys your file as it is now.`;
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

/** From when on something can be decided that could not be yet; undefined where all is decided. */
export function decidedFrom({ checks }: Pick<Verdict, 'checks'>): Date | undefined {
  const [first] = checks.flatMap((result) => (result.status === 'pending' ? result.until : [])).sort();
  return first === undefined ? undefined : new Date(first);
}
