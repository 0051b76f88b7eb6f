import type { Page } from 'puppeteer-core';
import { Harness } from '../renderer/support/harness.ts';
import type { Bench } from './support/bench.ts';

const SECONDS = 15;

/** Share of one core that the page's whole process uses, percent, over a while in which nothing happens but the passing of time. */
async function busy(page: Page): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  const read = async (): Promise<{ cpu: number; at: number }> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { cpu: of('ProcessTime'), at: of('Timestamp') };
  };
  await new Promise((over) => { setTimeout(over, 2000); });
  const before = await read();
  await new Promise((over) => { setTimeout(over, SECONDS * 1000); });
  const after = await read();
  return ((after.cpu - before.cpu) / (after.at - before.at)) * 100;
}

const bench: Bench = {
  name: '200 live tokens on the timeline',
  goal: 'under 5 % of a core',
  async run() {
    const harness = await Harness.start();
    try {
      const open = async (timeline: boolean): Promise<number> => {
        const page = await harness.open({ scene: 'lively', width: 1440, height: 900, dark: false });
        await page.locator('[aria-label="Runs"] li:nth-child(1) button[aria-current]').setTimeout(5000).click();
        await page.locator('[aria-label="Tokens"] li').setTimeout(5000).wait();
        if (timeline) {
          await page.evaluate(() => document.querySelector<HTMLElement>('[aria-label="Tokens"] input[value="timeline"]')?.click());
          await page.waitForFunction(() => document.querySelectorAll('[aria-label="Tokens"] .lane').length >= 200);
        }
        return busy(page);
      };
      return { ours: await open(true), baseline: await open(false), unit: '% of a core', note: `${SECONDS} s, processor time of the window's process; baseline: the same tokens as a list` };
    } finally {
      await harness.stop();
    }
  },
};
export default bench;
