/** The function that posts. */
export const HANDLER = 'send-message.ts';

/** Texts in the lines of a handler that post, or handle a connection that is gone. */
export const NEAR = ['GoneException', '410', 'PostToConnectionCommand('];
