import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src-main/contract/index.ts';
import { bytesOf } from '../../src-main/contract/index.ts';
import { curlCommand } from '../../src-main/export/index.ts';
import { rawServer, runIn, SHELLS } from '../main/export/shells.ts';

const values: Record<string, string> = {
  'quotes': '\' " ` \u2018\u2019\u201c\u201e', 'expansions': '$() $(id) ${x} $x $$ $? `id` ~ *', 'history': '!! !x !', 'cmd': '%PATH% ^ & | < > "',
  'line breaks': 'a\nb\r\nc\rd\n', 'tab': '\ta\t', 'NUL': 'a\0b\0', 'control bytes': '\u0003\u001b[31m\u0007\u007f\u0008', 'leading dash': '-o /tmp/x', 'leading at': '@/etc/passwd',
  'trailing backslash': 'a\\', 'backslashes': '\\n \\\\ \\x41 \\', 'emoji': '😀🏳️‍🌈', 'lone surrogate, as bytes': '', 'end of the here-document': 'x\nCURL_CONFIG\ny', 'config syntax': '"\noutput = "/tmp/x',
};

let server: Awaited<ReturnType<typeof rawServer>>;
beforeAll(async () => { server = await rawServer(); });
afterAll(async () => { await server.close(); });

function requestWith(name: string, text: string): string {
  const bytes = name === 'lone surrogate, as bytes' ? '\u00ed\u00a0\u0080' : bytesOf(text);
  const line = bytes.replace(/[\r\n\0]/g, '').trim();
  const method = `M${line.replace(/[^!#$%&'*+\-.^_`|~A-Za-z0-9]/g, '')}`;
  const header = `X${line.replace(/[^!#$%&'*+\-.^_`|~A-Za-z0-9]/g, '')}`;
  return `${method} /${line.replaceAll(' ', '')} HTTP/1.1\r\nHost: a\r\n${header}: ${line}\r\ncontent-length: ${bytes.length}\r\n\r\n${bytes}`;
}

describe('attack 54: shell export round trip', () => {
  it.each(Object.entries(values))('%s in method, target, header name, header value and body', async (name, text) => {
    const request = requestWith(name, text);
    const exchange: Exchange = {
      id: 'e', purpose: 'token', method: 'POST', url: `http://127.0.0.1:${server.port}/`, request, response: null, times: { started: 1, ended: 2 }, connection: null, tls: null, failure: null,
    };
    const command = curlCommand(exchange, { secrets: 'included', known: [] });
    if (!command.ok) throw new Error(command.problem.why);
    expect(command.value.text).not.toMatch(/--data |^data = /m);
    expect(command.value.text).toContain('--globoff');
    // A pasted line must hold nothing a terminal acts upon.
    expect(command.value.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    for (const shell of SHELLS) {
      server.received.length = 0;
      const { errors } = await runIn(shell, command.value.text);
      expect({ shell, errors, received: server.received }).toEqual({ shell, errors: '', received: [request] });
    }
  });
});
