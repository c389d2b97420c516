const EXPLAINED = {
  Forbidden: 'The room has no route for that message.',
  'Internal server error': 'Something failed in the room. Your message may not have been delivered.',
};

/**
 * Parses a text frame of docs/wire-format.md: a message, `{ kind: 'message', from, text, at, id }`, or an error,
 * `{ kind: 'error', text, detail, isGateways }`. Undefined for anything else.
 */
export function readFrame(data) {
  let frame;
  try {
    frame = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof frame !== 'object' || frame === null) return undefined;
  const { type, from, text, at, id, message, requestId } = frame;
  if (type === 'message' && typeof from === 'string' && typeof text === 'string') {
    return { kind: 'message', from, text, at: readTime(at), id };
  }
  if (typeof message !== 'string') return undefined;
  if (type === 'error') return { kind: 'error', text: message };
  if (type === undefined) return gatewayError(message, requestId);
  return undefined;
}

/** API Gateway's own frames have no type, and contain the request id, with which to find it in the logs. */
function gatewayError(message, requestId) {
  const detail = [`API Gateway: ${message}`];
  if (typeof requestId === 'string') detail.push(`request ${requestId}`);
  const text = EXPLAINED[message] ?? 'API Gateway rejected that.';
  return { kind: 'error', text, detail: detail.join(', '), isGateways: true };
}

function readTime(at) {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? new Date() : time;
}
