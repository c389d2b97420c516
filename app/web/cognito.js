/** How long to wait for an answer, in milliseconds. */
const PATIENCE = 15_000;
/** Operations that aren't repeated: the second attempt would fail because the name is taken, or the code is used. */
const ONCE = ['SignUp', 'ConfirmForgotPassword'];

/** Why Cognito failed: `code` is AWS's, or `Unreachable` if nobody answered. */
export class CognitoError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * The few Amazon Cognito operations that a page can call without credentials, for one user pool client. Each has the
 * API's input and output, and rejects with a CognitoError.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html
 */
export function cognitoAt({ endpoint, clientId }) {
  const call = (operation, input) => ask(endpoint, operation, { ClientId: clientId, ...input });
  const initiate = async (AuthFlow, AuthParameters) => {
    const { AuthenticationResult, ChallengeName } = await call('InitiateAuth', { AuthFlow, AuthParameters });
    if (AuthenticationResult === undefined) throw new CognitoError('Challenge', ChallengeName);
    return AuthenticationResult;
  };
  return {
    signUp: (username, email, password) =>
      call('SignUp', { Username: username, Password: password, UserAttributes: [{ Name: 'email', Value: email }] }),
    confirm: (username, code) => call('ConfirmSignUp', { Username: username, ConfirmationCode: code }),
    resend: (username) => call('ResendConfirmationCode', { Username: username }),
    signIn: (username, password) => initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password }),
    renew: (refreshToken) => initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: refreshToken }),
    revoke: (refreshToken) => call('RevokeToken', { Token: refreshToken }),
    forgot: (username) => call('ForgotPassword', { Username: username }),
    reset: (username, code, password) =>
      call('ConfirmForgotPassword', { Username: username, ConfirmationCode: code, Password: password }),

    /** Whether Cognito can be reached at all: any answer means that the network works. */
    async isReachable() {
      try {
        await fetch(endpoint, {
          method: 'HEAD',
          mode: 'no-cors',
          cache: 'no-store',
          signal: AbortSignal.timeout(5_000),
        });
        return true;
      } catch {
        return false;
      }
    },
  };
}

async function ask(endpoint, operation, input) {
  const { response, answer } = await send(endpoint, operation, input)
    .catch((error) => {
      // A kept-alive connection that has ended fails right away, and a new one works.
      if (error.name === 'TimeoutError' || ONCE.includes(operation)) throw error;
      return send(endpoint, operation, input);
    })
    .catch(() => {
      throw new CognitoError('Unreachable', `No answer to ${operation} from ${endpoint}`);
    });
  if (response.ok) return answer;
  // Some AWS services put the namespace before the code: `com.amazonaws…#UsernameExistsException`.
  const code = String(answer.__type ?? response.status).replace(/^.*#/, '');
  throw new CognitoError(code, answer.message ?? answer.Message ?? '');
}

async function send(endpoint, operation, input) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await response.text();
  return { response, answer: text === '' ? {} : JSON.parse(text) };
}
