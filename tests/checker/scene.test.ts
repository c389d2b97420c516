import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { playScene } from '../../checker/scene/play.ts';
import { testLab } from './learned-lab.ts';

// A scene plays in a deployed room, and leaves nothing behind.

const room = await testLab('05');

interface Played {
  readonly told: readonly string[];
  /** What was told or overheard last. */
  readonly last: string | undefined;
  readonly rowsMeanwhile: number;
}

async function play(variant: string): Promise<Played> {
  const root = await room.layOut(variant);
  await room.deploy(root);
  const told: string[] = [];
  let last: string | undefined;
  let rowsMeanwhile = 0;
  await playScene({
    root,
    lab: room.lab,
    target: room.target,
    signal: new AbortController().signal,
    tell(line) {
      told.push(line);
      last = line;
    },
    overhear(line) {
      last = line;
    },
    async untilSeen() {
      rowsMeanwhile = await room.rows();
    },
  });
  return { told, last, rowsMeanwhile };
}

test('shows the problem in the broken room, and its end in the repaired one', { timeout: 120_000 }, async () => {
  const broken = await play('start');
  expect(broken.told.at(-1)).toBe('Everyone in the room reads it as a message from Grace. She never wrote it.');
  expect(broken.last).toBe(broken.told.at(-1));
  expect(broken.rowsMeanwhile).toBe(2);
  expect(await room.rows()).toBe(0);
  const [, signedIn, last] = (await play('solution')).told;
  const ada = /^Ada signed in as (\S+),/.exec(signedIn ?? '')?.[1];
  expect(last).toBe(`Everyone in the room reads it as a message from ${ada}.`);
  expect(await room.rows()).toBe(0);

  // A room that admits nobody isn't a bug in the workshop.
  const authorizer = (await room.stackResources()).find(
    ({ type, logicalId }) => type === 'AWS::Lambda::Function' && logicalId.startsWith('Authorizer'),
  );
  const lambda = await room.target.clients.lambda();
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: authorizer?.physicalId, ReservedConcurrentExecutions: 0 }),
  );
  await expect(play('solution')).rejects.toMatchObject({
    message: 'The room rejected a visitor at the handshake (500), so the scene ended.',
    next: '`npx lab check 05` says why.',
  });
});
