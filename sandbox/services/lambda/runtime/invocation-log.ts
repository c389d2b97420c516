import type { World } from '../../../calls/context.ts';
import type { Correlation } from '../../../trace/correlation.ts';
import type { LogEvent } from '../../../trace/events.ts';
import { publish } from '../../../trace/publish.ts';
import { cut, withoutSecrets } from '../../../trace/secrets.ts';
import type { LoggingRecord, VersionRecord } from '../records.ts';

/** An invocation's metrics, for its report. */
export interface Report {
  /** Milliseconds from the event's delivery to the answer. */
  readonly duration: number;
  /** Milliseconds that the process took to start, for its first invocation. */
  readonly initDuration: number | undefined;
  readonly maxMemoryMb: number;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
}

/** The log's owner. */
export interface LogScope {
  readonly accountId: string;
  readonly region: string;
  readonly functionName: string;
}

const tailBytes = 4096;
/** How many characters of one burst, and of one line, go into the event stream. */
const [mostShown, longestShown] = [8000, 2000];

/**
 * The log stream of one execution environment: the function's output, and the lines that Lambda itself writes around
 * each invocation, in the function's log format
 * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html). Lines that may not be
 * written to the stream, according to `granted`, are still in the invocation's tail.
 */
export class InvocationLog {
  readonly #world: Pick<World, 'logs' | 'clock'>;
  readonly #scope: LogScope;
  readonly #config: LoggingRecord;
  readonly #version: VersionRecord;
  readonly #stream: string;
  readonly #granted: () => boolean;
  /** The invocation's log, as far back as its tail can go. */
  #invocation = '';
  #requestId: string | undefined;

  constructor(
    world: Pick<World, 'logs' | 'clock'>,
    scope: LogScope,
    version: VersionRecord,
    stream: string,
    granted: () => boolean,
  ) {
    this.#granted = granted;
    this.#world = world;
    this.#scope = scope;
    this.#config = version.LoggingConfig;
    this.#version = version;
    this.#stream = stream;
  }

  /** One event, as the function printed it. */
  event(message: string): void {
    this.#write([message]);
  }

  /** Text of a standard stream: every line is an event. */
  text(content: string): void {
    this.#write(content.split(/\r?\n/).filter((line) => line !== ''));
  }

  start(requestId: string): void {
    this.#invocation = '';
    this.#requestId = requestId;
    const version = this.#version.Version;
    this.#platform(`START RequestId: ${requestId} Version: ${version}`, 'start', { requestId, version });
  }

  timedOut(requestId: string, seconds: string): void {
    const line = `${this.#world.clock.now().toISOString()} ${requestId} Task timed out after ${seconds} seconds`;
    if (this.#config.LogFormat === 'Text') this.#write([line]);
  }

  end(requestId: string, report: Report): void {
    const { duration, initDuration, maxMemoryMb, status, errorType } = report;
    const billed = Math.ceil(duration + (initDuration ?? 0));
    const { MemorySize } = this.#version;
    const parts = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${duration.toFixed(2)} ms`,
      `Billed Duration: ${billed} ms`,
      `Memory Size: ${MemorySize} MB`,
      `Max Memory Used: ${maxMemoryMb} MB`,
      ...(initDuration === undefined ? [] : [`Init Duration: ${initDuration.toFixed(2)} ms`]),
      ...(status === 'success' ? [] : [`Status: ${status}`]),
      ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
    ];
    if (this.#config.LogFormat === 'Text') {
      this.#write([`END RequestId: ${requestId}`, `${parts.join('\t')}\t`]);
      return;
    }
    this.#platform('', 'report', {
      requestId,
      metrics: {
        durationMs: Number(duration.toFixed(3)),
        billedDurationMs: billed,
        memorySizeMB: MemorySize,
        maxMemoryUsedMB: maxMemoryMb,
        initDurationMs: initDuration && Number(initDuration.toFixed(3)),
      },
      status: status === 'error' && errorType !== undefined ? 'failure' : status,
    });
  }

  /** The last 4 KB of the invocation's log, for `X-Amz-Log-Result`. */
  tail(): string {
    const bytes = Buffer.from(this.#invocation);
    return bytes.subarray(Math.max(0, bytes.length - tailBytes)).toString('utf8');
  }

  #platform(line: string, type: string, record: object): void {
    if (this.#config.LogFormat === 'Text') {
      this.#write([line]);
    } else if (this.#config.SystemLogLevel !== 'WARN') {
      const time = this.#world.clock.now().toISOString();
      this.#write([JSON.stringify({ time, type: `platform.${type}`, record })]);
    }
  }

  #write(messages: readonly string[]): void {
    if (messages.length === 0) return;
    // Every line and every character is at least one byte.
    const newest = messages.slice(-tailBytes).join('\n');
    this.#invocation = `${this.#invocation}${newest}\n`.slice(-tailBytes);
    const isGranted = this.#granted();
    publish(this.#world.clock, () => this.#shown(messages, isGranted));
    if (!isGranted) return;
    const timestamp = this.#world.clock.now().getTime();
    this.#world.logs.write(
      this.#scope,
      this.#config.LogGroup,
      this.#stream,
      messages.map((message) => ({ timestamp, message })),
    );
  }

  #shown(messages: readonly string[], isGranted: boolean): Correlation & LogEvent {
    const { accountId, region, functionName } = this.#scope;
    const lines: string[] = [];
    let room = mostShown;
    for (const message of messages) {
      const line = cut(withoutSecrets(cut(message, longestShown)), longestShown);
      room -= line.length;
      if (room < 0) break;
      lines.push(line);
    }
    const more = messages.length - lines.length;
    return {
      account: accountId,
      region,
      function: functionName,
      requestId: this.#requestId,
      kind: 'log',
      group: this.#config.LogGroup,
      stream: this.#stream,
      lines,
      ...(more > 0 ? { more } : {}),
      ...(isGranted ? {} : { isLost: true }),
    };
  }
}
