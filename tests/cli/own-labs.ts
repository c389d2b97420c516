import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of labs outside of the workshop. */
export interface OwnLabs {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Lays out a lab of one's own: lab 1's room under another id, and a check that this repository does not have. */
export async function layOutOwnLabs(workshop: string, id = '90-own'): Promise<OwnLabs> {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-own-'));
  await cp(join(workshop, 'app', 'functions'), join(folder, 'app', 'functions'), { recursive: true });
  for (const tree of ['labs', 'solutions']) {
    await cp(join(workshop, tree, '01-missing-route'), join(folder, tree, id), { recursive: true });
    const stack = join(folder, tree, id, 'stack.ts');
    await writeFile(stack, (await readFile(stack, 'utf8')).replaceAll('01-missing-route', id));
  }
  await mkdir(join(folder, 'checker', 'labs', id), { recursive: true });
  await writeFile(join(folder, 'checker', 'labs', id, 'answers.ts'), answers);
  await writeFile(join(folder, 'checker', 'labs', id, 'lab.ts'), lab.replaceAll('90-own', id));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

const lab = `import { type Lab, roomIsDeployed } from 'websocket-lab';
import { answers } from './answers.ts';

export default {
  id: '90-own',
  title: 'A lab of our own',
  complaint: 'Nobody hears me.',
  checks: [roomIsDeployed('90-own'), answers],
  failsAtStart: ['somebody-hears'],
} satisfies Lab;
`;

const answers = `import { check, openRoom, type Spoken, speak } from 'websocket-lab';

export const answers = check<Spoken>({
  id: 'somebody-hears',
  title: 'Somebody hears what is said',
  needs: ['room-is-deployed'],
  expected: 'One speaks, and the other hears it.',
  observe: (subject) => speak(subject, openRoom(subject).address, { count: false }),
  judge: ({ heard, conversation }) => ({
    outcome: heard.listener > 0 ? 'passed' : 'failed',
    actual: \`The other heard it \${heard.listener} times.\`,
    evidence: [{ source: 'conversation', lines: conversation }],
  }),
  hints: ['Our first hint.', 'Our second.', 'Our third.', 'Our last.'],
  docs: { lab: 'labs/90-own/README.md', aws: 'https://docs.aws.amazon.com/apigateway/' },
});
`;
