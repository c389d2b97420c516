import type { Room, Subject } from './check.ts';

/**
 * A lab's complaint, acted out in the deployed room by the checker's visitors, for an audience at the chat page or the
 * terminal. The subject's `afterwards` removes what it creates, as with checks.
 */
export interface Scene {
  /** One line: what the audience sees. */
  readonly title: string;
  play(set: SceneSet): Promise<void>;
}

/** Everything a scene works with. */
export interface SceneSet {
  readonly subject: Subject;
  readonly room: Room;
  /** Shows the audience what happens. */
  tell(line: string): void;
  /** Gets each line of the conversation as it happens, until the scene is over. */
  overhear(line: string): void;
  /** Resolves once the audience has seen enough. Until then the visitors and their rows stay. */
  untilSeen(): Promise<void>;
}
