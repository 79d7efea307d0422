import { writeFileSync } from 'node:fs';
import { factsSql, rollupsSql } from '../../src/analysis/sql/files.ts';

const folder = new URL('../../collector-config/clickhouse/', import.meta.url);
writeFileSync(new URL('facts.sql', folder), factsSql());
writeFileSync(new URL('rollups.sql', folder), rollupsSql());
