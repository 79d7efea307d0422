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
    ['ControlSystemValidator', 'tool.read_internal'],
    ['AccessControlTool', 'tool.credential'],
    ['OrderManagementTool', 'tool.change'],
    ['PatientRecordAccess', 'tool.read_private'],
    ['MeetingScheduler', 'tool.create'],
    ['AccountDeletionTool', 'tool.delete_account'],
    ['FlightBooking', 'tool.purchase'],
    ['ExpediaBookFlight', 'tool.purchase'],
    ['FacebookManagerPostMessage', 'tool.post'],
    ['schedule_inspection', 'tool.create'],
    ['grant_access', 'tool.credential'],
    ['GrantInformationDatabase', 'tool.read'],
    ['resolve_host', 'tool.read'],
    ['resolve_issue', 'tool.change'],
    ['remove_user_from_chat', 'tool.expel'],
    ['remove_user', 'tool.delete_account'],
  ])('%s is %s', (name, rule) => {
    expect(readToolName(name, defaultTables()).rules[0]?.id).toBe(rule);
  });

  it.each(['address_book', 'customer', 'SessionUser'])('%s is no action', name => {
    expect(readToolName(name, defaultTables()).rules).toEqual([]);
  });

  it.each([
    ['ProfileManager', true],
    ['update_manager', true],
    ['inventory_control_tool', true],
    ['update_profile', false],
    ['Edit', false],
    ['Bash', false],
  ])('%s is called by a noun: %s', (name, called) => {
    expect(readToolName(name, defaultTables()).called).toBe(called);
  });
});

describe('what a name belongs to', () => {
  it.each([
    ['drone.mission.start', 'tool.device_motion'],
    ['railway.points.setPosition', 'tool.device_public'],
    ['brokerage.orders.submit', 'tool.invest'],
    ['zendesk.tickets.update', 'tool.change'],
    ['agent.submit', 'tool.none'],
    ['mcp__server__start', 'tool.run'],
    ['infusion_pump_set_rate', 'tool.life_support'],
    ['github_dismiss_review', 'tool.trash'],
    ['order_track', 'tool.read_personal'],
    ['order_lunch', 'tool.purchase'],
    ['arxiv', 'tool.search_web'],
  ])('%s is %s', (name, rule) => {
    expect(readToolName(name, defaultTables()).rules[0]?.id).toBe(rule);
  });

  it('is read for devices and rights only', () => {
    expect(readToolName('plc.mixer.setValue', defaultTables()).rules[0]?.id).toBe('tool.device_plant');
    expect(readToolName('mcp__payments__get_chart', defaultTables()).rules[0]?.actionType).toBe('read');
  });
});
