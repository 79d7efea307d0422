import { effect, once, words } from './rule.ts';
import type { ToolRule } from './tool-rule.ts';

/** Rows of single trades. They are tried before those of `tools.ts`, as their objects say more than a verb alone. */
export const domainRules = once((): readonly ToolRule[] => {
  const CHANGING = words(
    'set update change edit modify adjust alter correct revise amend overwrite write put add record enter override submit',
  );
  const STEERING = words(
    'set write change adjust force override start stop open close move run switch increase decrease raise lower trigger actuate command energize deenergize engage release trip operate control',
  );
  const MOVING = words(
    'start launch fire fly send dispatch move goto drive navigate steer land takeoff run stop abort resume turn hoist lift lower raise swing tow dock undock deploy summon control command operate rotate execute play remote reverse',
  );
  const MACHINES = words(
    'drone drones thruster uav quadcopter mission forklift agv amr rover crane hoist excavator tractor harvester bulldozer combine mower locomotive tram boat ship vessel submarine satellite thruster manipulator cnc lathe mill press welder robotarm centrifuge autoclave incubator conveyor palletizer escalator barrier bollard turnstile',
  );
  const PLANT = words(
    'plc scada modbus opcua dcs hmi setpoint setpoints reactor turbine chiller furnace kiln boiler agitator substation breaker switchgear chlorinator dosing',
  );
  /** What the safety of many hangs on. */
  const PUBLIC_SAFETY = words(
    'trafficsignal trafficsignals trafficlight trafficlights railwaypoints railpoints railwaysignal railsignal railwayswitch trackswitch interlocking levelcrossing powergrid sluice floodgate spillway damgate runway airspace',
  );
  const LIFE_SUPPORT = words(
    'infusion infusionpump ventilator pacemaker insulin insulinpump defibrillator dialysis anesthesia anaesthesia oxygen ecmo',
  );
  const GUARDS = words(
    'geofence geofencing nofly noflyzone collision collisionavoidance obstacle speedlimiter speedgovernor deadman altitudelimit',
  );
  const WATCHERS = words(
    'auditing auditlog auditlogs audittrail oversight guardrail guardrails moderation approval approvals supervision cloudtrail auditd humanreview safetycheck safetychecks contentfilter safetyfilter killswitch',
  );
  const QUIETING = words(
    'disable stop pause turn mute suppress bypass skip deactivate suspend override halt circumvent evade',
  );
  const HIRED = words(
    'employee employees staff worker contractor teacher nurse student students apprentice employment enrollment enrolment',
  );
  const PASSES = words('badge badges keycard keycards accesscard fob fobs keyfob rfid smartcard wristband');
  const INFRASTRUCTURE = words(
    'terraform tofu opentofu pulumi helm helmchart kubectl k8s kubernetes cloudformation cdk argocd fluxcd infra infrastructure playbook ansible nomad',
  );
  const FLAGS = words(
    'flag flags featureflag featureflags featuretoggle rollout experiment killswitch launchdarkly unleash',
  );
  const JOBS = words('pipeline pipelines workflow workflows build builds ci job jobs dag');
  const SECURITIES = words('brokerage broker trading stock stocks crypto futures forex equity securities');
  const FILINGS = words(
    'motion claim claims appeal complaint petition taxreturn return patent trademark permit objection lawsuit grievance filing declaration visa dispute application tender',
  );
  const MEDICINES = words(
    'prescription prescriptions medication medications drug drugs medicine dose dosage vaccine',
  );

  // biome-ignore format: a table, one row a rule
  return [
  { id: 'tool.read_page', verbs: words('get read extract'), objects: words('pagetext pagecontent pagesource pagetitle pagehtml pagestate dom screen'), ...effect('read', 'reversible', 0.05, 'none') },

  { id: 'tool.change', verbs: words('clear remove reset delete skip release acquire'), objects: words('listener listeners filter filters highlight highlights formatting breakpoint breakpoints style styles mutex lease hold semaphore test tests step'), access: 'write', ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'tool.change', verbs: words('release acquire'), objects: words('lock locks memory resource resources connection'), access: 'write', ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'tool.browse', verbs: words('close wait resize reload refresh hover handle maximize minimize'), objects: words('browser tab page frame dialog viewport'), ...effect('network', 'reversible', 0.05, 'none') },
  { id: 'tool.none', verbs: ['finish'], objects: words('agent task run episode session conversation'), ...effect('none', 'reversible', 0, 'none') },
  { id: 'tool.none', verbs: words('return give report provide submit emit'), objects: words('answer finalanswer finalresult finalresponse'), ...effect('none', 'reversible', 0, 'none') },
  { id: 'tool.replicate_self', verbs: words('replicate copy clone spawn exfiltrate migrate backup'), objects: ['self', 'itself', 'ownweights'], ...effect('write', 'conditionally_reversible', 0.75, 'severe'), points: 'persistence' },

  { id: 'tool.safety_critical_off', verbs: words('override bypass disable defeat disarm jumper'), objects: words('safetymonitor safetysystem safetygate safetyguard lightcurtain estop'), firm: true, ...effect('deploy', 'reversible', 0.9, 'severe'), points: 'weakening' },
  { id: 'tool.safety_guard_off', verbs: words('override bypass disable defeat remove ignore suppress'), objects: GUARDS, firm: true, ...effect('deploy', 'conditionally_reversible', 0.9, 'catastrophic'), points: 'weakening' },
  { id: 'tool.watch_off', verbs: words('set change update raise override modify rewrite replace'), objects: words('autonomy permissionmode approvalmode approvalpolicy systemprompt ownprompt ownconfig self'), firm: true, ...effect('write', 'reversible', 0.5, 'serious'), points: 'oversight' },
  { id: 'tool.limit_off', verbs: words('override bypass disable remove'), objects: words('ratelimit ratelimits ratelimiting spendlimit spendinglimit quota limitcheck'), firm: true, ...effect('write', 'reversible', 0.5, 'serious'), points: 'weakening' },
  { id: 'tool.oversight_off', verbs: QUIETING, objects: WATCHERS, firm: true, ...effect('write', 'reversible', 0.7, 'severe'), points: 'oversight' },
  { id: 'tool.oversight_off', verbs: words('disable bypass suppress deactivate circumvent evade'), objects: words('audit audits'), ...effect('write', 'reversible', 0.7, 'severe'), points: 'oversight' },
  { id: 'tool.watch_off', verbs: ['uninstall', 'kill'], objects: words('edr antivirus siem agentd firewall auditd'), ...effect('write', 'reversible', 0.5, 'serious'), points: 'oversight' },
  { id: 'tool.delete_trail', verbs: words('delete clear purge wipe erase truncate remove rotate'), objects: words('auditlog auditlogs audittrail accesslog accesslogs eventlog eventlogs securitylog securitylogs'), ...effect('delete', 'irreversible', 0.75, 'severe'), points: 'oversight' },
  { id: 'tool.watch_off', verbs: words('disable stop mute suppress deactivate turn'), objects: words('logging logs monitoring telemetry alerting tracing edr antivirus siem recording cctv'), ...effect('write', 'reversible', 0.5, 'serious'), points: 'oversight' },
  { id: 'tool.clone_pass', verbs: words('clone spoof skim replicate forge'), objects: words('badge badges keycard keycards accesscard idcard bankcard creditcard paymentcard fob keyfob rfid nfc smartcard sim simcard'), ...effect('credential', 'conditionally_reversible', 0.75, 'severe') },
  { id: 'tool.clone_pass', verbs: ['swap'], objects: ['sim', 'simcard'], ...effect('credential', 'conditionally_reversible', 0.75, 'severe') },
  { id: 'tool.pass', verbs: words('issue activate assign program encode enable disable deactivate reactivate revoke grant reprint extend'), objects: PASSES, ...effect('credential', 'reversible', 0.45, 'limited') },

  { id: 'tool.life_support', verbs: STEERING.concat(words('titrate program bolus update configure')), objects: LIFE_SUPPORT, firm: true, ...effect('deploy', 'conditionally_reversible', 0.9, 'catastrophic') },
  { id: 'tool.device_motion', verbs: words('set change adjust engage'), objects: words('autopilot throttle rudder'), firm: true, ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.device_public', verbs: STEERING.filter(verb => verb !== 'control' && verb !== 'operate' && verb !== 'command'), objects: PUBLIC_SAFETY, firm: true, ...effect('deploy', 'conditionally_reversible', 0.9, 'catastrophic') },
  { id: 'tool.device_plant', verbs: STEERING, objects: PLANT, firm: true, ...effect('deploy', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.device_motion', verbs: MOVING, objects: MACHINES, firm: true, ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.device_water', verbs: words('run start stop water open'), objects: words('sprinkler sprinklers irrigation feeder aquarium'), firm: true, ...effect('deploy', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'tool.device_light', verbs: words('turn switch toggle call'), objects: words('plug smartplug outlet socket washingmachine coffeemachine coffeemaker elevator lift tv kettle humidifier'), ...effect('deploy', 'reversible', 0.2, 'trivial') },
  { id: 'tool.device', verbs: ['silence', 'mute', 'reset'], objects: words('alarm alarms siren firealarm smokealarm'), ...effect('deploy', 'reversible', 0.5, 'serious') },
  { id: 'tool.device', verbs: words('set change adjust limit'), objects: words('inverter heatpump battery wallbox evse'), ...effect('deploy', 'reversible', 0.5, 'serious') },
  { id: 'tool.device_light', verbs: words('move pan tilt zoom point rotate set preset'), objects: words('ptz camera projector screen'), ...effect('deploy', 'reversible', 0.2, 'trivial') },
  { id: 'tool.device_flow', verbs: words('start run print'), objects: words('printer3d 3dprinter 3dprint sequencer thermocycler pipette synthesizer bioreactor oven'), ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },

  { id: 'tool.change_care', verbs: words('submit order send issue transfer override adjust increase decrease alter correct discontinue stop cancel taper'), objects: MEDICINES, ...effect('write', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.change_sensitive', verbs: CHANGING.concat(words('create remove merge amend sign')), objects: words('allergy allergies immunization immunisation vitals problemlist careplan dnr anamnesis ehr emr medicalrecord patientrecord casefile probation custody'), ...effect('write', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.schedule_care', verbs: words('schedule order request book reschedule admit discharge refer triage cancel'), objects: words('surgery lab labs labtest bloodtest scan radiology imaging mri ct xray biopsy patient referral admission infusion transplant'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.schedule_care', verbs: words('admit discharge'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },

  { id: 'tool.end_employment', verbs: words('terminate fire dismiss layoff expel unenroll disenroll furlough sack evict'), objects: HIRED.concat(words('tenant tenants resident')), ...effect('write', 'conditionally_reversible', 0.75, 'severe') },
  { id: 'tool.expel', verbs: words('offboard deprovision'), ...effect('credential', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.payroll', verbs: words('run process execute submit approve finalize release'), objects: ['payroll'], ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.change_record', verbs: CHANGING.concat(words('award void revoke')), objects: words('grade grades transcript gpa diploma degree salary salaries compensation wage wages bonus criminal verdict deed landregistry voter electoral vote votes ballot ballots election'), ...effect('write', 'reversible', 0.5, 'serious') },
  { id: 'tool.change_record', verbs: words('promote demote hire transfer'), objects: HIRED, ...effect('write', 'reversible', 0.5, 'serious') },
  { id: 'tool.read', verbs: ['submit'], objects: ['search'], access: 'read', ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'tool.run_pipeline', verbs: ['submit'], objects: words('job jobs batch query task run workflow'), ...effect('execute', 'reversible', 0.3, 'trivial') },
  { id: 'tool.create', verbs: words('enroll enrol'), objects: words('course courses class program webinar benefits plan event student patient'), access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.broadcast', verbs: ['release'], objects: words('grade grades result results score scores statement'), ...effect('communicate', 'conditionally_reversible', 0.35, 'limited'), sends: true },
  { id: 'tool.broadcast', verbs: words('post create update publish'), objects: ['statuspage'], firm: true, ...effect('communicate', 'conditionally_reversible', 0.35, 'limited'), sends: true },
  { id: 'tool.cancel', verbs: words('terminate end'), objects: words('contract lease agreement tenancy engagement'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.submit', verbs: words('file submit lodge'), objects: FILINGS, ...effect('communicate', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'tool.sign', verbs: words('cast'), objects: words('vote ballot'), ...effect('write', 'irreversible', 0.6, 'serious') },
  { id: 'tool.withdraw_filing', verbs: ['withdraw'], objects: words('application applications claim petition complaint consent request offer bid motion submission candidacy'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },

  { id: 'tool.tip', verbs: words('add leave give set'), objects: words('tip gratuity'), ...effect('payment', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.tip', verbs: ['tip'], first: true, ...effect('payment', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.invest', verbs: words('create open send'), objects: words('marketorder limitorder stockorder cryptoorder buyorder sellorder tradeorder'), ...effect('payment', 'irreversible', 0.75, 'severe') },
  { id: 'tool.invest', verbs: words('submit place execute fill'), objects: SECURITIES, firm: true, ...effect('payment', 'irreversible', 0.75, 'severe') },
  { id: 'tool.commit_money', verbs: words('topup fund'), objects: words('wallet account campaign card'), ...effect('payment', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'tool.move_money', verbs: words('sign broadcast bridge disburse'), objects: words('wallet transaction tx crypto escrow loan funds'), ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.invest', verbs: words('close liquidate exit'), objects: words('position positions brokerage'), ...effect('payment', 'irreversible', 0.75, 'severe') },
  { id: 'tool.invest', verbs: words('start activate enable'), objects: words('tradingbot autotrading copytrading livetrading'), ...effect('payment', 'irreversible', 0.75, 'severe') },
  { id: 'tool.approve_money', verbs: words('approve authorize'), objects: words('token tokens spend spending allowance'), ...effect('payment', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.purchase', verbs: ['mint'], objects: words('nft nfts token tokens coin coins'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: ['request'], objects: words('ride taxi cab pickup courier booking reservation'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: ['subscribe'], objects: words('premium pro plus plan tier'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: ['make', 'send'], objects: words('donation gift giftcard'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.charge', verbs: words('issue grant apply give add'), objects: words('credit storecredit compensation goodwill'), also: words('support customer order store account goodwill compensation ticket issue'), ...effect('payment', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.invest', verbs: ['rebalance'], objects: words('portfolio fund assets'), ...effect('payment', 'irreversible', 0.75, 'severe') },
  { id: 'tool.change_for_good', verbs: words('fulfill fulfil ship'), objects: words('order orders shipment'), access: 'write', ...effect('write', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'tool.send', verbs: ['request'], objects: words('money'), ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },
  { id: 'tool.create', verbs: ['create', 'generate'], objects: words('paymentlink checkoutsession quote quotation estimate'), access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.redeem', verbs: words('redeem exchange spend'), objects: words('points miles voucher giftcard credits rewards reward coupon loyalty'), ...effect('payment', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'tool.payment_plan', verbs: words('dispute void reverse chargeback'), objects: words('charge charges transaction transactions payment payments invoice debit'), ...effect('payment', 'conditionally_reversible', 0.5, 'limited') },
  { id: 'tool.purchase', verbs: words('upgrade downgrade change switch start activate'), objects: words('subscription subscriptions membership seats license licenses licence'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: words('upgrade downgrade'), objects: words('plan tier'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: words('confirm complete finalize finalise submit'), objects: words('order purchase checkout cart booking reservation'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: words('place raise submit'), objects: words('bid bids auction'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.commit_money', verbs: words('create set add start setup'), objects: words('standingorder directdebit autopay recurringpayment installment'), ...effect('payment', 'conditionally_reversible', 0.55, 'serious') },

  { id: 'tool.privilege', verbs: ['escalate'], objects: words('privilege privileges permissions'), ...effect('credential', 'reversible', 0.7, 'severe') },
  { id: 'tool.read_secret', verbs: words('export dump list'), objects: words('allcredentials allpasswords allsecrets'), ...effect('credential', 'reversible', 0.75, 'severe'), secret: true },
  { id: 'tool.read_secret', verbs: words('export'), objects: words('credential credentials password passwords secrets'), firm: true, ...effect('credential', 'reversible', 0.75, 'severe'), secret: true },
  { id: 'tool.read_secret', verbs: words('dump harvest crack'), objects: words('password passwords credential credentials hashes lsass keychain'), ...effect('credential', 'reversible', 0.75, 'severe'), secret: true },
  { id: 'tool.change_secret', verbs: words('write put store save upsert rotate'), objects: words('secret secrets password passwords credentials root certificate certificates cert certs'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.change_secret', verbs: words('set create add update change generate issue delete revoke share send'), objects: words('code codes pin pins'), also: words('lock door gate smartlock access entry keypad alarm safe'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.ban', verbs: words('deactivate reactivate disable enable lock unlock'), objects: words('user users account accounts member members employee login'), ...effect('write', 'reversible', 0.4, 'limited') },
  { id: 'tool.share', verbs: ['share'], objects: words('sheets spreadsheets docs folders calendars boards'), ...effect('credential', 'conditionally_reversible', 0.45, 'limited'), sends: true },
  { id: 'tool.delete_store', verbs: words('delete destroy schedule disable'), objects: words('kms encryptionkey keydeletion masterkey cmk'), ...effect('delete', 'irreversible', 0.8, 'severe'), shared: true },
  { id: 'tool.destroy', names: words('flushall flushdb redisflushall redisflushdb'), ...effect('delete', 'irreversible', 0.7, 'severe'), shared: true },
  { id: 'tool.delete', verbs: ['delete'], objects: words('file files'), access: 'delete', ...effect('delete', 'irreversible', 0.5, 'serious') },
  { id: 'tool.clear', verbs: words('delete remove'), objects: words('sheet sheets worksheet worksheets workbook'), access: 'delete', ...effect('delete', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'tool.delete', verbs: words('clear wipe reset purge erase'), objects: words('memory memories'), ...effect('delete', 'irreversible', 0.5, 'serious') },
  { id: 'tool.list_secrets', verbs: ['list'], objects: words('vault keychain'), ...effect('credential', 'reversible', 0.4, 'limited') },
  { id: 'tool.read_secret', verbs: words('reveal unseal unmask disclose'), objects: words('secret secrets password passwords credential credentials apikey'), ...effect('credential', 'reversible', 0.75, 'severe'), secret: true },
  { id: 'tool.credential', verbs: words('attach detach put'), objects: words('policy policies role roles permission permissions acl'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.credential', verbs: words('assume elevate sudo'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.credential', verbs: ['sign'], objects: ['in'], ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.credential', verbs: words('set assign change add make'), objects: ['owner'], ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.credential', verbs: ['exchange', 'refresh'], objects: words('token tokens authcode'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.create_user', verbs: ['sign'], objects: ['up'], ...effect('credential', 'reversible', 0.35, 'limited') },
  { id: 'tool.share_link', verbs: ['sign', 'presign'], objects: words('url urls link'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious'), sends: true },
  { id: 'tool.share_wide', verbs: words('make set'), objects: words('public bucketpublic'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.change_secret', verbs: words('set update change rotate reset generate create issue share send'), objects: words('lockcode accesscode doorcode usercode entrycode keycode gatecode pincode unlockcode'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.make_key', verbs: words('create generate add issue mint'), objects: words('accountkey apitoken authtoken deploykey servicekey personalaccesstoken'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.transfer_ownership', verbs: words('transfer change'), objects: ['ownership'], ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },

  { id: 'tool.deploy', verbs: words('apply upgrade install sync rollout run update execute'), objects: INFRASTRUCTURE, firm: true, ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.deploy', verbs: words('apply install upgrade sync'), objects: words('chart manifest manifests stack stacks'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.read_internal', verbs: words('plan preview diff'), objects: INFRASTRUCTURE.concat(words('stack chart')), access: 'read', ...effect('read', 'reversible', 0.15, 'trivial') },
  { id: 'tool.deploy', verbs: ['create'], objects: words('release releases'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.migrate', verbs: ['migrate'], objects: words('database db schema tables data'), ...effect('write', 'conditionally_reversible', 0.5, 'limited'), shared: true },
  { id: 'tool.test', verbs: ['build'], objects: words('docker image container'), ...effect('execute', 'reversible', 0.2, 'trivial') },
  { id: 'tool.unprotect', verbs: words('set update change edit remove delete disable'), objects: words('branchprotection protectionrule deletionprotection'), ...effect('write', 'reversible', 0.5, 'serious'), points: 'weakening' },
  { id: 'tool.unprotect', verbs: ['unprotect'], ...effect('write', 'reversible', 0.5, 'serious'), points: 'weakening' },
  { id: 'tool.change', verbs: words('protect increase decrease raise lower reduce extend'), access: 'write', ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'tool.deploy', verbs: words('failover cutover'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.delete_machine', verbs: ['destroy'], objects: INFRASTRUCTURE, ...effect('delete', 'irreversible', 0.6, 'serious'), shared: true },
  { id: 'tool.flag', verbs: words('set enable disable toggle update turn switch change ramp create activate deactivate'), objects: FLAGS, ...effect('deploy', 'reversible', 0.4, 'limited'), shared: true },
  { id: 'tool.scale', verbs: words('scale resize set'), objects: words('deployments statefulset replicaset replicas nodegroup nodepool autoscaling dyno dynos'), ...effect('deploy', 'reversible', 0.4, 'limited'), shared: true },
  { id: 'tool.run_pipeline', verbs: words('trigger retry rerun start run dispatch restart'), objects: JOBS, ...effect('execute', 'reversible', 0.3, 'trivial') },
  { id: 'tool.power', verbs: words('drain cordon uncordon deallocate hibernate'), ...effect('execute', 'reversible', 0.35, 'limited'), shared: true },
  { id: 'tool.send', verbs: ['page'], first: true, objects: words('oncall team engineer responder'), ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },
  { id: 'tool.send', verbs: words('trigger declare'), objects: words('incident page alert outage'), ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },

  { id: 'tool.freeze', verbs: words('mute snooze silence'), objects: words('monitor monitors alert alerts incident notification notifications conversation thread chat channel user member'), ...effect('write', 'reversible', 0.35, 'limited') },
  { id: 'tool.send_bulk', verbs: ['send', 'launch'], objects: words('newsletter mailing blast bulk mass emailcampaign mailcampaign'), ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },
  { id: 'tool.send_bulk', verbs: ['send'], objects: ['campaign'], ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },
  { id: 'tool.download', verbs: ['clone'], objects: words('repo repository project'), ...effect('network', 'reversible', 0.2, 'trivial'), fetches: true },
  { id: 'tool.read_order', verbs: words('get read find view fetch lookup retrieve show load check'), objects: words('reservation booking order ticket itinerary shipment').flatMap(what => ['details', 'detail', 'info', 'information', 'data', 'record'].map(end => what + end)), access: 'read', ...effect('read', 'reversible', 0.3, 'limited') },
];
});

/** Names of sources of knowledge, which a tool that is called by nothing else asks. */
export const SOURCES: readonly string[] = words(
  'arxiv wikipedia wikidata pubmed scholar wolfram wolframalpha duckduckgo ddg serpapi searxng tavily exa perplexity stackexchange stackoverflow hackernews yfinance openweathermap crossref openalex biorxiv medline newsapi britannica wikihow dbpedia openlibrary imdb openweather serper',
);
