import type { Room, Subject } from './check.ts';

/**
 * A lab's complaint, played in the deployed room by visitors of the checker, for somebody who watches the chat page or the
 * terminal. What it brings is removed by the subject's `afterwards`, like what a check brings.
 */
export interface Scene {
  /** One line: what can be seen. */
  readonly title: string;
  play(set: SceneSet): Promise<void>;
}

/** What a scene has to play with. */
export interface SceneSet {
  readonly subject: Subject;
  readonly room: Room;
  /** Shows the audience what happens. */
  tell(line: string): void;
  /** A line of the conversation, as it happens. */
  overhear(line: string): void;
  /** Resolves once the audience has seen enough; until then the visitors and their rows stay. */
  untilSeen(): Promise<void>;
}
