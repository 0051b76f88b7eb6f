import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

/**
 * A real HTTP proxy for CONNECT on loopback; refuses with 407 without the credentials it wants.
 *
 * @param more `tls`: it speaks TLS itself; `then`: it never answers, or resets the tunnel once something has gone through it
 * @param routes the port on loopback that stands for a `host:port` that exists nowhere
 */
export async function connectProxy(wanted?: string, routes: Readonly<Record<string, number>> = {}, more: { tls?: { cert: string; key: string }; then?: 'silence' | 'reset' } = {}): Promise<{ url: string; asked: string[]; stop(): Promise<void> }> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const refuse: RequestListener = (_request, response) => { response.writeHead(400).end(); };
  const server = more.tls ? createSecureServer(more.tls, refuse) : createServer(refuse);
  server.on('connect', (request, client: Socket, head) => {
    asked.push(request.url ?? '');
    open.add(client.on('close', () => open.delete(client)).on('error', () => client.destroy()));
    if (wanted !== undefined && request.headers['proxy-authorization'] !== `Basic ${Buffer.from(wanted).toString('base64')}`) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    if (more.then === 'silence') return;
    if (more.then === 'reset') {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.once('data', () => client.resetAndDestroy());
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').replace(/^\[(.*)\]/, '$1').split(/:(?=\d+$)/);
    const route = routes[request.url ?? ''];
    const upstream = connect(route === undefined ? { host, port: Number(port) } : { host: '127.0.0.1', port: route }, () => {
      client.write('HTTP/1.1 200 Connection established\r\nX-Proxy: here\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    url: `${more.tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    stop: () => new Promise((stopped) => {
      for (const socket of open) socket.destroy();
      server.close(() => stopped());
      server.closeAllConnections();
    }),
  };
}
