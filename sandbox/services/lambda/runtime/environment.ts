import { rm } from 'node:fs';
import type { World } from '../../../calls/context.ts';
import type { FunctionRecord, VersionRecord } from '../records.ts';
import type { Code } from './code.ts';
import type { Frame } from './frames.ts';
import { FunctionProcess, type ProcessEnd } from './function-process.ts';
import { eventOf, type Job } from './job.ts';
import type { Keeper } from './keeper.ts';
import { isTooLarge } from './memory.ts';
import type { Outcome } from './outcome.ts';
import { processEnvironment, sessionHours } from './process-environment.ts';
import { processFolders } from './process-folders.ts';
import { RunningJob } from './running-job.ts';
import { numberIn, type Surroundings, shortNumberIn, streamOf, surroundingsOf } from './surroundings.ts';

export type EnvironmentWorld = Pick<
  World,
  'store' | 'sessions' | 'clock' | 'ids' | 'address' | 'folder' | 'logs' | 'callerPolicies' | 'tables' | 'ready'
>;

/** AWS's time limit for code outside of the handler; after that, the function's own timeout once more. */
const initLimit = 10_000;

/** One execution environment: a process that serves one invocation of one version at a time. */
export class Environment {
  state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting';
  /** When it was created, became idle or took its event: milliseconds of `performance.now()`. */
  since = performance.now();
  readonly #born: number;
  readonly #isPrepared: boolean;
  readonly record: FunctionRecord;
  readonly #version: VersionRecord;
  readonly #world: EnvironmentWorld;
  readonly #keeper: Keeper;
  readonly #stream: string;
  readonly #surroundings: Surroundings;
  #process: FunctionProcess | undefined;
  #initTimer: NodeJS.Timeout | undefined;
  #initDuration: number | undefined;
  #current: RunningJob | undefined;
  #hasServed = false;
  #outcome: Outcome | undefined;
  /** Of the current invocation, which isn't finished yet. */
  #answer: Outcome | undefined;
  #memoryMb = 0;
  #scratch: string | undefined;

  /** `isPrepared` says that it starts for no invocation: unless one waits for it by then, none has a cold start. */
  constructor(
    record: FunctionRecord,
    version: VersionRecord,
    world: EnvironmentWorld,
    keeper: Keeper,
    isPrepared = false,
  ) {
    this.record = record;
    this.#isPrepared = isPrepared;
    this.#version = version;
    this.#world = world;
    this.#born = world.clock.now().getTime();
    this.#keeper = keeper;
    this.#stream = streamOf(record, version, world);
    this.#surroundings = surroundingsOf(record, version, this.#stream, world);
  }

  /** Starts the process. Throws if the function's role can't be assumed. */
  start(code: Code): void {
    if (this.state === 'ended') return;
    this.#surroundings.events.process('starting');
    const { record } = this;
    const folders = processFolders(this.#world.folder, record, this.#version, numberIn(this.#stream));
    this.#scratch = folders.scratch;
    const settings = { record, version: this.#version, taskRoot: code.folder, logStream: this.#stream };
    this.#process = new FunctionProcess({
      taskRoot: code.folder,
      environment: processEnvironment(settings, this.#world),
      memoryMb: this.#version.MemorySize,
      settings: { endpoint: this.#world.address.http(), needsHooks: code.needsHooks, ...folders },
      warden: this.#keeper.warden,
      isIdle: () => this.state === 'idle',
      onFrame: (frame) => this.#received(frame),
      onEnd: (end) => this.#ended(end),
      onFault: (error) => this.#keeper.fault(this, error),
    });
    this.#initTimer = setTimeout(() => this.#expire(), initLimit + this.#version.Timeout * 1000);
    // Until then, the account itself opens the tables to check them.
    void this.#world.ready.then(() => setImmediate(() => this.state !== 'ended' && this.#surroundings.prepare()));
  }

  /**
   * Whether half of its credentials' lifetime has passed, by the clock that they expire by: a process's timers stop
   * while the machine sleeps. A clock that was set back counts, too, because then their age is unknown.
   */
  get isPastItsTime(): boolean {
    const age = this.#world.clock.now().getTime() - this.#born;
    return age < 0 || age > (sessionHours / 2) * 3_600_000;
  }

  /** Gives the waiting process its next invocation. */
  run(job: Job): void {
    this.state = 'busy';
    this.since = performance.now();
    this.#process?.send(eventOf(job, this.#version.Timeout));
    this.#finishAnswered();
    this.#current = this.#begin(job);
    this.#initDuration = undefined;
    job.onBegun?.();
  }

  /** Ends the process, whatever it is doing. */
  end(): void {
    if (this.#process === undefined && this.state !== 'ended') {
      this.state = 'ended';
      this.#keeper.ended(this);
    }
    this.state = 'ended';
    this.#finishAnswered();
    this.#process?.kill();
  }

  #received({ kind, content }: Frame): void {
    switch (kind) {
      case 'event':
      case 'text':
        this.#surroundings.log[kind](content);
        break;
      case 'ready':
        // Only a function that forges frames sends this later.
        if (this.state !== 'starting') {
          this.#process?.kill();
          break;
        }
        this.#isReady(performance.now() - this.since);
        break;
      case 'response':
      case 'error':
        this.#answered(kind, content);
        break;
      case 'crash':
        this.#crashed(content);
        break;
      case 'stale':
        // A process that has served nothing leaves nothing behind: it forged this.
        if (this.#hasServed) this.#giveBack();
        else this.#process?.kill();
    }
  }

  #isReady(ms: number): void {
    clearTimeout(this.#initTimer);
    if (!this.#isPrepared || this.#keeper.isAwaited(this)) this.#initDuration = ms;
    this.#surroundings.events.process('ready', ms);
    this.#waits();
  }

  #waits(): void {
    if (this.state === 'ended') return;
    this.state = 'idle';
    this.since = performance.now();
    this.#keeper.idle(this);
  }

  /** An answer begins with a line that has the invocation's id and the process's largest memory in KB. */
  #answered(kind: 'response' | 'error', content: string): void {
    const head = content.slice(0, content.indexOf('\n'));
    const [requestId, kilobytes] = head.split(' ');
    if (this.#current?.job.requestId !== requestId || this.#outcome !== undefined) return;
    const peak = Math.ceil(Number(kilobytes) / 1024);
    const { MemorySize } = this.#version;
    // The process itself never says less than it used: the account asks the system only if that is too much.
    if (isTooLarge(peak, MemorySize) && isTooLarge(this.#process?.peakMemoryMb ?? peak, MemorySize)) {
      this.#process?.endTooLarge();
      return;
    }
    this.#memoryMb = peak;
    this.#answer = { kind: kind === 'error' ? 'failed' : 'answered', payload: content.slice(head.length + 1) };
    this.#waits();
    this.#finishAnswered();
  }

  /** After the next event was sent, if one waits: the process needn't wait until this is logged. */
  #finishAnswered(): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    this.#answer = undefined;
    this.#memoryMb = this.#process?.peakMemoryMb ?? this.#memoryMb;
    this.#finish(answer);
  }

  /** Its process ends because of an earlier invocation, and the current one can still have another process. */
  #giveBack(): void {
    const current = this.#current;
    this.#current = undefined;
    this.end();
    current?.giveBack();
  }

  #crashed(payload: string): void {
    this.#outcome ??= { kind: 'failed', payload };
    this.#memoryMb = this.#process?.peakMemoryMb ?? this.#memoryMb;
    // It crashed while it waited: send nobody else to it while it ends.
    if (this.state === 'idle') this.state = 'ended';
  }

  /** On timeout, the process is ended, after what it has printed is read. */
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
      this.#surroundings.events.process('ended');
      // A file that can't be removed now is removed at the next start.
      if (this.#scratch !== undefined) rm(this.#scratch, { recursive: true, force: true }, () => {});
      this.#keeper.ended(this);
    }
  }

  /** An invocation that waited for a process that never became ready. */
  #failJob(job: Job, outcome: Outcome): void {
    this.#begin(job).finish(outcome, this.#memoryMb);
  }

  #begin(job: Job): RunningJob {
    const start = { isStarting: this.state === 'starting', initMs: this.#initDuration };
    return new RunningJob(job, this.#surroundings, start, () => this.#expire());
  }

  #finish(outcome: Outcome): void {
    const current = this.#current;
    this.#current = undefined;
    this.#hasServed = true;
    current?.finish(outcome, this.#memoryMb);
  }

  /** Its number within its function. */
  get name(): string {
    return shortNumberIn(this.#stream);
  }
}
