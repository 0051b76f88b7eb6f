import { describe, expect, it } from 'vitest';
import { commandWords } from '../../../src-main/cli/argv.ts';

describe('a command among the arguments of the app', () => {
  it.each([
    ['nothing', ['/opt/Grantscope/grantscope'], true],
    ['the tour', ['electron', '.', '--tour'], false],
    ['an address', ['grantscope', 'https://as.test'], true],
    ['a file named like nothing we know', ['grantscope', 'runs', 'diagnose'], true],
    ['a checkout in a folder named run', ['electron', 'run', '--no-sandbox'], false],
    ['WebDriver', ['electron', '--app=out/main/main.js', '--no-sandbox', '--remote-debugging-port=0', 'data:,'], false],
  ])('%s opens the window', (_name, argv, packaged) => { expect(commandWords(argv, packaged)).toBeNull(); });

  it.each([
    ['a release', ['/opt/grantscope', 'run', 'x.json', '--open', 'print'], true, ['run', 'x.json', '--open', 'print']],
    ['a checkout', ['electron', '.', 'diagnose', '--json', '-'], false, ['diagnose', '--json', '-']],
    ['a checkout as root', ['electron', '--no-sandbox', '.', 'diagnose', 'a.har', '--disable-gpu'], false, ['diagnose', 'a.har']],
    ['help', ['grantscope', '--help'], true, ['--help']],
    ['help in a checkout', ['electron', '.', '--no-sandbox', '-h'], false, ['-h']],
    ['WebDriver', ['electron', '--app=.', 'run', '--help'], false, ['run', '--help']],
  ])('%s hands over', (_name, argv, packaged, words) => { expect(commandWords(argv, packaged)).toEqual(words); });
});
