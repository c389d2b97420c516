import { cdkBootstrap } from './cdk-bootstrap.ts';
import { chromium } from './chromium.ts';
import { clock } from './clock.ts';
import { concurrency } from './concurrency.ts';
import { credentials } from './credentials.ts';
import { disk } from './disk.ts';
import { proxy, shell } from './environment.ts';
import { fileEvents } from './file-events.ts';
import type { Examination } from './finding.ts';
import { nodeAndNpm } from './node-and-npm.ts';
import { packages } from './packages.ts';
import { port, practiceState } from './practice-account.ts';
import { rights } from './rights.ts';

/** The examinations of `lab doctor`, in order, by the name to show if they fail. */
export const examinations: Readonly<Record<string, Examination>> = {
  'Node.js': nodeAndNpm,
  packages,
  disk,
  'file events': fileEvents,
  Chromium: chromium,
  'practice account': practiceState,
  port,
  'AWS variables': shell,
  proxy,
  target: credentials,
  clock,
  'CDK bootstrap': cdkBootstrap,
  'permission to check': rights,
  'Lambda concurrency': concurrency,
};
