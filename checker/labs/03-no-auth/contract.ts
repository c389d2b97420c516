/** Where the room's token is in a handshake, as an authorizer's identity source has it: `?token=`. */
export const TOKEN_SOURCE = 'route.request.querystring.token';

/** How long a token may live, in seconds. */
export const TOKEN_LIVES = 5 * 60;
