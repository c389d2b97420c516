import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll } from 'vitest';
import { practiceTarget } from '../../checker/aws/open.ts';
import type { Target } from '../../checker/aws/target.ts';
import type { StackResource } from '../../checker/checking/check.ts';
import { checkLab } from '../../checker/checking/check-lab.ts';
import type { Lab, LabChecks } from '../../checker/checking/lab.ts';
import type { Result, Verdict } from '../../checker/checking/result.ts';
import { type Deployment, type DeployTools, deployLab } from '../../checker/deploy/deploy.ts';
import { listResources } from '../../checker/observe/stack.ts';
import { layOut } from '../../checker/prove/lay-out.ts';
import { provingClock } from '../../checker/prove/long-ago.ts';
import { type Variant, variantsOf } from '../../checker/prove/variants.ts';
import { findLab } from '../../checker/workshop/lab-name.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import type { PracticeAccountOptions } from '../../sandbox/index.ts';
import { startTestAccount } from '../account.ts';
import { bundle, quickTools } from '../quick-deployment.ts';

/** One lab with its own account, in which a test acts like a learner. */
export interface LearnedLab extends LabChecks {
  readonly lab: Lab;
  readonly target: Target;
  variant(name: string): Variant;
  /** Writes a variant's files as a workshop; returns its folder. */
  layOut(name: string): Promise<string>;
  /** The folder of the lab in such a workshop. */
  folderOf(workshop: string): string;
  deploy(workshop: string): Promise<Deployment>;
  /** Reads what is deployed; another target is the same account seen in a different way. */
  check(workshop: string, signal?: AbortSignal, target?: Target): Promise<Verdict>;
  stackResources(): Promise<StackResource[]>;
  /** How many rows the room's table has. */
  rows(): Promise<number>;
  close(): Promise<void>;
}

const { signal } = new AbortController();

/** How many rooms this process has had. */
let count = 0;

export interface LearnLabOptions extends Partial<PracticeAccountOptions> {
  /** How to deploy; fast by default. */
  readonly tools?: DeployTools;
}

/** The lab of a test file, whose account closes after its last test. */
export async function testLab(number: string): Promise<LearnedLab> {
  const room = await learnLab(number);
  afterAll(() => room.close());
  return room;
}

/** Starts an account for a lab, named by its number; without AWS's delays by default. */
export async function learnLab(
  number: string,
  { tools: ownTools, ...options }: LearnLabOptions = {},
): Promise<LearnedLab> {
  const root = workshopRoot();
  const lab = findLab(number);
  await bundle();
  const { clock, past } = provingClock();
  const account = await startTestAccount({ clock, ...options });
  const target = practiceTarget(account.identity, account.port, {
    allowPage: async (origin) => account.allowPage(origin),
    close: async () => {},
    past,
    forecast: account.forecast,
  });
  const tools = ownTools ?? quickTools(target);
  const variants = await variantsOf(root, lab);
  const variant = (name: string): Variant => {
    const found = variants.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no variant ${name}`);
    return found;
  };
  const folderOf = (workshop: string) => join(workshop, 'labs', lab.id);
  // Test files run in parallel, and several of them write the same lab, or one of them several times.
  count += 1;
  const own = `test-${process.pid}-${count}`;
  const laidOut = new Set<string>();
  const stackResources = () => listResources(target, `chat-${lab.id}`);
  return {
    lab,
    ...(await lab.load()),
    target,
    variant,
    async layOut(name) {
      const workshop = await layOut(root, lab.id, { ...variant(name), name: `${own}-${name}` });
      laidOut.add(workshop);
      return workshop;
    },
    folderOf,
    deploy: (workshop) =>
      deployLab({ root: workshop, lab: lab.id, labFolder: folderOf(workshop), target, tools, signal }),
    check: (workshop, until = signal, seen = target) =>
      checkLab({ root: workshop, lab, target: seen, signal: until, labFolder: folderOf(workshop) }),
    stackResources,
    async rows() {
      const table = (await stackResources()).find(({ type }) => type === 'AWS::DynamoDB::Table');
      const client = await target.clients.dynamodb();
      const { Count = 0 } = await client.send(new ScanCommand({ TableName: table?.physicalId, ConsistentRead: true }));
      return Count;
    },
    async close() {
      await target.close();
      await account.close();
      for (const workshop of laidOut) await rm(workshop, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The outcome of each check, in the lab's order. */
export function statuses({ checks }: Verdict): string[] {
  return checks.map(({ status }) => status);
}

/** The outcome of one check. */
export function resultOf({ checks }: Verdict, wanted: string): Result {
  const result = checks.find(({ id }) => id === wanted);
  if (result === undefined) throw new Error(`no check ${wanted}`);
  return result;
}
