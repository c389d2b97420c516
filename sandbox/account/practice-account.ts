import type { Clock } from '../calls/context.ts';
import type { Ids } from '../calls/ids.ts';
import type { Forecast } from '../weather/weather.ts';
import type { Identity } from './identity.ts';

/** How a practice account is started. */
export interface PracticeAccountOptions {
  /** The account's folder: `.lab/account`. */
  readonly folder: string;
  /** The port to listen on, on 127.0.0.1; 0 or absent selects a free one. */
  readonly port?: number;
  readonly region?: string;
  /** This process's name in messages to others that wait for it: `lab start`. */
  readonly command?: string;
  /** Whether the account stays until it is asked to stop, so that other processes of the checkout can use it. */
  readonly lasting?: boolean;
  /** Whether functions get a process before they are invoked, for example when they are deployed. True by default. */
  readonly preparesFunctions?: boolean;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /**
   * How the account behaves: immediate and without limits (`calm`, the default), or as slow, strict and eventually
   * consistent as AWS.
   */
  readonly weather?: 'calm' | 'aws';
  /** The seed of everything random in AWS's weather: the same seed gives the same weather. 1 by default. */
  readonly seed?: string | number;
  /** How many seconds of AWS's weather pass in one second here. 20 by default. */
  readonly scale?: number;
  /** Milliseconds on a monotonic clock: the weather's own time. */
  readonly now?: () => number;
  /**
   * Shows a message to the person who runs the account: a rollback at start, a bug of ours. `mail` contains a code or a
   * password that AWS would have sent to somebody, and is never logged.
   */
  readonly say?: (message: string, kind?: 'mail') => void;
  /** Called when another process of the checkout asked this one to stop. */
  readonly onStop?: () => void;
}

/** A running practice account, as the process that started it sees it. */
export interface PracticeAccount {
  readonly port: number;
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  readonly region: string;
  readonly identity: Identity;
  /** The account's weather, for its users; undefined if it is calm. */
  readonly forecast?: Forecast;
  /** Admits one of our pages, at this origin, to call the account and open sockets. */
  allowPage(origin: string): void;
  /** Ends functions and sockets, and releases the account. */
  close(): Promise<void>;
}
