/** Where the room's token is in a handshake, in the form of an authorizer's identity source: `?token=`. */
export const TOKEN_SOURCE = 'route.request.querystring.token';

/** The longest that a token may live, in seconds. */
export const TOKEN_LIVES = 5 * 60;
