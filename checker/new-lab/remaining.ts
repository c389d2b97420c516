import { shortName } from '../workshop/short-name.ts';

/** Returns what is left to do manually for a new lab, in lines. */
export function remaining(id: string): string[] {
  const number = shortName(id);
  const steps = [
    `The fault: turn solutions/${id} into your room, and its fault.patch into your fault. \`npx lab prove ${number} --write\` generates labs/${id} from them.`,
    `The lab: its title and complaint are in checker/labs/${id}/lab.ts; \`npm run docs:write\` copies them to the pages.`,
    `The checks, the repairs and the shortcuts: replace those in checker/labs/${id}.`,
    `The pages: write labs/${id}/README.md, solutions/${id}/README.md and docs/labs/${id}.md; their headings contain the title. Link to the new lab from the end of the previous one.`,
    `The hints: \`npx vitest run tests/golden -u\` shows them in tests/golden/pages/hints-${number}.80.txt. Read them as a learner would.`,
    `The end: remove \`draft\` from lab.ts, add \`minutes\`, and run \`npm run docs:write\`, \`npx lab prove ${number} --all\`, \`npm test\` and \`npm run docs:test\`. Without \`draft\`, the proof requires five repairs and eight shortcuts.`,
  ];
  return [
    '',
    `Lab ${id} already works: \`npx lab prove ${number}\` proves it. What's left for you to do:`,
    '',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    '',
    'docs/how-it-works/adding-a-lab.md explains each step.',
  ];
}
