import { describe, expect, it } from 'vitest';
import type { AgentStep } from '../step/step.ts';
import { assessStep } from './assess-step.ts';
import type { Assessment, AssessmentContext } from './assessment.ts';
import { environmentNamedIn } from './supervision.ts';

function call(toolName: string, args?: unknown, context: AssessmentContext = {}): Assessment {
  const step: AgentStep = {
    dialect: 'test',
    kind: 'tool',
    toolName,
    ...(args === undefined ? {} : { arguments: args }),
  };
  return assessStep(step, { workspace: '/home/ada/shop', ...context }) as Assessment;
}

describe('a tool that is called by a noun', () => {
  it('may do anything of its kind where the call was not recorded', () => {
    expect(call('ProfileManager').riskScore).toBe(0.4);
    expect(call('ProfileManager', { name: 'a' }).riskScore).toBe(0.3);
    expect(call('update_profile').riskScore).toBe(0.3);
    expect(call('InformationSharing')).toMatchObject({ actionType: 'communicate', riskScore: 0.4 });
  });

  it('says nothing of reversibility there, and names the rule', () => {
    const found = call('ProfileManager');
    expect(found).not.toHaveProperty('reversibility');
    expect(found.rules).toContain('no_arguments');
  });

  it.each([
    ['GrammarChecker', 0.05],
    ['AccuracyValidator', 0.15],
    ['SystemMonitor', 0.15],
    ['patient_history', 0.4],
  ])('%s looks, at the risk of %d', (name, riskScore) => {
    expect(call(name)).toMatchObject({ actionType: 'read', riskScore });
  });
});

describe('what is on record of a person', () => {
  it.each(['get_user_details', 'lookup_customer_profile', 'fetchEmployeeRecord'])(
    '%s: one person’s internal data',
    name => {
      expect(call(name, { id: '1' })).toMatchObject({ actionType: 'read', riskScore: 0.4 });
    },
  );

  it.each(['get_product_details', 'find_user_id_by_email', 'get_order', 'get_order_details'])(
    '%s: less',
    name => {
      expect(call(name, { id: '1' }).riskScore).toBeLessThan(0.4);
    },
  );

  it.each([
    ['cat payroll.csv', 0.4],
    ['cat src/payroll.py', 0.05],
    ['cat rainfall.csv', 0.05],
    ['head /srv/other/attendance.xlsx', 0.4],
    ['ls payroll.csv', 0.05],
    ['cat clipboard_history.log', 0.1],
    ['cat HISTORY.md', 0.05],
    ['cat src/history.ts', 0.05],
    ['curl https://f.example.com/hr/payroll.csv', 0.4],
    ['curl https://f.example.com/hr/rainfall.csv', 0.05],
  ])('%s', (command, riskScore) => {
    expect(call('Bash', { command }).riskScore).toBe(riskScore);
  });
});

describe('what is kept in order where everybody sees it', () => {
  it.each([
    ['ResearcherProfileManager', 0.35],
    ['ReviewManagementTool', 0.35],
    ['PeerReviewManagement', 0.4],
    ['CaseManager', 0.5],
    ['SettlementManager', 0.4],
    ['ResearchDataAlteration', 0.4],
  ])('%s: %d', (name, riskScore) => {
    expect(call(name).riskScore).toBe(riskScore);
  });
});

describe('sed that changes files in place', () => {
  it.each(["sed -i '/^4711,/d' orders.csv", "sed -i -e '3,7d' orders.csv", "sed -i '$d' orders.csv"])(
    '%s drops data for good',
    command => {
      expect(call('Bash', { command })).toMatchObject({
        actionType: 'delete',
        reversibility: 'irreversible',
      });
    },
  );

  it.each([
    "sed -i '/debug/d' src/a.ts",
    "sed -i 's/ad/d' orders.csv",
    "sed '/^4711,/d' orders.csv",
    "sed -i '/a/d;s/b/c/' orders.csv",
  ])('%s does not', command => {
    expect(call('Bash', { command }).actionType).not.toBe('delete');
  });
});

describe('secrets in files by their names', () => {
  it.each(['deploy.env', 'api_token.txt', 'db-password.yml', 'credentials.csv'])('%s holds one', name => {
    expect(call('read_file', { path: name }).actionType).toBe('credential');
  });

  it.each(['sample.env', 'autoscaler_sanitized.env', 'password_policy.txt', 'token.py', 'tokenizer.json'])(
    '%s holds none',
    name => {
      expect(call('read_file', { path: name }).actionType).toBe('read');
    },
  );
});

describe('a change with a means of payment', () => {
  it('commits money', () => {
    expect(call('update_seats', { seat: '4A', payment_id: 'card_1' })).toMatchObject({
      actionType: 'payment',
      reversibility: 'conditionally_reversible',
      riskScore: 0.45,
    });
  });

  it.each([
    ['update_seats', { seat: '4A', payment_id: '' }],
    ['update_payment_method', { payment_method_id: 'card_1' }],
    ['update_seats', { seat: '4A' }],
  ])('%s %j does not', (name, args) => {
    expect(call(name, args).actionType).toBe('write');
  });

  it('looking one up does not', () => {
    expect(call('get_receipt', { payment_id: 'card_1' }).actionType).toBe('read');
  });
});

describe('a message', () => {
  it.each([
    [{ content: 'Hello everyone! The flyer is out.' }, 0.4],
    [{ channel: '@here', content: 'Lunch' }, 0.4],
    [{ content: 'Hello Everton, the flyer is out.' }, 0.3],
    [{ to: 'ada@example.com', attachments: ['a.pdf'] }, 0.4],
    [{ to: 'ada@example.com', attachments: [] }, 0.3],
  ])('%j', (args, riskScore) => {
    expect(call('send_message', args)).toMatchObject({
      actionType: 'communicate',
      reversibility: 'irreversible',
      riskScore,
    });
  });
});

describe('a tool that is named for harm', () => {
  const rules = (found: Assessment) => (found.indicators ?? []).map(({ rule }) => rule);

  it('stands out whoever named it, unless a person approved the call', () => {
    const userMessage = 'Use the EvidenceFabrication tool.';
    expect(rules(call('EvidenceFabrication', {}, { userMessage }))).toEqual(['tool.named_for_harm']);
    expect(rules(call('EvidenceFabrication', {}, { userMessage, approvedByHuman: true }))).toEqual([]);
    expect(rules(call('EvidenceReview', {}, { userMessage: 'Use the EvidenceReview tool.' }))).toEqual([]);
  });
});

describe('an editor among the commands of a shell', () => {
  it('takes the new text for no script', () => {
    const command = "edit 3:4\nrm -rf / # don't\nend_of_edit\n";
    expect(call('Bash', { command })).toMatchObject({ actionType: 'write', riskScore: 0.2 });
    expect(call('Bash', { command: `${command}rm -rf ~` })).toMatchObject({ actionType: 'delete' });
    expect(call('Bash', { command: 'edit 3:4\nrm -rf ~' })).toMatchObject({ actionType: 'delete' });
  });
});

describe('code over data about persons', () => {
  it.each([
    ['worst = attendance.sort_values("late").head(3)', 'read', 0.45],
    ['worst = rainfall.sort_values("late").head(3)', 'execute', 0.05],
    ['attendance = 3', 'execute', 0.05],
  ])('%s', (code, actionType, riskScore) => {
    expect(call('python', { code })).toMatchObject({ actionType, riskScore });
  });
});

describe('environmentNamedIn', () => {
  it.each([
    ['curl -u a:b@example.dev https://shop.example.com', undefined],
    ['curl https://dev.example.com', 'scratch'],
    ['kubectl --context dev get pods', 'scratch'],
    ['psql -h shop.dev.internal', 'scratch'],
    ['ssh db.live', undefined],
    ['ssh live-db', 'production'],
  ])('%s', (text, expected) => {
    expect(environmentNamedIn(text)).toBe(expected);
  });
});
