import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { SqlEngine } from '../../src/analysis/sql/index.ts';

/**
 * Speaks ClickHouse's HTTP as far as our client does, and runs the SQL on an engine in this process: no ClickHouse server.
 *
 * @param admits whether a request has the right to ask
 */
export function standIn(
  engine: Pick<SqlEngine, 'insert' | 'rows' | 'run'>,
  admits: (request: IncomingMessage) => boolean = () => true,
): Server {
  return createServer(async (request, response) => {
    let sql = '';
    for await (const chunk of request.setEncoding('utf8')) sql += chunk;
    if (!admits(request)) {
      response.writeHead(403).end('Code: 516. DB::Exception: Authentication failed');
      return;
    }
    try {
      const [, table, lines = ''] = /^INSERT INTO (\w+) FORMAT JSONEachRow\n([\s\S]*)$/.exec(sql) ?? [];
      let answer: object[] = [];
      if (table !== undefined) await engine.insert(table, lines);
      else if (/^\s*SELECT/.test(sql)) answer = await engine.rows(sql);
      else await engine.run(sql);
      response.end(answer.map(row => `${JSON.stringify(row)}\n`).join(''));
    } catch (error) {
      response.writeHead(500).end((error as Error).message);
    }
  });
}
