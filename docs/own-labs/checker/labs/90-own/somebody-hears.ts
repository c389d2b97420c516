import { check, openRoom, type Spoken, speak } from 'websocket-lab';

export const somebodyHears = check<Spoken>({
  id: 'somebody-hears',
  title: 'Somebody hears what is said',
  needs: ['room-is-deployed'],
  expected: 'One speaks, and the other hears it.',
  observe: (subject) => speak(subject, openRoom(subject).address, { count: false }),
  judge: ({ heard, conversation }) => ({
    outcome: heard.listener > 0 ? 'passed' : 'failed',
    actual: `The other heard it ${heard.listener} times.`,
    evidence: [{ source: 'conversation', lines: conversation }],
  }),
  hints: [
    'One speaks, and the other hears nothing.',
    'Which route takes what is said?',
    'What finds no route of its own goes to $default.',
    'Add a route `sendmessage` that calls the function which speaks to the room.',
  ],
  docs: { lab: 'labs/90-own/README.md', aws: 'https://docs.aws.amazon.com/apigateway/' },
});
