import type { RoomEvent } from '../event.ts';

/** What the authorizer found out at the handshake. API Gateway adds it to every event of the connection. */
export interface Membership {
  /** The name that somebody signed in with. */
  readonly username: string;
  /** The channel that the connection is in, of which they are a member. */
  readonly channel: string;
}

/** An event of a room with channels: nobody is in it without being in a channel. */
export type ChannelEvent = RoomEvent & { readonly requestContext: { readonly authorizer: Membership } };
