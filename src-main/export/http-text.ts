import type { Bytes, Exchange } from '../contract/index.ts';

/**
 * An exchange as it went over the connection: the request byte for byte, an empty line, then the head of the answer as it came and
 * its body decoded, so that it can be read.
 *
 * @param exchange masked, with pseudonyms; or raw where secrets were asked for
 */
export function rawHttpOf(exchange: Exchange): Bytes {
  const { request, response, failure } = exchange;
  if (response === null) return `${request}\r\n\r\n# ${asciiOf(failure?.message ?? 'No answer.')}\r\n`;
  return `${request}\r\n\r\n${response.raw.slice(0, response.headLength)}${response.body}`;
}

export const asciiOf = (text: string): string => text.replace(/[^ -~]/g, ' ');
