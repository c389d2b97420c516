import { expect, test } from 'vitest';
import { LabError } from '../failures/errors.ts';
import { type Acquired, acquire } from './acquire.ts';

const owner = { pid: 7, command: 'lab check', lasting: false, port: 1, nonce: 'n' };

/** The ports that were tried and the output, while the account answers these attempts in turn. */
async function acquired(attempts: Array<Acquired<{ at: number }>>, asked = false, silence = 60_000) {
  const ports: number[] = [];
  const said: string[] = [];
  const came = acquire<{ at: number }>({
    port: 1,
    asked,
    silence,
    say: (message) => said.push(message),
    async attempt(port) {
      ports.push(port);
      return attempts.shift() ?? { at: port };
    },
  });
  return { had: await came, ports, said };
}

test('waits for the process that holds it, and says so once', async () => {
  const { had, said } = await acquired([{ busy: owner }, { busy: owner }, { busy: { ...owner, nonce: 'm', pid: 8 } }]);
  expect(had).toEqual({ at: 1 });
  expect(said).toEqual([
    'Waiting for "lab check" (process 7), which is using the practice account …',
    'Waiting for "lab check" (process 8), which is using the practice account …',
  ]);
});

test('does not try a port again that was still taken after a wait', async () => {
  const { ports, said } = await acquired(['port taken', { busy: undefined }]);
  expect(ports).toEqual([1, 0, 0]);
  expect(said[0]).toContain('Port 1 is taken by');
  expect(said[1]).toContain('Waiting for another process');
});

test('uses no other port than the requested one', async () => {
  await expect(acquired(['port taken'], true)).rejects.toThrow(LabError);
});

test('stops waiting for an account that others can use but that does not answer this one', async () => {
  const silent = { busy: { ...owner, command: 'lab sandbox start', lasting: true, pid: process.pid } };
  const waiting = acquired([silent, silent, silent], false, 10);
  await expect(waiting).rejects.toMatchObject({
    message: `The practice account of "lab sandbox start" (process ${process.pid}) doesn't answer at port 1.`,
    exitCode: 3,
  });
});
