import { LabError } from '../failures/errors.ts';
import { acquire } from './acquire.ts';
import { chosenTarget } from './chosen.ts';
import { type ClientOptions, createClients } from './clients.ts';
import { direct } from './environment.ts';
import type { Past } from './past.ts';
import {
  accountFolder,
  type Forecast,
  type Identity,
  letPracticeFail,
  limitPracticeReads,
  type Owner,
  type PracticeAccount,
  practiceEnvironment,
  practiceIdentity,
  practiceMail,
  practiceQuietFor,
  practiceRegion,
  practiceTitle,
  runningAccount,
  startPractice,
  tell,
  unsupportedCalls,
} from './practice.ts';
import { spread } from './spread.ts';
import type { Clients, Target } from './target.ts';

export interface OpenTarget {
  readonly root: string;
  /** This process's name in messages to others that wait for it: `lab check`. */
  readonly command: string;
  /** Shows a side message: which process this command waits for, what was rolled back. */
  readonly say: (message: string) => void;
  /** Aborts the waiting for another command that has the account, with an InterruptedError. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the account that `.lab/target.json` names, or the practice account: the one that is running, or one in this
 * process that ends with it. If another short command has the account, waits for it.
 */
export async function openTarget(options: OpenTarget): Promise<Target> {
  const chosen = await chosenTarget(options.root);
  if (chosen.kind === 'aws') {
    const { awsTarget } = await import('./aws.ts');
    return awsTarget(chosen, { say: options.say });
  }
  return openPractice(options);
}

async function openPractice({ root, command, say, signal }: OpenTarget): Promise<Target> {
  const identity = await practiceIdentity(root);
  return acquire<Target>({
    port: 0,
    asked: false,
    say,
    signal,
    async attempt(port) {
      const running = await runningAccount(root);
      if (running !== undefined) {
        return runningTarget(identity, running, root);
      }
      const started = await startPractice({ root, command, say, port, lasting: false });
      if (started === 'port taken' || 'busy' in started) return started;
      return targetOf(started, root);
    },
  });
}

/** The running practice account of this checkout, as a target. */
export function runningTarget(identity: Identity, running: Owner, root: string): Target {
  return practiceTarget(identity, running.port, {
    // It may have been restarted by then.
    allowPage: async (origin) => void (await tell((await runningAccount(root)) ?? running, 'POST', 'pages', origin)),
    ...saidBy(root),
    close: async () => {},
    forecast: running.forecast,
  });
}

/** Finds a target's account where it is now: a restarted one may have another port, and is another target. */
export async function sameAccount(root: string, target: Target): Promise<Target> {
  if (target.kind === 'aws' || target.endsWithCommand === true) return target;
  const running = await runningAccount(root);
  if (running === undefined)
    throw new LabError('The practice account has ended.', '`npx lab sandbox start` restarts it.');
  if (Number(new URL(target.cognitoEndpoint).port) === running.port) return target;
  await target.close();
  return runningTarget(await practiceIdentity(root), running, root);
}

/** A practice account that was started in this process, as a target: it ends with the process. */
export function targetOf(account: PracticeAccount, root: string, past?: Past): Target {
  return practiceTarget(account.identity, account.port, {
    allowPage: async (origin) => account.allowPage(origin),
    ...saidBy(root),
    close: () => account.close(),
    endsWithCommand: true,
    forecast: account.forecast,
    past,
  });
}

/** The practice account at a port, as a target. */
export function practiceTarget(
  identity: Identity,
  port: number,
  options: Pick<
    Target,
    'allowPage' | 'mail' | 'unsupported' | 'quietFor' | 'letFail' | 'limitReads' | 'close' | 'endsWithCommand'
  > & {
    readonly past?: Past;
    readonly forecast?: Forecast | undefined;
  },
): Target {
  const {
    allowPage,
    mail,
    unsupported,
    quietFor,
    letFail,
    limitReads,
    close,
    endsWithCommand = false,
    past,
    forecast,
  } = options;
  const { accessKeyId, secretAccessKey } = identity;
  const clientOptions = {
    region: practiceRegion,
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId, secretAccessKey },
    marksProbes: true,
  };
  const opened = createClients(clientOptions);
  return {
    kind: 'practice',
    title: practiceTitle,
    region: practiceRegion,
    clients: opened.clients,
    environment: { ...direct, ...practiceEnvironment(identity, port) },
    ...(forecast === undefined ? { spread: 0, quietFor } : { spread: spread / forecast.scale, scale: forecast.scale }),
    endsWithCommand,
    cognitoEndpoint: `http://127.0.0.1:${port}/`,
    mail,
    unsupported,
    letFail,
    limitReads,
    longAgo: past && ((work, distance) => during(past, clientOptions, work, distance)),
    allowPage,
    async close() {
      opened.close();
      await close();
    },
  };
}

/** What only a practice account says, whichever process has it. */
function saidBy(root: string): Pick<Target, 'mail' | 'unsupported' | 'quietFor' | 'letFail' | 'limitReads'> {
  const folder = accountFolder(root);
  return {
    mail: () => practiceMail(folder),
    unsupported: () => unsupportedCalls(folder),
    quietFor: (wait) => practiceQuietFor(folder, wait),
    letFail: (call) => letPracticeFail(folder, call),
    limitReads: (reads) => limitPracticeReads(folder, reads),
  };
}

async function during<T>(
  past: Past,
  options: ClientOptions,
  work: (clients: Clients) => Promise<T>,
  distance = past.distance,
): Promise<T> {
  const then = createClients({ ...options, systemClockOffset: -distance });
  try {
    return await past.during(() => work(then.clients), distance);
  } finally {
    then.close();
  }
}
