// A small Electron app that does with the practice provider what Grantscope does, for the tests of its process: no window,
// orders on stdin, one line of JSON for each answer.
import { resolve } from 'node:path';
import { app } from 'electron';
import { PracticeHost } from '../../../src-main/practice/host.ts';

const usual = { authorizationCode: 60, accessToken: 120, idToken: 120, refreshToken: 600 };
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const processes = () => app.getAppMetrics().filter(({ name }) => name === 'Grantscope practice provider').map(({ pid }) => pid);

app.disableHardwareAcceleration();
app.whenReady().then(() => {
  const host = new PracticeHost(resolve('src-main/practice/process.ts'));
  const orders = {
    look: async () => ({ info: host.info(), processes: processes() }),
    start: async () => ({ started: await Promise.all([host.start(usual), host.start(usual)]), processes: processes() }),
    quicken: async () => ({ started: [await host.start({ ...usual, accessToken: 7 })], processes: processes() }),
    stop: async () => {
      await host.stop();
      return { info: host.info(), processes: processes() };
    },
    quit: async () => app.exit(0),
  };
  process.stdin.setEncoding('utf8').on('data', async (text) => {
    for (const order of text.trim().split('\n')) say(await orders[order]());
  });
  say({ ready: process.pid });
});
