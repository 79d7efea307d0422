import { describe, expect, it } from 'vitest';
import { defaultTables } from './tables.ts';
import { readToolName } from './tool-names.ts';

describe('readToolName', () => {
  it.each([
    ['getUserById', 'get user by id'],
    ['HTTPRequest', 'http request'],
    ['mcp__git_hub__create-issue', 'create issue'],
    ['github.createIssue', 'create issue'],
    ['server/tools:read_file', 'read file'],
    ['delete__', 'delete'],
    ['', ''],
  ])('%j has the parts %j', (name, parts) => {
    expect(readToolName(name, defaultTables()).parts.join(' ')).toBe(parts);
  });

  it.each([
    ['get_deleted_users', 'tool.read_personal'],
    ['user_delete', 'tool.delete_account'],
    ['email_search', 'tool.read_personal'],
    ['email', 'tool.send'],
    ['find_and_delete_note', 'tool.delete_message'],
    ['AddressBookSearchContacts', 'tool.read_personal'],
    ['BankManagerTransferFunds', 'tool.move_money'],
    ['sales_report_generator', 'tool.create'],
    ['payment_history', 'tool.read'],
    ['count_tokens', 'tool.read'],
  ])('%s is %s', (name, rule) => {
    expect(readToolName(name, defaultTables()).rules[0]?.id).toBe(rule);
  });
});
