/** A command of the line with the test as the person at the browser: every address that is printed is opened and signed in at. */
import { runCli } from '../../../src-main/cli/index.ts';
import type { Surroundings } from '../../../src-main/cli/index.ts';
import { HttpUser } from '../../support/browser/index.ts';
import { surroundings } from './surroundings.ts';

export interface Played {
  code: number;
  out: string;
  err: string;
  /** Addresses that stood on a line of their own. */
  urls: string[];
}

export interface PlayOptions {
  words: readonly string[];
  folder: string;
  deny?: boolean;
  /** Called with each address in place of signing in. */
  onUrl?: (url: string) => Promise<unknown>;
  /** Called with everything that is printed on standard output. */
  onLine?: (text: string) => void;
  change?: Partial<Surroundings>;
}

export async function play({ words, folder, deny = false, onUrl, onLine, change = {} }: PlayOptions): Promise<Played> {
  const played: Played = { code: -1, out: '', err: '', urls: [] };
  const trips: Promise<unknown>[] = [];
  const look = (text: string): void => {
    for (const line of text.split('\n')) {
      if (!/^https?:\/\/\S+$/.test(line)) continue;
      played.urls.push(line);
      trips.push(onUrl ? onUrl(line) : new HttpUser().signIn(line, { deny }));
    }
  };
  played.code = await runCli(words, {
    ...surroundings(folder),
    out: (text) => { played.out += text; look(text); onLine?.(text); },
    err: (text) => { played.err += text; look(text); },
    ...change,
  });
  await Promise.all(trips);
  return played;
}

/** The last line of `--json`. */
export interface LastLine {
  run: {
    id: string; outcome: string;
    steps: { kind: string; outcome: string; provocation?: string }[];
    tokens: { kind: string; fate: string }[];
    refusals: { error: string | null; provocation?: string }[];
  } | null;
  diagnosis: { error: string; causes: { id: string; verdict: string; evidence: { entry: string; where: string; text: string }[] }[] } | null;
  problem?: { code: string; message: string };
}

export const lastLine = ({ out }: Played): LastLine => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as LastLine;
