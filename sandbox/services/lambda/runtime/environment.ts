import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { World } from '../../../calls/context.ts';
import type { FunctionRecord, VersionRecord } from '../records.ts';
import type { Code } from './code.ts';
import { FunctionProcess, type ProcessEnd } from './function-process.ts';
import type { InvocationResult } from './functions.ts';
import { InvocationLog } from './invocation-log.ts';
import { mayLog } from './log-permission.ts';
import { type Outcome, verdictOf } from './outcome.ts';
import { processEnvironment } from './process-environment.ts';
import type { RuntimeClient } from './runtime-api.ts';

/** One invocation, on its way to an environment and back. */
export interface Job {
  readonly requestId: string;
  readonly invokedArn: string;
  readonly payload: string | Buffer;
  resolve(result: InvocationResult): void;
}

/** What an environment tells whoever keeps it. */
export interface Keeper {
  /** It waits for its next invocation. */
  idle(environment: Environment): void;
  /** It will not become ready; `answer` gives the invocation that waits for it what there is to say. */
  failed(environment: Environment, answer: (job: Job) => void): void;
  /** Its process is gone. */
  ended(environment: Environment): void;
  /** The account failed at something that its process did, and has ended the process. */
  fault(environment: Environment, error: unknown): void;
}

type EnvironmentWorld = Pick<
  World,
  'store' | 'sessions' | 'clock' | 'ids' | 'address' | 'folder' | 'logs' | 'callerPolicies'
>;

interface Current {
  readonly job: Job;
  readonly began: number;
  readonly timer: NodeJS.Timeout;
}

/** What AWS gives the code outside of the handler; after that, once more the function's own time-out. */
const initLimit = 10_000;

/** One execution environment: a process that serves one invocation of one version at a time. */
export class Environment implements RuntimeClient {
  state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting';
  /** When it became idle, or was made: milliseconds of `performance.now()`. */
  since = performance.now();
  readonly born = performance.now();
  /** Its way into the runtime API, which nobody can guess. */
  readonly token: string;
  readonly record: FunctionRecord;
  readonly #version: VersionRecord;
  readonly #world: EnvironmentWorld;
  readonly #keeper: Keeper;
  readonly #log: InvocationLog;
  readonly #stream: string;
  #process: FunctionProcess | undefined;
  #initTimer: NodeJS.Timeout | undefined;
  #initDuration: number | undefined;
  #poll: ServerResponse | undefined;
  #current: Current | undefined;
  #outcome: Outcome | undefined;
  #memoryMb = 0;

  constructor(record: FunctionRecord, version: VersionRecord, world: EnvironmentWorld, keeper: Keeper) {
    this.record = record;
    this.#version = version;
    this.#world = world;
    this.#keeper = keeper;
    const [, , , region = '', accountId = ''] = record.FunctionArn.split(':');
    const day = world.clock.now().toISOString().slice(0, 10).replaceAll('-', '/');
    this.#stream = `${day}/[${version.Version}]${world.ids.bytes(16).toString('hex')}`;
    this.token = world.ids.bytes(24).toString('hex');
    this.#log = new InvocationLog(world, { accountId, region }, version, this.#stream, () =>
      mayLog(record, version, this.#stream, world),
    );
  }

  /** Starts the process. Throws where the function's role cannot be assumed. */
  start(code: Code, runtimeApi: string): void {
    if (this.state === 'ended') return;
    const { record } = this;
    const settings = { record, version: this.#version, taskRoot: code.folder, logStream: this.#stream, runtimeApi };
    this.#process = new FunctionProcess({
      taskRoot: code.folder,
      environment: processEnvironment(settings, this.#world),
      memoryMb: this.#version.MemorySize,
      settings: {
        endpoint: this.#world.address.http(),
        needsHooks: code.needsHooks,
        compileCache: join(this.#world.folder, 'functions-cache'),
      },
      onFrame: ({ kind, content }) => this.#log[kind](content),
      onEnd: (end) => this.#ended(end),
      onFault: (error) => this.#keeper.fault(this, error),
    });
    this.#initTimer = setTimeout(() => this.#expire(), initLimit + this.#version.Timeout * 1000);
  }

  /** Gives the waiting process its next invocation. */
  run(job: Job): void {
    const { Timeout } = this.#version;
    const began = performance.now();
    this.state = 'busy';
    this.#current = { job, began, timer: setTimeout(() => this.#expire(), Timeout * 1000) };
    this.#log.start(job.requestId);
    const hex = job.requestId.replaceAll('-', '');
    const now = Math.floor(Date.now() / 1000).toString(16);
    this.#poll?.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(job.payload),
      'lambda-runtime-aws-request-id': job.requestId,
      'lambda-runtime-deadline-ms': String(Date.now() + Timeout * 1000),
      'lambda-runtime-invoked-function-arn': job.invokedArn,
      'lambda-runtime-trace-id': `Root=1-${now}-${hex.slice(0, 24)};Parent=${hex.slice(16)};Sampled=0`,
    });
    this.#poll?.end(job.payload);
    this.#poll = undefined;
  }

  /** Ends the process, whatever it does. */
  end(): void {
    if (this.#process === undefined && this.state !== 'ended') {
      this.state = 'ended';
      this.#keeper.ended(this);
    }
    this.state = 'ended';
    this.#process?.kill();
  }

  next(response: ServerResponse): void {
    if (this.state === 'ended') {
      response.destroy();
      return;
    }
    if (this.state === 'starting') {
      clearTimeout(this.#initTimer);
      this.#initDuration = performance.now() - this.born;
    }
    this.#poll = response;
    this.state = 'idle';
    this.since = performance.now();
    this.#keeper.idle(this);
  }

  answered(requestId: string, kind: 'response' | 'error', body: string, headers: IncomingHttpHeaders): void {
    if (this.#current?.job.requestId !== requestId || this.#outcome !== undefined) return;
    this.#memoryMb = Math.ceil(Number(headers['lab-memory'] ?? 0) / 1024);
    this.#process?.whenRead(Number(headers['lab-logged'] ?? 0), () =>
      this.#finish({ kind: kind === 'error' ? 'failed' : 'answered', payload: body }),
    );
  }

  initFailed(body: string): void {
    this.#outcome ??= { kind: 'failed', payload: body };
    // It fell over while it waited: nobody else is sent to it, while it ends.
    if (this.state === 'idle') this.state = 'ended';
  }

  /** Out of time: the process is ended, and what it printed until then is read first. */
  #expire(): void {
    this.#outcome ??= { kind: 'timed out', seconds: this.#version.Timeout };
    this.#process?.kill();
  }

  #ended(end: ProcessEnd): void {
    clearTimeout(this.#initTimer);
    const wasStarting = this.state === 'starting';
    const outcome = this.#outcome ?? { kind: 'ended', ...end };
    try {
      this.#finish(outcome);
      this.state = 'ended';
      if (wasStarting) this.#keeper.failed(this, (job) => this.#failJob(job, outcome));
    } finally {
      this.state = 'ended';
      this.#keeper.ended(this);
    }
  }

  /** An invocation that waited for a process that never became ready. */
  #failJob(job: Job, outcome: Outcome): void {
    this.#log.start(job.requestId);
    this.#current = { job, began: performance.now(), timer: setTimeout(() => {}, 0) };
    this.#finish(outcome);
  }

  #finish(outcome: Outcome): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    clearTimeout(current.timer);
    const { requestId } = current.job;
    const { payload, functionError, status, errorType } = verdictOf(outcome, requestId);
    try {
      if (outcome.kind === 'timed out') this.#log.timedOut(requestId, outcome.seconds.toFixed(2));
      this.#log.end(requestId, {
        duration: performance.now() - current.began,
        initDuration: this.#initDuration,
        maxMemoryMb: this.#memoryMb,
        status,
        ...(errorType === undefined ? {} : { errorType }),
      });
    } finally {
      this.#initDuration = undefined;
      current.job.resolve({
        payload,
        ...(functionError === undefined ? {} : { functionError }),
        executedVersion: this.#version.Version,
        logTail: this.#log.tail(),
      });
    }
  }
}
