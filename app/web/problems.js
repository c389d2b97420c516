/** What is wrong with a password, by the words of the pool's policy in Cognito's answer. */
const PASSWORD = [
  [
    /not long enough|greater than or equal to/i,
    'That password is too short: take a longer one, of three or four words.',
  ],
  [/uppercase/i, 'The password needs a capital letter.'],
  [/lowercase/i, 'The password needs a small letter.'],
  [/numeric/i, 'The password needs a digit.'],
  [/symbol/i, 'The password needs a symbol, such as ! or ?'],
  [/regular expression/i, 'The password is too short, or begins or ends with a space: take another one.'],
];

const TOO_OFTEN = 'That was tried too often. Wait some minutes, then try again.';

/** What Cognito's codes mean to a person: `[field, words]`, without a field where it is about none. */
const MEANING = {
  UsernameExistsException: ['username', 'Somebody has that user name already. Choose another one, or sign in.'],
  AliasExistsException: ['email', 'Somebody has signed up with that address already.'],
  CodeMismatchException: ['code', 'That is not the code. Look again, or have a new one sent.'],
  ExpiredCodeException: ['code', 'That code is not good any more. Have a new one sent.'],
  UserNotFoundException: ['username', 'Nobody of that name has signed up.'],
  PasswordHistoryPolicyViolationException: ['password', 'You had that password before: take a new one.'],
  PasswordResetRequiredException: [undefined, 'This password is not good any more. Choose “Forgot your password?”.'],
  CodeDeliveryFailureException: [undefined, 'The code could not be sent. Try again in a while.'],
  LimitExceededException: [undefined, TOO_OFTEN],
  TooManyRequestsException: [undefined, TOO_OFTEN],
  TooManyFailedAttemptsException: [undefined, TOO_OFTEN],
  UnexpectedLambdaException: [undefined, 'Nobody can sign up now: what decides about it does not answer.'],
  ResourceNotFoundException: [undefined, 'The room’s user pool is gone. Load this page again.'],
  Unreachable: [undefined, 'Nobody answers: is the network there? Try again.'],
};

/** What kept Cognito from doing it, `{ field, words }`: for whom it is, and where they can mend it. */
export function problemOf({ code, message }) {
  if (code === 'InvalidPasswordException') return { field: 'password', words: wrongPassword(message) };
  if (code === 'InvalidParameterException') return invalid(message);
  // What the function says that decides who can have an account: it looks at the address.
  if (code === 'UserLambdaValidationException')
    return { field: 'email', words: message.replace(/^PreSignUp failed with error /, '') };
  if (code === 'NotAuthorizedException') return refused(message);
  if (code === 'Challenge' && message === 'NEW_PASSWORD_REQUIRED')
    return {
      field: 'password',
      words:
        'That is a temporary password, which this page cannot change. Ask whoever runs the room for a lasting one.',
    };
  if (code === 'Challenge') return { words: `Cognito asks for more than this page can give: ${message}.` };
  const [field, words] = MEANING[code] ?? [undefined, `Cognito says: ${message || code}`];
  return { field, words };
}

function invalid(message) {
  if (/email address/i.test(message)) return { field: 'email', words: 'That is no email address.' };
  if (/at 'password'/i.test(message)) return { field: 'password', words: wrongPassword(message) };
  if (/username/i.test(message))
    return { field: 'username', words: 'That cannot be a user name: take letters and digits, without spaces.' };
  if (/confirmationCode/i.test(message)) return { field: 'code', words: 'That is not the code: it has digits only.' };
  return { words: message };
}

function refused(message) {
  if (/incorrect/i.test(message)) return { field: 'password', words: 'User name and password do not belong together.' };
  if (/disabled/i.test(message)) return { words: 'This user may not sign in: whoever runs the room has stopped it.' };
  if (/attempts exceeded/i.test(message)) return { words: TOO_OFTEN };
  return { words: message };
}

function wrongPassword(message) {
  return PASSWORD.find(([policy]) => policy.test(message))?.[1] ?? message;
}
