import type { ServerResponse } from 'node:http';
import type { TraceEvent } from '../aws/practice.ts';
import type { Target } from '../aws/target.ts';
import type { Subject } from '../checking/check.ts';
import { synthesizeWith } from '../checking/drift.ts';
import type { Lab } from '../checking/lab.ts';
import type { Verdict } from '../checking/result.ts';
import { openSubject, stackNameOf } from '../checking/subject.ts';
import { explainFailure } from '../failures/failure.ts';
import type { GameDocument } from '../gameday/document.ts';
import { Synthesizer } from '../synth/synthesizer.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { type ChangesDocument, changesDocument } from './changes.ts';
import type { ChecksDocument } from './checks.ts';
import type { DeployedRoom, Unavailable } from './deployed-room.ts';
import { eventById } from './event-by-id.ts';
import { type LogsDocument, logsDocument } from './logs.ts';
import { observeDeployedRoom } from './observe-room.ts';
import { OwnChecks } from './own-checks.ts';
import { explainRefusal, type RefusalDocument } from './refusal.ts';
import { relay } from './relay.ts';
import { Scope } from './scope.ts';
import { watchFiles } from './watched-files.ts';

/** The console's lab, and the sources it reads. */
export interface ConsoleOptions {
  readonly root: string;
  readonly lab: Lab;
  /** The account, wherever it is running now. */
  readonly target: () => Promise<Target>;
  /** Whether somebody else deploys and checks on each save, and reports the verdicts: `lab start`. */
  readonly isTold: boolean;
  /** Returns the game day that the room is part of. */
  readonly game?: () => Promise<GameDocument | undefined>;
}

/** A part that may have changed: the page reads it again. */
export type Changed = 'room' | 'checks' | 'changes';

/** The console of one lab, for every browser that shows it. */
export class Console {
  readonly #options: ConsoleOptions;
  readonly #scope: Scope;
  readonly #open = new Set<ServerResponse>();
  readonly #ended = new AbortController();
  readonly #synthesizer: Synthesizer;
  readonly #checks: OwnChecks;
  #stopWatching: (() => void) | undefined;
  /** The id of the newest deployment that was reported. */
  #told = '';

  constructor(options: ConsoleOptions) {
    this.#options = options;
    this.#scope = new Scope(stackNameOf(options.lab.id));
    this.#synthesizer = new Synthesizer(options.root);
    this.#checks = new OwnChecks({
      ...options,
      signal: this.#ended.signal,
      synthesize: synthesizeWith(this.#synthesizer),
      onChange: () => this.#tell('checks'),
    });
  }

  /** Which lab it shows. */
  get lab(): Lab {
    return this.#options.lab;
  }

  /** Reads what is deployed. */
  room(): Promise<DeployedRoom | Unavailable> {
    return this.#look(async (subject) => {
      this.#scope.learn(subject.resources);
      const room = await observeDeployedRoom(subject, this.lab);
      this.#scope.learn(
        [],
        [...room.functions, ...room.tables].map(({ name }) => name),
      );
      return room;
    });
  }

  /** Returns the latest results of the checks. */
  async checks(): Promise<ChecksDocument> {
    const [checks, game] = await Promise.all([this.#checks.read(), this.#options.game?.()]);
    return game === undefined ? checks : { ...checks, game };
  }

  /** Gives the next hint for the first failure. */
  hint(): Promise<ChecksDocument> {
    return this.#checks.hint();
  }

  /** Compares the current file with what is deployed. */
  changes(): Promise<ChangesDocument | Unavailable> {
    return this.#look((subject) => changesDocument(subject, synthesizeWith(this.#synthesizer)));
  }

  /** Returns the newest lines of the functions' logs. */
  logs(): Promise<LogsDocument | Unavailable> {
    return this.#look(logsDocument);
  }

  /** Explains what IAM denied in an event, by the event's id. */
  async refusal(id: string): Promise<RefusalDocument | Unavailable> {
    const event = await eventById(this.#options.root, id);
    if (event === undefined) return { unavailable: 'The account no longer has this event.' };
    return this.#look(async (subject) => {
      const refusal = await explainRefusal(subject, event);
      return refusal ?? { unavailable: 'IAM denied nothing there.' };
    });
  }

  /** Takes a verdict from somebody else. */
  take(verdict: Verdict): void {
    this.#checks.take(verdict);
    this.#tell('room', 'changes');
  }

  /** Sends the events of this lab until the browser leaves. */
  async stream(response: ServerResponse, lastEventId: string | undefined): Promise<void> {
    const { root } = this.#options;
    this.#open.add(response);
    this.#stopWatching ??= watchFiles(labFolder(root, this.lab.id), () => this.#saved());
    response.on('close', () => this.#leave(response));
    response.on('error', () => {});
    const target = await this.#options.target().catch(() => undefined);
    // Events are assigned to labs by what is deployed.
    await this.room();
    if (target?.kind === 'aws') {
      const unavailable = 'Only the practice account reports events live.';
      response.write(`event: account\ndata: ${JSON.stringify({ state: 'aws', unavailable })}\n\n`);
      return;
    }
    const onEvent = ({ id, event }: { readonly id: string; readonly event: TraceEvent }) => this.#note(id, event);
    await relay({ root, scope: this.#scope, response, lastEventId, onEvent });
  }

  close(): void {
    this.#ended.abort();
    this.#stopWatching?.();
    this.#synthesizer.close();
    for (const response of this.#open) response.end();
  }

  /** Notifies every browser that something may have changed. */
  #tell(...changed: readonly Changed[]): void {
    const text = changed.map((what) => `event: changed\ndata: ${JSON.stringify({ what })}\n\n`).join('');
    for (const response of this.#open) response.write(text);
  }

  /** `lab start` deploys and checks each save itself. */
  #saved(): void {
    this.#tell('changes');
    this.#checks.again();
  }

  /** Notes that a deployment has ended. */
  #note(id: string, event: TraceEvent): void {
    const isOfStack = event.kind === 'stack' && event.type === 'AWS::CloudFormation::Stack';
    // Another browser may have reported it already, and one that reconnects gets it again.
    if (!isOfStack || !event.status.endsWith('_COMPLETE') || isAfter(this.#told, id)) return;
    this.#told = id;
    // Later events may be about new resources.
    void this.room().then(() => this.#tell('room', 'changes'));
    this.#checks.again();
  }

  /** Reads the lab as it is deployed; if that fails, says why. */
  async #look<T>(work: (subject: Subject) => Promise<T>): Promise<T | Unavailable> {
    const { root, lab } = this.#options;
    let target: Target | undefined;
    try {
      target = await this.#options.target();
      const folder = labFolder(root, lab.id);
      const open = await openSubject({ root, labFolder: folder, lab: lab.id, target, signal: this.#ended.signal });
      try {
        return await work(open.subject);
      } finally {
        await open.close();
      }
    } catch (error) {
      const { reason, next } = explainFailure(error, target ?? { kind: 'practice', title: 'the practice account' });
      return { unavailable: `${reason} ${next}`.trim() };
    }
  }

  #leave(response: ServerResponse): void {
    this.#open.delete(response);
    if (this.#open.size > 0) return;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }
}

/** Whether an event of the same run came after another one, or is the same. */
function isAfter(one: string, other: string): boolean {
  const [run, number] = one.split(/-(?=\d+$)/);
  const [otherRun, otherNumber] = other.split(/-(?=\d+$)/);
  return run === otherRun && Number(number) >= Number(otherNumber);
}
