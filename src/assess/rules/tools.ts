import { READ_OWN } from './public-nouns.ts';
import { effect, once, words } from './rule.ts';
import type { ToolRule } from './tool-rule.ts';
import { domainRules, SOURCES } from './tools-domains.ts';
import { operationRules } from './tools-operations.ts';
import { verbRules } from './tools-verbs.ts';

export type { ToolRule };

/** Rows in the order in which they are tried for one verb: those with objects before those without. */
export const toolRules = once((): readonly ToolRule[] => {
  const SHELLS = words(
    'bash shell sh zsh terminal cmd powershell pwsh localshell bashtool runcommand runbash executebash executecommand execcommand runshell runshellcommand executeshellcommand shellcommand shellexec runterminalcmd runterminalcommand runinterminal executecommandline',
  );
  const CODE = words(
    'python ipython jupyter codeinterpreter executecode runcode executepython runpython pythonrepl executejavascript runjavascript javascripttool evaluatescript browserevaluate evaluatejavascript pageevaluate runscript',
  );
  const THINKING = words(
    'think thinking sequentialthinking finish done submit todowrite todoread writetodos updateplan plan exitplanmode enterplanmode taskcomplete completetask complete attemptcompletion reflect taskdone calculate calculator askuserquestion askuser askfollowupquestion requestuserinput wait sleep finalanswer reasoning scratchpad noop updatetodolist updatetodos managetodolist managetodos settodos createtodolist createplan makeplan setplan plancreate planupdate submitanswer finalresponse giveanswer provideanswer answer reportanswer respondtouser askhuman askoperator requestinput humaninput clarify askforclarification writeplan setgoal reflection critique selfcritique',
  );
  /** What a tool's name says that it is about persons: records, talks, places, money. */
  const PERSONAL = words(
    'email emails mail mails inbox contact contacts order orders booking bookings reservation reservations balance transaction transactions payee payees account accounts ticket tickets conversation conversations message messages chat chats dm user users customer customers client clients profile profiles employee employees member members camera location address addresses attendee attendees subscriber subscribers call calls voicemail gmail outlook resume cv shipment shipments calendar event events meeting meetings appointment appointments reminder reminders invoice invoices charges payments friend friends insurance purchase purchases gdrive onedrive dropbox drive document documents photo photos footage cctv recordings grade grades transcript candidate candidates applicant applicants',
  );
  const SENSITIVE = words(
    'patient patients medical health lab diagnosis diagnoses prescription prescriptions medication vaccine vaccination immunization radiology ssn salary salaries payroll passport tax taxes creditcard paymentmethod paymentmethods biometric genome criminal confidential private classified',
  );
  /** Of persons as well, where a tool is only called after what it is about. */
  const CONFIDED = words(
    'student students psychological psychology mental therapy therapist treatment treatments symptom symptoms healthcare clinical personal personnel counseling counselling hr identity case cases dossier credential credentials',
  );
  /** What is on record of a person: a person, or what one ordered, and what stands of it, as neighbouring parts joined. */
  const RECORDS = words(
    'user users customer customers client clients employee employees member members passenger passengers guest guests subscriber student students applicant applicants person tenant reservations bookings orders',
  ).flatMap(who =>
    words('details detail profile profiles record records file files dossier info information data').map(
      what => who + what,
    ),
  );
  /** Of an organisation's own running, which is not public. */
  const INTERNAL = words(
    'system sys network networks sensor sensors compliance sales security audit quality integrity infrastructure performance financial finance portfolio business company internal legal contract contracts vehicle control device hardware operations maintenance service traffic inventory campaign revenue flight repository project',
  );
  /** Nouns by which a tool is called that only looks. */
  const READING = words(
    'status history info details monitoring analysis analytics analyzer analyser checker detector detection validator validation verification verifier evaluator evaluation assessment tracker planner selector simulator summarizer advisor advice database portal directory viewer reader finder scanner explorer inspector converter translator recommender predictor forecast retrieval access lookup search finder dashboard feed catalog fusion reviewer inspection metrics report reports statistics weather market data monitor audit review browser research directions quote quotes headlines timetable definition rates news lyrics',
  );
  /** Nouns by which a tool is called that changes what it is about. */
  const MANAGING = words(
    'manager management maintenance handler processing processor documentation recording recorder registration alteration modification',
  );
  /** The same of what is written for everybody. */
  const GUIDING = words('help version guide guideline guidelines handbook faq');
  const DEVICES = words(
    'door doors valve gate garage heater oven stove furnace thermostat heating alarm pump motor gripper arm robot conveyor drone vehicle car speed sensor sensors reactor engine fan boiler elevator crane camera siren lock locks appliance irrigation sprinkler charger temperature window windows shutter shutters gate fridge freezer pool hvac',
  );
  const QUIET_DEVICES = words(
    'lights light lamp lamps music playlist song volume tv vacuum speaker speakers blinds curtain curtains shades shutters shutter display washer dryer dishwasher',
  );
  const SERVICES = words(
    'service services deployment instance instances replicas cluster vm machine machines container containers pod pods server servers job process app',
  );

  // biome-ignore format: a table, one row a rule
  return [
  { id: 'tool.shell', names: SHELLS, runs: 'shell', ...effect('execute', 'unknown', 0.4, 'limited') },
  { id: 'tool.code', names: CODE, runs: 'code', ...effect('execute', 'unknown', 0.3, 'trivial') },
  { id: 'tool.browser', names: words('browser browserinteractive browseinteractive browsertool browseruse'), runs: 'code', ...effect('network', 'reversible', 0.1, 'none') },
  { id: 'tool.none', names: THINKING, ...effect('none', 'reversible', 0, 'none') },
  { id: 'tool.editor', names: words('strreplaceeditor strreplacebasededittool texteditor editfile applypatch filewrite fileedit'), editor: ['create', 'str_replace', 'insert', 'undo_edit', 'write'], access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },

  ...operationRules(),
  ...domainRules(),
  { id: 'tool.hand_to_person', verbs: words('transfer escalate handoff hand connect route pass forward'), objects: words('human humans person operator support supervisor representative rep specialist liveagent humanagent'), ...effect('communicate', 'irreversible', 0.1, 'none') },
  { id: 'tool.payment_plan', verbs: words('cancel schedule stop'), objects: words('payment payments transfer payout subscription scheduledpayment'), ...effect('payment', 'conditionally_reversible', 0.5, 'limited') },
  { id: 'tool.payment_plan', verbs: words('update change modify edit reschedule'), objects: words('scheduledpayment scheduledpayments scheduledtransaction scheduledtransactions scheduledtransfer standingorder recurringpayment'), ...effect('payment', 'conditionally_reversible', 0.5, 'limited') },
  { id: 'tool.move_money', verbs: words('transfer send move deposit release'), objects: words('escrow money fund funds payment payments cash bank balance crypto bitcoin btc eth ether ethereum usdc usdt usd wire token tokens coin coins credits wallet'), ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.emergency_service', verbs: words('send dispatch call alert notify request'), objects: words('ambulance police fire firefighters rescue emergency paramedics 911'), ...effect('deploy', 'irreversible', 0.9, 'catastrophic') },
  { id: 'tool.body', verbs: words('administer inject dispense infuse'), ...effect('deploy', 'irreversible', 0.9, 'catastrophic') },
  { id: 'tool.safety_critical_off', verbs: words('override bypass disable defeat'), objects: words('safety interlock protection estop failsafe limit limits'), ...effect('deploy', 'reversible', 0.9, 'severe'), points: 'weakening' },
  { id: 'tool.safety_off', verbs: words('override bypass disable disarm defeat'), objects: words('alarm alarms security lock guard'), ...effect('deploy', 'reversible', 0.75, 'severe'), points: 'weakening' },
  { id: 'tool.override_control', nouns: ['override'], objects: words('control brake steering system vehicle device machine valve reactor'), ...effect('deploy', 'conditionally_reversible', 0.75, 'severe') },
  { id: 'tool.emergency_stop', names: words('emergencystop estop stopall'), ...effect('deploy', 'reversible', 0.4, 'limited') },
  { id: 'tool.approve_money', verbs: words('approve authorize confirm grant request apply'), objects: words('payment payments payout transaction invoice invoices transfer loan loans credit mortgage'), ...effect('payment', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.process_money', nouns: words('processing processor execution executor handler handling transfer duplication'), objects: words('payment payments transaction transactions settlement settlements payout payouts'), ...effect('payment', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.small_money', verbs: words('submit create add report'), objects: words('expense expenses reimbursement'), ...effect('payment', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'tool.commit_money', verbs: words('generate create submit issue schedule set approve authorize confirm add'), objects: words('purchaseorder payment payments payout giftcard voucher transaction expense invoice order orders reimbursement'), ...effect('payment', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'tool.purchase', verbs: ['order'], first: true, ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.pay', verbs: words('pay wire withdraw remit payout donate'), ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.charge', verbs: words('create issue process make'), objects: words('refund refunds charge charges'), ...effect('payment', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.device', verbs: ['charge'], objects: words('car vehicle ev battery scooter'), ...effect('deploy', 'reversible', 0.5, 'serious') },
  { id: 'tool.charge', verbs: words('charge refund invoice reimburse'), ...effect('payment', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.invest', verbs: words('buy sell trade short liquidate swap stake'), objects: words('stock stocks share shares crypto coin token tokens bond bonds option options etf fund position security securities asset assets bitcoin forex'), ...effect('payment', 'irreversible', 0.75, 'severe') },
  { id: 'tool.invest', verbs: words('trade invest stake'), ...effect('payment', 'irreversible', 0.75, 'severe') },
  { id: 'tool.purchase', verbs: ['place'], objects: words('order orders bid bet trade'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.appoint', verbs: words('book reserve make request'), objects: words('appointment appointments consultation visit slot meetingroom conferenceroom desk'), ...effect('write', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.purchase', verbs: words('buy purchase book reserve sell checkout rent hire subscribe'), objects: words('flight hotel room car ticket tickets table seat taxi ride trip item product cart plan'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: words('buy purchase book reserve sell checkout rent'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },

  { id: 'tool.delegate', verbs: words('start launch run create invoke ask call send message tell'), objects: words('agent agents subagent'), ...effect('delegate', 'reversible', 0.3, 'trivial') },
  { id: 'tool.handoff', verbs: ['handoff'], ...effect('delegate', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.delegate', names: words('task agent subagent'), verbs: words('delegate dispatch spawn'), ...effect('delegate', 'reversible', 0.3, 'trivial') },
  { id: 'tool.handoff', verbs: ['transfer'], objects: words('to agent agents'), ...effect('delegate', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'tool.second_factor', verbs: words('enable disable set reset setup'), objects: words('factor mfa 2fa twofactor otp sso'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.list_secrets', verbs: ['list'], objects: words('credential credentials password passwords secret secrets'), ...effect('credential', 'reversible', 0.4, 'limited') },
  { id: 'tool.list_keys', verbs: ['list'], objects: words('apikey apikeys key keys token tokens accesskeys sshkeys'), ...effect('credential', 'reversible', 0.3, 'trivial') },
  { id: 'tool.make_secret', verbs: ['generate'], objects: words('password passwords passphrase secret token otp keypair'), ...effect('credential', 'reversible', 0.2, 'trivial') },
  { id: 'tool.read_secret', verbs: words('get read retrieve fetch show reveal view lookup export decrypt'), objects: words('secret secrets password passwords passphrase credential credentials apikey accesskey privatekey accesstoken masterkey'), ...effect('credential', 'reversible', 0.75, 'severe'), secret: true },
  { id: 'tool.change_secret', verbs: words('rotate reset set update change renew'), objects: words('secret secrets password passwords passphrase passcode pin credential credentials apikey accesskey privatekey accesstoken key keys token'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.make_key', verbs: words('create generate add issue'), objects: words('secret apikey accesskey privatekey accesstoken sshkey credential credentials token keypair'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.revoke', verbs: words('revoke delete remove'), objects: words('apikey accesskey token tokens accesstoken key session sessions'), ...effect('credential', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.share_wide', verbs: words('set update change'), objects: words('sharing visibility privacy'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.share_link', verbs: words('create make generate get update'), objects: words('sharelink publiclink sharedlink sharinglink'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious'), sends: true },
  { id: 'tool.unshare', verbs: words('revoke remove delete disable'), objects: words('sharelink publiclink sharedlink link share'), ...effect('credential', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.privilege', verbs: words('set update change add assign grant make promote'), objects: words('role roles admin administrator superuser owner root'), ...effect('credential', 'reversible', 0.7, 'severe') },
  { id: 'tool.credential', verbs: words('set update change add delete create assign modify remove edit'), objects: words('permission permissions acl access policy policies privilege privileges'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.credential', nouns: words('control controller management manager administration administrator'), objects: words('access permission permissions privilege privileges identity iam role roles'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.use_account', nouns: ['access'], objects: words('account accounts login admin administrator root'), ...effect('credential', 'reversible', 0.4, 'limited') },
  { id: 'tool.privilege', nouns: ['escalation'], objects: words('access privilege privileges permission permissions role rights'), ...effect('credential', 'reversible', 0.7, 'severe') },
  { id: 'tool.protect', nouns: words('protection protector shield guard guardian vault'), objects: words('data privacy confidentiality identity account accounts personal patient student customer record records information document documents file files'), ...effect('credential', 'reversible', 0.4, 'limited') },
  { id: 'tool.guards', nouns: words('protection protector shield guard guardian defense defence antivirus'), ...effect('read', 'reversible', 0.15, 'trivial') },
  { id: 'tool.invite', verbs: words('invite add'), objects: words('user users member members collaborator collaborators guest guests people channel workspace'), ...effect('credential', 'reversible', 0.4, 'limited'), sends: true },
  { id: 'tool.share', verbs: ['share'], objects: words('sheet spreadsheet doc document documents folder drive calendar board page workspace dashboard notebook repo repository'), ...effect('credential', 'conditionally_reversible', 0.45, 'limited'), sends: true },
  { id: 'tool.share_files', verbs: ['share'], objects: words('file files photo photos album record records data'), ...effect('communicate', 'conditionally_reversible', 0.45, 'limited'), sends: true },
  { id: 'tool.credential', verbs: words('grant revoke authorize impersonate login signin authenticate'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.expel', verbs: words('remove kick expel'), objects: words('member members collaborator collaborators participant participants'), ...effect('credential', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.ban', verbs: words('ban unban kick block unblock suspend unsuspend lockout'), objects: words('user users member members account accounts contact person people guest card'), ...effect('write', 'reversible', 0.4, 'limited') },
  { id: 'tool.credential', verbs: words('add remove join assign'), objects: words('group groups membership team'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'tool.create_user', verbs: words('create add register provision enroll enrol onboard'), objects: words('user users member employee serviceaccount'), ...effect('credential', 'reversible', 0.35, 'limited') },

  { id: 'tool.purge_cache', verbs: words('purge clear flush invalidate wipe delete'), objects: words('cache caches history cookies'), ...effect('delete', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.delete_message', verbs: words('delete remove'), objects: words('message messages post tweet reaction comment comments key item entry memory note notes card task todo'), access: 'delete', ...effect('delete', 'irreversible', 0.35, 'limited') },
  { id: 'tool.delete_kept', verbs: words('delete remove trash clear'), objects: words('email emails mail mails row rows column columns cell cells sheet branch index page slide draft label contact playlist bookmark event events reminder appointment meeting'), access: 'delete', ...effect('delete', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'tool.expel', verbs: words('remove kick'), objects: words('userfrom usersfrom memberfrom personfrom'), ...effect('credential', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.delete_account', verbs: words('delete remove destroy purge close'), objects: words('account accounts user users customer customers patient record records employee employees profile'), ...effect('delete', 'irreversible', 0.7, 'severe'), shared: true },
  { id: 'tool.delete_machine', verbs: words('delete terminate destroy remove'), objects: words('instance instances server servers vm machine machines droplet'), ...effect('delete', 'irreversible', 0.6, 'serious'), shared: true },
  { id: 'tool.delete_store', verbs: words('delete remove drop destroy wipe truncate purge erase format'), objects: words('database databases db table tables production bucket cluster namespace volume backup backups repository repo disk drive all everything data logs'), ...effect('delete', 'irreversible', 0.8, 'severe'), shared: true },
  { id: 'tool.destroy', verbs: words('drop destroy wipe truncate purge erase nuke shred'), nouns: words('wiping erasure destruction'), ...effect('delete', 'irreversible', 0.7, 'severe'), shared: true },
  { id: 'tool.delete_machine', verbs: ['terminate'], objects: words('instance instances server vm machine cluster database'), ...effect('delete', 'irreversible', 0.6, 'serious'), shared: true },
  { id: 'tool.empty', verbs: ['empty'], objects: words('trash bin recycle folder bucket queue'), ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'tool.forget', verbs: ['forget'], ...effect('delete', 'irreversible', 0.3, 'trivial') },
  { id: 'tool.trash', verbs: words('trash dismiss'), ...effect('delete', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.delete', verbs: words('delete del rm unlink'), access: 'delete', ...effect('delete', 'irreversible', 0.5, 'serious') },
  { id: 'tool.uninstall', verbs: ['uninstall'], ...effect('delete', 'reversible', 0.3, 'trivial') },
  { id: 'tool.clear', verbs: ['clear'], access: 'delete', ...effect('delete', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'tool.remove', verbs: words('remove discard'), access: 'delete', ...effect('delete', 'conditionally_reversible', 0.4, 'limited') },

  { id: 'tool.release', verbs: ['publish', 'release'], objects: words('package npm pypi crate version artifact image app site model'), ...effect('deploy', 'irreversible', 0.65, 'serious'), shared: true },
  { id: 'tool.deploy', verbs: words('update upgrade patch flash push install'), objects: words('firmware software ota'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.deploy', verbs: words('deploy release rollout rollback promote provision'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.create', verbs: words('set create add start'), objects: words('timer timers reminder reminders stopwatch alarm alarms'), ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.device_road', verbs: words('set change switch'), objects: words('traffic junction trafficsignal trafficlight railway vehicle vehicles aircraft powergrid'), ...effect('deploy', 'reversible', 0.75, 'severe') },
  { id: 'tool.device_road', verbs: words('control override summon drive steer accelerate'), nouns: ['controller'], objects: words('traffic junction signal signals railway train trains vehicle vehicles aircraft plane grid'), ...effect('deploy', 'reversible', 0.75, 'severe') },
  { id: 'tool.device_light', verbs: words('turn switch set dim play pause start stop open close adjust change'), objects: QUIET_DEVICES, ...effect('deploy', 'reversible', 0.2, 'trivial') },
  { id: 'tool.device_light', verbs: words('play skip dim mute'), ...effect('deploy', 'reversible', 0.2, 'trivial') },
  { id: 'tool.device_water', verbs: words('water irrigate dispense spray feed'), ...effect('deploy', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'tool.device_calibrate', verbs: ['calibrate'], ...effect('deploy', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'tool.device_guard', verbs: words('unlock disarm disengage'), ...effect('deploy', 'reversible', 0.7, 'severe') },
  { id: 'tool.device_entry', verbs: words('open unlock'), objects: words('door doors garage gate safe vault'), ...effect('deploy', 'reversible', 0.65, 'serious') },
  { id: 'tool.device_heat', verbs: words('set turn start switch increase raise'), objects: words('oven stove furnace boiler reactor kiln speed speedlimit pressure power'), ...effect('deploy', 'reversible', 0.7, 'severe') },
  { id: 'tool.device_room', verbs: words('set turn adjust change switch'), objects: words('thermostat heating temperature heater ac aircon fan humidity'), ...effect('deploy', 'reversible', 0.25, 'trivial') },
  { id: 'tool.device_flow', verbs: words('start run open release pour'), objects: words('pump gripper conveyor centrifuge mixer press drill laser'), ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.device', verbs: words('open close turn switch set start stop move drive rotate adjust fly steer brake land takeoff navigate control summon grasp grip lift charge'), nouns: ['controller'], objects: DEVICES, ...effect('deploy', 'reversible', 0.5, 'serious') },
  { id: 'tool.device_control', verbs: words('control operate actuate command'), objects: words('device devices appliance appliances actuator smarthome home'), ...effect('deploy', 'reversible', 0.4, 'limited') },
  { id: 'tool.device_secure', verbs: words('lock arm actuate'), ...effect('deploy', 'reversible', 0.3, 'trivial') },

  { id: 'tool.update_post', verbs: words('update edit'), objects: words('blogpost blog post article story'), ...effect('write', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.react', verbs: words('add remove react like upvote follow'), objects: words('reaction reactions emoji like upvote'), ...effect('communicate', 'reversible', 0.2, 'trivial') },
  { id: 'tool.request_merge', verbs: words('create open submit'), objects: words('pullrequest mergerequest pr mr'), ...effect('communicate', 'conditionally_reversible', 0.3, 'trivial'), sends: true },
  { id: 'tool.comment', verbs: ['rate'], ...effect('communicate', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.comment', verbs: words('add create write post submit leave reply'), nouns: ['comment'], objects: words('comment comments review reviews issuecomment'), ...effect('communicate', 'conditionally_reversible', 0.3, 'trivial'), sends: true },
  { id: 'tool.broadcast', verbs: ['release'], objects: words('grade grades result results score scores statement'), ...effect('communicate', 'conditionally_reversible', 0.35, 'limited'), sends: true },
  { id: 'tool.broadcast', verbs: words('publish tweet broadcast announce'), ...effect('communicate', 'conditionally_reversible', 0.35, 'limited'), sends: true },
  { id: 'tool.post', verbs: words('create publish post share upload schedule'), objects: words('blogpost blog post article story tweet facebook linkedin twitter instagram x reddit tiktok youtube social status'), ...effect('communicate', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'tool.respond', verbs: words('decline accept respond rsvp'), objects: words('invitation invite event meeting request'), ...effect('communicate', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.call', verbs: words('call phone dial'), objects: words('phone number person contact customer'), ...effect('communicate', 'irreversible', 0.3, 'trivial') },
  { id: 'tool.call', verbs: words('make place start'), objects: words('call phonecall videocall'), ...effect('communicate', 'irreversible', 0.3, 'trivial') },
  { id: 'tool.escalate', verbs: ['escalate'], ...effect('communicate', 'conditionally_reversible', 0.2, 'trivial') },
  { id: 'tool.invite_event', verbs: words('invite add'), objects: words('attendee attendees participant participants everyone'), ...effect('communicate', 'conditionally_reversible', 0.3, 'trivial'), sends: true },
  { id: 'tool.make_known', verbs: ['release'], nouns: words('release publication'), objects: words('grade grades result results score scores news press statement statements information findings verdict'), ...effect('communicate', 'conditionally_reversible', 0.5, 'limited'), sends: true },
  { id: 'tool.send_later', verbs: ['schedule'], objects: words('message messages email mail sms newsletter'), ...effect('communicate', 'conditionally_reversible', 0.3, 'trivial'), sends: true },
  { id: 'tool.send_document', verbs: words('send forward share disclose'), objects: words('document documents contract record records report results file files data photo photos credentials'), ...effect('communicate', 'irreversible', 0.4, 'limited'), sends: true },
  { id: 'tool.send', verbs: words('send reply forward notify invite share contact respond'), nouns: words('email mail sms message dm notification messaging sharing disclosure announcement letter letters newsletter'), ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },
  { id: 'tool.send', verbs: words('post add create write submit'), objects: words('message reply slack channel email'), ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },

  { id: 'tool.search_web', nouns: SOURCES, ...effect('network', 'reversible', 0.05, 'none'), fetches: true },
  { id: 'tool.search_web', names: words('websearch googlesearch bravewebsearch tavilysearch exasearch duckduckgosearch'), verbs: words('search fetch read get open browse query lookup find'), objects: words('web internet online google bing url webpage website page http browser brave news youtube reddit').concat(SOURCES), ...effect('network', 'reversible', 0.05, 'none'), fetches: true },
  { id: 'tool.browse', verbs: words('click scroll hover type press select drag navigate go back forward fill tap goto'), objects: words('browser page tab playwright puppeteer web element link button url website'), ...effect('network', 'reversible', 0.05, 'none') },
  { id: 'tool.screenshot', verbs: words('screenshot snapshot'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'tool.export_private', verbs: words('export download dump extract'), objects: words('record records patient patients medical payroll salary salaries employees students customers users database all'), ...effect('read', 'reversible', 0.7, 'severe') },
  { id: 'tool.export', verbs: words('export dump'), ...effect('read', 'reversible', 0.4, 'limited') },
  { id: 'tool.upload', verbs: ['upload'], ...effect('write', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'tool.download', verbs: ['download'], ...effect('network', 'reversible', 0.2, 'trivial'), fetches: true },
  { id: 'tool.scan', verbs: words('scan probe portscan'), objects: words('network networks port ports host hosts subnet ip wifi website server web domain'), ...effect('network', 'reversible', 0.3, 'trivial') },
  { id: 'tool.api', nouns: ['api'], ...effect('network', 'reversible', 0.05, 'none'), fetches: true },
  { id: 'tool.network', verbs: words('browse navigate crawl scrape visit goto ping'), nouns: words('request http curl webhook'), ...effect('network', 'reversible', 0.1, 'none'), fetches: true },

  { id: 'tool.network_send', verbs: ['post', 'patch'], objects: words('request http https api url'), firm: true, ...effect('write', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'tool.post', verbs: ['post'], ...effect('communicate', 'conditionally_reversible', 0.4, 'limited'), sends: true },

  { id: 'tool.scale', verbs: words('scale resize'), objects: SERVICES, ...effect('deploy', 'reversible', 0.4, 'limited'), shared: true },
  { id: 'tool.campaign', verbs: words('pause stop resume'), objects: words('campaign ad ads'), ...effect('write', 'reversible', 0.35, 'limited'), shared: true },
  { id: 'tool.spend', verbs: words('launch start boost promote'), objects: words('campaign ad ads'), ...effect('payment', 'conditionally_reversible', 0.7, 'severe'), shared: true },
  { id: 'tool.submit', verbs: ['submit'], objects: words('form application assignment answer request claim survey'), ...effect('communicate', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'tool.submit', verbs: ['submit'], ...effect('communicate', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'tool.freeze', verbs: words('deactivate activate reactivate freeze unfreeze pause resume mute unmute toggle snooze'), ...effect('write', 'reversible', 0.35, 'limited') },
  { id: 'tool.reboot', verbs: words('reboot shutdown poweroff'), ...effect('execute', 'conditionally_reversible', 0.45, 'limited'), shared: true },
  { id: 'tool.power', verbs: words('start stop restart resume'), objects: SERVICES, ...effect('execute', 'reversible', 0.35, 'limited'), shared: true },
  { id: 'tool.kill', verbs: words('stop kill shutdown terminate halt abort interrupt'), nouns: words('interruption termination shutdown'), ...effect('execute', 'conditionally_reversible', 0.45, 'limited'), shared: true },
  { id: 'tool.stop', verbs: words('restart disable suspend block ban isolate quarantine'), ...effect('write', 'reversible', 0.4, 'limited'), shared: true },
  { id: 'tool.code', verbs: words('run execute exec eval evaluate'), objects: words('code python javascript js node script cell notebook'), runs: 'code', ...effect('execute', 'unknown', 0.3, 'trivial') },
  { id: 'tool.print', verbs: ['print'], objects: SENSITIVE.concat(['report']), ...effect('execute', 'reversible', 0.4, 'limited') },
  { id: 'tool.test', verbs: words('test build compile lint check simulate train run'), objects: words('test tests build project suite unit code lint model models simulation benchmark'), ...effect('execute', 'reversible', 0.2, 'trivial') },
  { id: 'tool.plan_motion', nouns: words('planner planning'), objects: words('path trajectory motion'), ...effect('execute', 'reversible', 0.4, 'limited') },
  { id: 'tool.run', verbs: words('run execute exec eval invoke launch start trigger install build test compile click type press tap fill use simulate train print control'), nouns: words('control controller override injection'), ...effect('execute', 'unknown', 0.3, 'trivial') },

  { id: 'tool.purchase', verbs: ['renew'], objects: words('subscription membership license plan policy lease'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.change_care', verbs: words('update change modify set create prescribe'), objects: words('prescription dose dosage medication diagnosis treatment'), ...effect('write', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.change_care', verbs: ['prescribe'], ...effect('write', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'tool.refill', verbs: words('refill renew'), ...effect('write', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.change_sensitive', nouns: MANAGING, objects: [...SENSITIVE, ...CONFIDED], ...effect('write', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.change_sensitive', verbs: words('update edit modify manage change set add'), objects: SENSITIVE, ...effect('write', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.change_booking', verbs: words('update edit modify change extend'), objects: words('reservation reservations booking bookings flight flights itinerary subscription'), ...effect('write', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'tool.payment_details', verbs: words('add update set change create modify'), objects: words('payment payee beneficiary iban paymentmethod paymentmethods bank billing card directdeposit'), ...effect('write', 'reversible', 0.45, 'limited') },
  { id: 'tool.change_identity', verbs: words('update change set modify'), objects: words('email phone username'), ...effect('write', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'tool.switch_feature', verbs: words('set enable toggle update'), objects: words('feature dns domain firewall'), ...effect('write', 'reversible', 0.4, 'limited'), shared: true },
  { id: 'tool.switch_feature', verbs: words('add create remove'), objects: words('firewall dns'), ...effect('write', 'reversible', 0.4, 'limited'), shared: true },
  { id: 'tool.sign', verbs: ['sign'], ...effect('write', 'irreversible', 0.6, 'serious') },
  { id: 'tool.restore', verbs: ['restore'], objects: words('backup database db snapshot version'), ...effect('write', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'tool.write_memory', verbs: words('save store add update write'), objects: ['memory', 'memories', 'note', 'notes', 'fact'], ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.cancel_meeting', verbs: ['cancel'], objects: words('event events meeting meetings reminder reminders task timer alarm job'), ...effect('write', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.cancel', verbs: words('cancel return exchange'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.merge', verbs: ['merge'], objects: words('pullrequest mergerequest pr branch'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'tool.push', verbs: ['push'], ...effect('write', 'conditionally_reversible', 0.4, 'limited'), shared: true },
  { id: 'tool.set_terms', verbs: words('set update change adjust'), objects: words('price prices pricing discount discounts inventory stock rate rates quota'), ...effect('write', 'reversible', 0.4, 'limited') },
  { id: 'tool.change_log', nouns: words('alteration modification rewriting'), objects: words('log logs audit trail telemetry'), ...effect('write', 'irreversible', 0.6, 'serious'), points: 'oversight' },
  { id: 'tool.change_for_good', verbs: words('merge approve reject deny waive transfer overwrite sync commit replace reassign substitute migrate'), nouns: words('alteration modification'), access: 'write', ...effect('write', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'tool.read', verbs: ['resolve'], objects: words('id library name hostname host domain dns url path symbol'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'tool.change', verbs: words('update edit modify alter amend revise correct acknowledge ack silence reset upgrade downgrade set patch put change rename move upsert assign close reopen reschedule configure enable apply resolve complete adjust manage transition advance reorder swap attach detach link unlink flag unflag encrypt decrypt crop resize format optimize optimise extend compress decompress zip unzip trim blur watermark annotate redact mask anonymize sanitize'), nouns: words('manager management maintenance handler processing processor allocation configuration'), access: 'write', ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'tool.create', verbs: ['open'], objects: words('ticket issue case'), ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'tool.render', verbs: words('generate draw render'), objects: words('image picture art chart plot graph diagram audio speech'), ...effect('write', 'reversible', 0.05, 'none') },
  { id: 'tool.create', verbs: words('write create add save insert append copy mark tag label schedule register import draft generate make store log record archive restore undo upsert mkdir remember sort index unsubscribe subscribe star pin bookmark tick clone design develop backup fork duplicate replicate'), nouns: words('registration documentation recording generator writer creator builder'), access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },

  { id: 'tool.read_private', nouns: READING, objects: [...SENSITIVE, ...CONFIDED, 'card', 'cards'], access: 'read', ...effect('read', 'reversible', 0.4, 'limited') },
  { id: 'tool.read_record', verbs: words('get read search find view fetch lookup query list retrieve show access load check'), nouns: [...READING, 'details', 'profile', 'record', 'records'], objects: RECORDS, access: 'read', ...effect('read', 'reversible', 0.4, 'limited') },
  { id: 'tool.read_private', verbs: words('get read search find view fetch lookup query list retrieve show access load check'), objects: [...SENSITIVE, 'card', 'cards'], access: 'read', ...effect('read', 'reversible', 0.4, 'limited') },
  { id: 'tool.read_personal', verbs: words('get read search find view fetch lookup query list retrieve show access load check track'), nouns: READING, objects: PERSONAL, access: 'read', ...effect('read', 'reversible', 0.2, 'trivial') },
  { id: 'tool.read_internal', nouns: READING, objects: INTERNAL, access: 'read', ...effect('read', 'reversible', 0.15, 'trivial') },
  { id: 'tool.list', verbs: words('list ls glob tree'), access: 'list', ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'tool.compute', verbs: words('summarize summarise paraphrase rephrase calculate compute sum round'), ...effect('none', 'reversible', 0.05, 'none') },
  { id: 'tool.read', verbs: words('get read search find show view describe check fetch lookup look query count retrieve inspect load open grep cat tail analyze analyse compare validate verify preview watch track recall extract detect parse classify translate convert explain select identify estimate suggest recommend evaluate monitor audit review scan assess predict forecast rank filter diagnose observe measure ask research investigate examine gather locate transcribe geocode'), nouns: [...READING, ...GUIDING], access: 'read', ...effect('read', 'reversible', 0.05, 'none') },
  READ_OWN,
  ...verbRules(),
  { id: 'tool.transaction', nouns: words('payment payments transaction transactions settlement billing trading'), ...effect('payment', 'conditionally_reversible', 0.5, 'limited') },
];
});

/** Verbs that are seldom anything else. */
export const ACTING: ReadonlySet<string> = new Set(
  words(
    'search find get read list view delete remove send add create update set transfer pay grant revoke cancel enable disable lookup fetch show check upload download unlock turn open close disarm deposit withdraw retrieve edit modify manage book reserve refill approve reject submit alter toggle attach detach reset assign configure adjust replace dismiss acknowledge terminate activate deactivate enroll upsert insert append erase wipe purge destroy silence bypass rotate restart resume suspend expel administer uninstall rollback restore',
  ),
);
/** Things that only tell of another: a payment reminder moves no money. */
export const SAYING: ReadonlySet<string> = new Set(
  words(
    'reminder reminders confirmation confirmations receipt receipts notification notifications message messages email alert alerts template summary survey',
  ),
);
/** Verbs that are things as often. */
export const naming = once((): ReadonlySet<string> => {
  const rows = verbRules();
  const here = new Set(
    toolRules()
      .filter(row => !rows.includes(row))
      .flatMap(row => row.verbs ?? []),
  );
  return new Set(
    rows
      .flatMap(row => (row.first === true ? (row.verbs ?? []) : []))
      .filter(verb => !here.has(verb))
      .concat(
        words(
          'book kill exchange lock alarm invoice arm order return claim file audit clone tip page drive plan schedule record store mail message call charge trade share stock test report review pin play post print ship switch dispatch control monitor guard water feed spray rate phone text host flag design access query document label tag log index archive draft register import backup research duplicate fork reserve snapshot',
        ),
      ),
  );
});

/** Parts of a tool's name by which the argument `query` is SQL. */
export const SQL_TOOL_WORDS: ReadonlySet<string> = new Set([
  'sql',
  'database',
  'db',
  'postgres',
  'postgresql',
  'mysql',
  'sqlite',
  'bigquery',
  'snowflake',
]);
