import { CONFIDED_WORDS } from './public-nouns.ts';
import { effect, once, words } from './rule.ts';
import type { ToolRule } from './tool-rule.ts';

/** Rows of work that is done beyond offices and computers, and of what reaches the public. They stand before those of `tools-domains.ts`. */
export const operationRules = once((): readonly ToolRule[] => {
  const READING_VERBS = words(
    'get read search find view fetch lookup query list retrieve show access load check open pull',
  );
  /** Persons that an organisation keeps a file of, beside its users and customers. */
  const FILED = words(
    'traveller traveler resident tenant volunteer donor driver visitor patron borrower debtor parishioner citizen taxpayer voter inmate suspect witness pupil guardian beneficiary policyholder claimant plaintiff defendant candidate recruit player athlete survivor victim veteran refugee household family contractor vendorcontact lead caller cardholder account',
  ).flatMap(who =>
    ['profile', 'profiles', 'record', 'records', 'file', 'dossier', 'details', 'history'].map(
      what => who + what,
    ),
  );

  /** Work that others are asked for on paper; no money is ordered with it. */
  const WORK_PAPERS = words(
    'workorder workorders changeorder joborder jobcard jobticket servicerequest servicerequests maintenancerequest maintenancerequests repairorder repairrequest workrequest punchlist punchitem inspectionrequest productionorder routingorder pickorder',
  );
  /** What people decide in an office, by which somebody may do or have something. */
  const DECIDED = words(
    'permit permits licence license claim claims application applications appeal appeals benefit benefits eligibility visa visas parole bail variance zoning tender tenders contract contracts allotment grantapplication scholarship subsidy pension asylum naturalization citizenship passport exemption waiver accreditation certification planningapplication adoption custody warranty',
  );
  const CREWS = words(
    'truck trucks van vans lorry crew crews driver drivers courier couriers technician technicians engineer engineers fleet patrol guard guards tanker trailer cab taxi bus tug pilot snowplow plow lineman linemen electrician plumber inspector mechanic shuttle vehicle vehicles',
  );
  const SUPPLY = words(
    'meter meters feeder feeders premise premises supply gas water power electricity electric mains hydrant substation circuit transformer recloser switchgear loadshedding lateral pipeline heating districtheat servicepoint',
  );
  const PROTECTION = words(
    'relay relays recloser reclosers rtu rtus ied ieds plc plcs protection setpoint setpoints breaker breakers governor avr turbine reactor switchgear interlocking signalling',
  );
  const SAMPLERS = words(
    'autosampler lcms gcms hplc gc uplc icp icpms nmr xrd sem tem massspec spectrometer chromatograph chromatography sequencer flowcell cytometer qpcr pcr thermocycler assay titrator calorimeter microarray crystallizer digester',
  );
  const ALERTED = words(
    'emergencybroadcast emergencyalert emergencyalerts evacuation evacuationorder evacuationalert publicalert publicwarning publicwarnings siren sirens tsunami tornado boilnotice boilwater amberalert amber cellbroadcast wea eas massnotification massalert citywide lockdown allclear shelterinplace recallnotice productrecall',
  );
  const AUDIENCE = words('push pushalert pushnotification breaking breakingnews breakingalert bulletin');
  /** What players, members and pupils are given that is no money. */
  const POINTS = words(
    'currency points gems gold xp experience karma lives loot item items badge badges achievement achievements trophy rewardpoints bonuspoints stars stickers skin skins boost energy diamonds crystals',
  );
  const TRANSFERS = words(
    'transfer transfers heldtransfer wire wires wiretransfer banktransfer sepa ach swift payout payouts disbursement disbursements remittance remittances paymentrun paymentbatch paymentfile batchpayment batchpayments escrow trustfunds trust retainer holdback heldpayment heldpayments payrollrun',
  );
  const MADE_TRANSFERS = words(
    'wiretransfer banktransfer fundtransfer fundstransfer moneytransfer sepa ach heldtransfer internaltransfer externaltransfer instanttransfer disbursement disbursements remittance remittances paymentrun paymentbatch batchpayment batchpayments',
  );
  const GOODS = words(
    'part parts stock supply supplies supplier material materials spare spares catering food lunch grocery groceries fuel flower flowers inventory goods equipment feed seed fertilizer fertiliser medicine pharmacy drug reagent reagents chemical chemicals consumable consumables lab uniform timber steel wholesale vendor restock replenishment backorder kitchen bar wine linen paper toner component components',
  );
  /** Whom a person signs in through. */
  const DIRECTORIES = words(
    'idp iam okta entra aad azuread ad activedirectory ldap keycloak auth0 sso jumpcloud onelogin cognito identity directory workspaceadmin gsuite googleworkspace duo pam cyberark rbac scim auth',
  );
  const FAULTS = words(
    'codes dtc dtcs fault faults faultcode faultcodes faultmemory troublecodes diagnosticcodes errorcodes eventmemory crashdata blackbox tripdata',
  );
  const CUSTODY = words(
    'lot lots consignment shipment shipments container containers herd batch batches pallet',
  );

  // biome-ignore format: a table, one row a rule
  return [
  { id: 'tool.read_private', verbs: READING_VERBS, objects: CONFIDED_WORDS, access: 'read', firm: true, ...effect('read', 'reversible', 0.4, 'limited') },
  { id: 'tool.read_record', verbs: READING_VERBS, objects: FILED, access: 'read', ...effect('read', 'reversible', 0.4, 'limited') },

  { id: 'tool.create', verbs: words('create open submit add raise log file schedule generate'), objects: WORK_PAPERS, firm: true, access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.change', verbs: words('update close assign complete reschedule reopen cancel edit set approve release hold'), objects: WORK_PAPERS, firm: true, access: 'write', ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'tool.decide', verbs: words('approve reject deny decline accept award revoke suspend issue reinstate adjudicate settle close waive grant renew'), objects: DECIDED, ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.decide', verbs: words('release parole detain arrest deport extradite transfer'), objects: words('inmate inmates prisoner prisoners detainee detainees suspect suspects offender offenders'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.decide', verbs: words('adjudicate sentence acquit condemn'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.post_entry', verbs: words('post book record reverse submit approve'), objects: words('journal journals journalentry journalentries ledger generalledger gl accrual accruals adjustment adjustments postings depreciation writeoff reconciliation'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.create', verbs: ['post'], objects: words('record records entry entries reading readings measurement measurements result results item registration reservation booking appointment application checkin checkout attendance timesheet observation sample row document form lead device asset'), access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.create', verbs: ['issue'], objects: words('receipt receipts certificate certificates statement statements letter letters confirmation diploma transcript notice itinerary quotation label'), access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.create', verbs: ['upload'], objects: words('drive gdrive googledrive onedrive dropbox icloud nextcloud owncloud'), ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.unpublish', verbs: words('unpublish unlist delist takedown depublish unschedule unfeature unpromote'), ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'tool.change', verbs: words('update edit'), objects: words('article articles story headline headlines caption captions byline lede'), access: 'write', ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'tool.issue_points', verbs: words('grant give add award credit gift'), objects: POINTS, also: words('player players game games gamer guild character avatar inventory loyalty member members currency points pupil student quest account user'), ...effect('write', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.plan_outage', verbs: words('create plan schedule approve start move extend'), objects: words('outage outages plannedoutage shutdown blackout switching switchingorder switchingplan roadclosure closure trackclosure possession interruption brownout curtailment'), firm: true, ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.hold_goods', verbs: ['recall'], objects: words('product products vehicle vehicles model item items lot batch device devices shipment order'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.decide', verbs: words('issue impose levy'), objects: words('fine fines penalty penalties citation summons warrant sanction sanctions eviction notice injunction'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.hold_goods', verbs: words('quarantine release recall hold scrap reject divert slaughter condemn'), objects: CUSTODY, ...effect('write', 'conditionally_reversible', 0.45, 'limited') },

  { id: 'tool.alert_public', verbs: words('send post issue trigger broadcast activate publish push sound declare create launch order'), objects: ALERTED, firm: true, ...effect('communicate', 'irreversible', 0.75, 'severe'), sends: true },
  { id: 'tool.send_bulk', verbs: words('send push publish trigger broadcast'), objects: AUDIENCE, also: words('alert alerts all subscribers everyone news audience mass broadcast notification notifications'), ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },
  { id: 'tool.send', verbs: ['post', 'publish', 'send', 'submit'], objects: words('reply replies answer rebuttal'), ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },

  { id: 'tool.send', verbs: ['push'], objects: words('notification notifications notice alert alerts message'), ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },
  { id: 'tool.broadcast', verbs: ['press'], objects: ['release'], firm: true, ...effect('communicate', 'conditionally_reversible', 0.35, 'limited'), sends: true },
  { id: 'tool.device_public', verbs: words('set change throw route clear release lock normalize reverse'), objects: words('railcontrol signalbox railroute trainroute railwaycontrol signalaspect aspect airspaceclosure runwayclosure drawbridge swingbridge lockgate ttc crossinggate'), firm: true, ...effect('deploy', 'conditionally_reversible', 0.9, 'catastrophic') },
  { id: 'tool.device', verbs: words('open close'), objects: words('vent vents louvre louvres damper dampers hatch hatches roof bop shutoffvalve isolationvalve bulkhead manifold chute hopper baffle sluicevalve weir'), ...effect('deploy', 'reversible', 0.5, 'serious') },
  { id: 'tool.device_plant', verbs: words('shutdown trip restart startup scram shut'), objects: words('plant reactor well wellhead furnace refinery compressor turbine generator feeder boiler kiln smelter nuclear oilrig wellbore digester electrolyzer'), firm: true, ...effect('deploy', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.device_plant', verbs: words('scram detonate'), ...effect('deploy', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.device_supply', verbs: words('dispatch curtail island blackstart'), objects: words('battery batteries generator generators storage load reserve solar wind unitcommitment microgrid grid chp peaker'), firm: true, ...effect('deploy', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.dispatch', verbs: words('dispatch send reroute divert'), objects: CREWS, ...effect('deploy', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'tool.device_supply', verbs: words('disconnect reconnect curtail shed deenergize energize cut shutoff restore isolate connect'), objects: SUPPLY, firm: true, ...effect('deploy', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.device_plant', verbs: words('upload load flash push apply activate download write deploy'), objects: PROTECTION, firm: true, ...effect('deploy', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.device_supply', verbs: ['water'], objects: words('shutoff cutoff disconnect disconnection'), ...effect('deploy', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.safety_off', verbs: words('disable silence mute bypass disarm disconnect remove deactivate inhibit suppress'), objects: words('smokedetector smokealarm firealarm firealarms gasdetector codetector detector detectors firesuppression sprinklersystem burglaralarm emergencylight emergencylighting safetyvalve reliefvalve watchdog deadmanswitch panicbutton nursecall bedalarm telemetryalarm'), firm: true, ...effect('deploy', 'reversible', 0.75, 'severe'), points: 'weakening' },
  { id: 'tool.body', verbs: words('give apply start hang'), objects: words('vaccine injection medication drug dose bolus insulin transfusion anesthesia anaesthesia sedation chemo chemotherapy morphine heparin infusionbag'), ...effect('deploy', 'irreversible', 0.9, 'catastrophic') },
  { id: 'tool.device', verbs: words('set adjust change update'), objects: words('incubator incubators fermenter fermentor bioreactor cryostat freezer coldroom coldstore coldchain reefer greenhouse hatchery vat tank silo barn brooder chamber growroom cleanroom co2 ph chlorine salinity pressure flowrate feedrate'), firm: true, ...effect('deploy', 'reversible', 0.5, 'serious') },
  { id: 'tool.device_flow', verbs: words('start run begin execute cycle'), objects: words('lasercutter laser plasma waterjet sterilizer sterilizers steriliser autoclave still fermenter brewery extruder moulder molding dryer roaster oven grinder crusher shredder saw lathe router loom knitting embroidery bottling canning packing palletizer winder coil pump mixer batch'), also: words('laser plasma waterjet sterilizer sterilizers steriliser autoclave still fermenter brewery brew brewing extruder moulder molding dryer roaster grinder crusher shredder saw lathe cnc router loom knitting embroidery bottling canning palletizer plant mes press mixer'), firm: true, ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.pass', verbs: words('lock unlock'), objects: words('badge badges keycard keycards accesscard fob fobs keyfob wristband'), ...effect('credential', 'reversible', 0.45, 'limited') },
  { id: 'tool.run_samples', verbs: words('run start inject queue execute load sequence submit measure'), objects: SAMPLERS, firm: true, ...effect('deploy', 'irreversible', 0.35, 'limited') },
  { id: 'tool.clear_faults', verbs: words('clear erase reset delete wipe'), objects: FAULTS, also: words('obd ecu dtc dtcs vehicle car module modules fault faults memory diagnostic diagnostics engine machine controller plc trouble crash black'), ...effect('delete', 'irreversible', 0.4, 'limited') },

  { id: 'tool.payroll', verbs: words('run process execute submit approve finalize finalise release create commit'), objects: words('batch batches run cycle period file payrun'), also: words('payroll wages salaries wage salary'), ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.commit_money', verbs: ['post'], objects: words('payment payments charge charges transfer payout order orders deposit'), ...effect('payment', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'tool.move_money', verbs: ['release'], objects: TRANSFERS, ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.move_money', verbs: words('execute send create initiate make process submit approve authorize'), objects: MADE_TRANSFERS, ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.pay', verbs: words('disburse'), ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.purchase', nouns: words('order orders requisition'), objects: GOODS, ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: words('create place submit'), objects: words('partsorder stockorder supplyorder supplierorder materialorder foodorder fuelorder restockorder requisition purchaserequisition wholesaleorder'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },

  { id: 'tool.read_secret', verbs: words('export dump download'), objects: words('key keys seed seedphrase mnemonic recoveryphrase'), also: words('wallet ssh kms hsm signing private encryption seed keystore keyring'), firm: true, ...effect('credential', 'reversible', 0.75, 'severe'), secret: true },
  { id: 'tool.switch_feature', verbs: words('allow permit deny open'), objects: words('ip ips cidr inbound outbound ingress egress firewall securitygroup port ports'), ...effect('write', 'reversible', 0.4, 'limited'), shared: true },
  { id: 'tool.commit_money', verbs: words('set update raise increase change'), objects: words('budget budgets dailybudget spendcap bid bids maxbid'), also: words('ad ads campaign campaigns adgroup adset adwords googleads metaads'), ...effect('payment', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'tool.purge_cache', verbs: words('purge flush clear invalidate'), objects: words('cdn edge varnish cloudfront fastly cloudflare akamai dnscache'), ...effect('delete', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.impersonate', verbs: words('impersonate masquerade'), objects: words('user users account accounts customer session tenant member login employee client admin'), firm: true, ...effect('credential', 'reversible', 0.75, 'severe') },
  { id: 'tool.shut_out', verbs: words('disable enable lock unlock suspend unsuspend deactivate reactivate block unblock'), objects: words('user users account accounts member members employee login identity principal'), also: DIRECTORIES, ...effect('credential', 'reversible', 0.45, 'limited') },

  { id: 'tool.deploy', verbs: words('set make mark promote switch push put activate'), objects: words('buildlive branchlive versionlive releaselive depotlive sitelive applive gamelive buildid build builds productionlive'), also: words('live public default production prod branch stable'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.deploy', verbs: ['golive'], names: words('golive setlive makelive promotebuild promoterelease'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.run_pipeline', names: words('sbatch qsub bsub slurmsubmit'), verbs: words('submit enqueue queue'), objects: words('slurm sge pbs lsf htcondor condor hpc batchjob jobarray gridjob grid spark dag dagrun notebookjob trainingjob computejob cluster sbatch qsub'), firm: true, ...effect('execute', 'reversible', 0.3, 'trivial') },
  { id: 'tool.change', verbs: words('disconnect reconnect'), access: 'write', ...effect('write', 'reversible', 0.3, 'trivial') },
];
});
