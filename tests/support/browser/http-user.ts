import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';

/**
 * The user's browser reduced to HTTP: follows redirects, keeps cookies, submits the one form of a page. No scripts, no rendering,
 * no policy a browser enforces (for those: RealBrowser). Fast enough for every integration test.
 */
export class HttpUser {
  readonly #cookies = new Map<string, { path: string; value: string }>();
  readonly #hops: string[] = [];

  /** Every URL that was asked for, in order. */
  get hops(): readonly string[] { return this.#hops; }

  /**
   * Opens an authorization URL, signs in at the practice provider and goes wherever that leads.
   *
   * @param options `until`: stop before asking for a URL that begins so, and return it (the redirect itself is then the test's to make)
   * @returns the last URL and what stood there; `html` is empty where the way ended at `until`
   */
  async signIn(url: string, options: { account?: string; deny?: boolean; until?: string } = {}): Promise<{ url: string; status: number; html: string }> {
    let page = await this.go(url, options.until);
    if (page.html.includes('name="decision"')) {
      const form = new URLSearchParams({ account: options.account ?? 'ada', decision: options.deny ? 'deny' : 'continue' });
      page = await this.#request(page.url, options.until, form);
    }
    // The provider changes the account through a page that posts a form by itself.
    const automatic = /<form method="post" action="([^"]+)">([\s\S]*?)<\/form>/.exec(page.html);
    if (automatic?.[1] !== undefined && automatic[2] !== undefined) {
      const fields = [...automatic[2].matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
      page = await this.#request(new URL(automatic[1], page.url).href, options.until, new URLSearchParams(fields));
    }
    return page;
  }

  /** Opens a URL and submits, as it stands, every form of the pages that come, until one has none. */
  async submitAll(url: string): Promise<{ url: string; status: number; html: string }> {
    let page = await this.go(url);
    for (let count = 0; count < 6; count += 1) {
      const form = /<form [^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/.exec(page.html);
      if (form?.[1] === undefined) return page;
      const fields = [...(form[2] ?? '').matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
      page = await this.#request(new URL(form[1], page.url).href, undefined, new URLSearchParams(fields));
    }
    return page;
  }

  /** Opens a URL and follows redirects. */
  go(url: string, until?: string): Promise<{ url: string; status: number; html: string }> {
    return this.#request(url, until);
  }

  async #request(start: string, until?: string, form?: URLSearchParams): Promise<{ url: string; status: number; html: string }> {
    let [url, body] = [start, form];
    for (let hop = 0; hop < 20; hop += 1) {
      if (until !== undefined && url.startsWith(until)) return { url, status: 0, html: '' };
      this.#hops.push(url);
      const response = await navigate(url, {
        accept: 'text/html', 'sec-fetch-mode': 'navigate', cookie: this.#cookiesFor(url), ...(body && { origin: new URL(url).origin, 'content-type': 'application/x-www-form-urlencoded' }),
      }, body?.toString());
      this.#keep(response.headers['set-cookie'] ?? []);
      const { location } = response.headers;
      const html = (await response.setEncoding('utf8').toArray()).join('');
      if (location === undefined) return { url, status: response.statusCode ?? 0, html };
      url = new URL(location, url).href;
      body = undefined;
    }
    throw new Error('Redirected more than 20 times');
  }

  #cookiesFor(url: string): string {
    const { pathname } = new URL(url);
    return [...this.#cookies].filter(([, { path }]) => pathname.startsWith(path)).map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, { path, value });
    }
  }
}

/** Not `fetch`: that one says of itself that it is no navigation. */
function navigate(url: string, headers: Record<string, string>, body?: string): Promise<IncomingMessage> {
  return new Promise((answered, failed) => {
    httpRequest(url, { method: body === undefined ? 'GET' : 'POST', headers, agent: false }, answered).once('error', failed).end(body);
  });
}
