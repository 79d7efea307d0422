import { createAssess, type RulePack } from 'otel-alignment/assess';

const ledger: RulePack = {
  name: 'ledger',
  version: '1',
  commands: [{ id: 'ledger.post', programs: ['ledgerctl'], sub: ['post'], actionType: 'payment', risk: 0.8 }],
  places: [{ zone: 'secret', folders: ['/srv/ledger/keys'] }],
  override: { 'git.push': { risk: 0.5 }, 'net.probe': false },
};
export const assess = createAssess({ packs: [ledger] });
