import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { compiled } from '../../compiled.ts';
import { connect } from './client.ts';
import { deployApi } from './deployed-api.ts';

it('runs $disconnect at the next start for the connections that a crash ended, and only for those', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const first = await startTestAccount({ folder });
  onTestFinished(() => first.close());
  const api = await deployApi(first);
  onTestFinished(api.clean);
  await first.close();

  const script = await compiled(join(import.meta.dirname, 'account-process.ts'));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = api.url.replace(/:\d+/, `:${line.toString().trim()}`);
  const left = await connect(url, { headers: { 'User-Agent': 'left in time' } });
  await left.leave();
  await api.events(({ requestContext }) => requestContext.eventType === 'DISCONNECT');
  const guests = [await connect(url), await connect(url)];
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  for (const guest of guests) expect((await guest.closed).code).toBe(1006);
  await exited;

  const second = await startTestAccount({ folder });
  onTestFinished(() => second.close());
  const lost = await api.events(({ requestContext }) => requestContext.disconnectStatusCode === 1006, 2);
  expect(lost[0]?.requestContext).toMatchObject({ disconnectReason: '', eventType: 'DISCONNECT' });
  await second.close();

  const third = await startTestAccount({ folder });
  await third.close();
  const all = await api.events(({ requestContext }) => requestContext.eventType === 'DISCONNECT', 3);
  expect(all).toHaveLength(3);
});
