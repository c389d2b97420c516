import type { RoomEvent } from '../event.ts';

/** The authorizer's context from the handshake. API Gateway adds it to every event of the connection. */
export interface Membership {
  /** The name that somebody signed in with. */
  readonly username: string;
  /** The connection's channel. The user is a member of it. */
  readonly channel: string;
}

/** An event of a room with channels, where every connection has a channel. */
export type ChannelEvent = RoomEvent & { readonly requestContext: { readonly authorizer: Membership } };
