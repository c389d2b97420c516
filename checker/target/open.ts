import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { until } from '../until.ts';
import { createClients } from './clients.ts';
import { direct } from './environment.ts';
import {
  type Identity,
  type Owner,
  practiceEnvironment,
  practiceIdentity,
  practiceRegion,
  runningAccount,
  startPractice,
  tell,
} from './practice.ts';
import type { Target } from './target.ts';

/** How long a command waits for another one that has the account: a first deployment takes less. */
const patience = 120_000;

export interface OpenTarget {
  readonly root: string;
  /** What this process is, for others that wait for it: `lab check`. */
  readonly command: string;
  /** Tells the person something by the way: whom this command waits for, what was rolled back. */
  readonly say: (message: string) => void;
}

/**
 * The account that `lab use` chose, else the practice account: the one that runs, or one in this process that ends
 * with it. Where another short command has the account, waits for it.
 */
export async function openTarget(options: OpenTarget): Promise<Target> {
  const chosen = await chosenTarget(options.root);
  if (chosen.kind === 'aws') {
    const { awsTarget } = await import('./aws.ts');
    return awsTarget(chosen);
  }
  return openPractice(options);
}

/** What `.lab/target.json` says; `lab use` writes it. */
type Chosen =
  | { readonly kind: 'practice' }
  | { readonly kind: 'aws'; readonly profile?: string; readonly region: string };

export async function chosenTarget(root: string): Promise<Chosen> {
  const path = join(root, '.lab', 'target.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return { kind: 'practice' };
  }
  try {
    const { kind, profile, region } = JSON.parse(text) as Record<string, unknown>;
    if (kind === 'practice') return { kind };
    if (kind === 'aws' && typeof region === 'string') {
      return { kind, region, ...(typeof profile === 'string' ? { profile } : {}) };
    }
  } catch {
    // Said below.
  }
  throw new LabError(
    '.lab/target.json names no account that the workshop knows.',
    'Delete the file to work on the practice account again.',
  );
}

async function openPractice({ root, command, say }: OpenTarget): Promise<Target> {
  const identity = await practiceIdentity(root);
  let waitedFor: Owner | undefined;
  let target: Target | undefined;
  await until(async () => {
    const running = await runningAccount(root);
    if (running !== undefined) {
      target = practiceTarget(identity, running.port, {
        allowPage: async (origin) => void (await tell(running, 'POST', 'pages', origin)),
        close: async () => {},
      });
      return true;
    }
    const started = await startPractice({ root, command, say, port: 0, lasting: false });
    if (started === 'port taken') throw new LabError('This machine has no free port.', 'End some programs.');
    if ('busy' in started) {
      const { busy } = started;
      if (busy !== undefined && busy.nonce !== waitedFor?.nonce) {
        waitedFor = busy;
        say(`Waiting for "${busy.command}" (process ${busy.pid}), which has the practice account …`);
      }
      return false;
    }
    target = practiceTarget(started.identity, started.port, {
      allowPage: async (origin) => started.allowPage(origin),
      close: () => started.close(),
      endsWithCommand: true,
    });
    return true;
  }, patience);
  if (target !== undefined) return target;
  throw new LabError(
    `The practice account is still in use by ${waitedFor === undefined ? 'another process' : `"${waitedFor.command}" (process ${waitedFor.pid})`}.`,
    'Wait until it has ended, or end it, and try again.',
  );
}

/** The practice account at a port, as a target. */
export function practiceTarget(
  identity: Identity,
  port: number,
  { allowPage, close, endsWithCommand = false }: Pick<Target, 'allowPage' | 'close' | 'endsWithCommand'>,
): Target {
  const { accessKeyId, secretAccessKey } = identity;
  const opened = createClients({
    region: practiceRegion,
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId, secretAccessKey },
  });
  return {
    kind: 'practice',
    title: 'the practice account',
    region: practiceRegion,
    clients: opened.clients,
    environment: { ...direct, ...practiceEnvironment(identity, port) },
    spread: 0,
    endsWithCommand,
    allowPage,
    async close() {
      opened.close();
      await close();
    },
  };
}
