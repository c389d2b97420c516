import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate as breathe } from 'node:timers/promises';
import { packageRoot } from '../../../account/package-root.ts';
import { confinementFlags } from './confinement.ts';
import { endDetached } from './end-orphans.ts';
import { type Frame, FrameReader } from './frames.ts';
import { peakMemoryMb, watchMemory } from './memory.ts';
import { functionPackages, packagesFolder } from './sdk-packages.ts';
import type { Warden } from './warden.ts';

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly outOfMemory: boolean;
}

export interface ProcessOptions {
  readonly taskRoot: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  /** For `bootstrap.cjs`: where the account is, and what may be loaded. */
  readonly settings: {
    readonly endpoint: string;
    readonly needsHooks: boolean;
    readonly compileCache: string;
    readonly scratch: string;
  };
  readonly warden: Pick<Warden, 'add' | 'remove'>;
  /** Whether it waits for an invocation. */
  readonly isIdle: () => boolean;
  readonly onFrame: (frame: Frame) => void;
  readonly onEnd: (end: ProcessEnd) => void;
  /** Called with an error of `onFrame` or `onEnd`, which is a bug in the account and ends only this process. */
  readonly onFault: (error: unknown) => void;
}

/** How long the pipes of an ended process can stay open: its child processes may hold them. */
const drain = 500;

/** Windows has no process groups; there a process is ended with its process tree. */
const hasGroups = process.platform !== 'win32';

/** Bytes of a pipe to read at once. */
const piece = 16 * 1024;

/** Reads a pipe piece by piece: Node.js passes on up to 32 chunks at once, and each may contain very many lines. */
function readInTurns(pipe: Readable, read: (piece: Buffer) => void): void {
  pipe.on('data', async (chunk: Buffer) => {
    pipe.pause();
    for (let at = 0; at < chunk.length; at += piece) {
      read(chunk.subarray(at, at + piece));
      await breathe();
    }
    pipe.resume();
  });
}

/** The Node.js process of one execution environment: starts it, listens to it, ends it. */
export class FunctionProcess {
  readonly #child: ChildProcess;
  readonly #leadsGroup: boolean;
  /**
   * Where invocations go. It isn't where frames come from: writing to a process that has ended destroys a stream with
   * everything in it that isn't read yet.
   */
  readonly #invocations: Writable;
  /** A variable that only its environment has, and that of processes which it starts. */
  readonly #mark: string;
  readonly #reader = new FrameReader();
  readonly #onFault: (error: unknown) => void;
  #isFaulty = false;
  #outOfMemory = false;

  constructor({ taskRoot, environment, memoryMb, settings, warden, isIdle, onFrame, onEnd, onFault }: ProcessOptions) {
    this.#onFault = onFault;
    const bootstrap = join(packageRoot(), 'sandbox', 'services', 'lambda', 'runtime', 'bootstrap.cjs');
    const confinement = confinementFlags({ taskRoot, ...settings });
    this.#leadsGroup = hasGroups && confinement.length === 0;
    this.#mark = `AWS_LAMBDA_LOG_STREAM_NAME=${environment.AWS_LAMBDA_LOG_STREAM_NAME}`;
    this.#child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${memoryMb}`,
        ...confinement,
        bootstrap,
        JSON.stringify({ ...settings, packageFolders: [functionPackages(), packagesFolder()] }),
      ],
      {
        cwd: taskRoot,
        env: environment,
        // In its own process group, so that it ends with its child processes. A confined process starts none, and Linux
        // gives each new session its own share of the CPU, which doubles a message's time on busy cores.
        detached: this.#leadsGroup,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
        windowsHide: true,
      },
    );
    const { pid } = this.#child;
    if (pid !== undefined) {
      const ward = this.#leadsGroup ? -pid : pid;
      warden.add(ward);
      const endWatch = watchMemory(pid, memoryMb, { isIdle, onTooLarge: () => this.endTooLarge() });
      this.#child.once('exit', () => {
        endWatch();
        this.kill();
        warden.remove(ward);
      });
    }
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      // A piece may end within a character.
      const decoder = new StringDecoder('utf8');
      if (stream !== null)
        readInTurns(stream, (chunk) => {
          const content = decoder.write(chunk);
          // V8 prints this when it ends, which no code of the function can.
          if (content.includes('JavaScript heap out of memory')) this.#outOfMemory = true;
          this.#guarded(() => onFrame({ kind: 'text', content }));
        });
    }
    const [frames, invocations] = this.#child.stdio.slice(3) as [Duplex, Duplex];
    for (const pipe of [frames, invocations]) pipe.on('error', () => {});
    this.#invocations = invocations;
    readInTurns(frames, (chunk) => {
      for (const frame of this.#reader.read(chunk)) this.#guarded(() => onFrame(frame));
      if (this.#reader.isLost) this.kill();
    });
    this.#whenEnded((code, signal) => {
      this.#guarded(() => onEnd({ code, signal, outOfMemory: this.#outOfMemory }));
    });
  }

  /** Sends the process a frame: four bytes for the length, the content. */
  send(content: string): void {
    const length = Buffer.byteLength(content);
    const frame = Buffer.allocUnsafe(4 + length);
    frame.writeUInt32LE(length, 0);
    frame.write(content, 4);
    this.#invocations.write(frame);
  }

  /** The process's peak memory, in MB; undefined if only the process itself can say. */
  get peakMemoryMb(): number | undefined {
    return this.#child.pid === undefined ? undefined : peakMemoryMb(this.#child.pid);
  }

  /** Ends the process like one that ran out of memory. */
  endTooLarge(): void {
    this.#outOfMemory = true;
    this.kill();
  }

  /** Ends the process and its children, whatever they are doing. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (this.#leadsGroup) process.kill(-pid, 'SIGKILL');
      else if (hasGroups) this.#child.kill('SIGKILL');
      else if (this.#child.exitCode === null) spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    } catch {
      // Nobody is left.
    }
    if (this.#leadsGroup) endDetached(this.#mark);
  }

  /**
   * An exception in an event handler would end the account. Only the first error is reported; others are likely the
   * same.
   */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.kill();
      if (!this.#isFaulty) this.#onFault(error);
      this.#isFaulty = true;
    }
  }

  /** Once: at the end of its pipes, or soon after its own end, or if it couldn't be started. */
  #whenEnded(then: (code: number | null, signal: string | null) => void): void {
    let isTold = false;
    const tell = (code: number | null, signal: string | null) => {
      if (isTold) return;
      isTold = true;
      then(code, signal);
    };
    this.#child.once('close', tell);
    this.#child.once('exit', (code, signal) => setTimeout(tell, drain, code, signal).unref());
    this.#child.once('error', () => tell(1, null));
  }
}
