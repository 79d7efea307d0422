import { effect, words } from './rule.ts';
import type { ToolRule } from './tool-rule.ts';

/**
 * What a tool may look at that is nobody's own: the web, what is published, what is for sale, the world, code and files of the workspace, the agent's
 * own page, and things rather than persons or papers. Whatever else is looked up is an organisation's own record.
 */
export const IMPERSONAL_WORDS: ReadonlySet<string> = new Set([
  // the web, and what answers questions
  ...words(
    'web www website websites site sites sitemap page pages webpage webpages url urls uri link links html http internet online google bing brave search engine searches result results answer answers rss feed feeds news headline headlines wiki wikipedia encyclopedia dictionary thesaurus definition definitions synonym synonyms fact facts quote quotes question questions faq faqs forum reddit youtube video videos podcast podcasts trends trending domain whois dns hostname ip asn geo geolocation certificate ssl tls robots archive wayback knowledge kb knowledgebase topic topics',
  ),
  // documentation, packages and what a server offers
  ...words(
    'doc docs documentation manual manuals guide guides guideline guidelines handbook tutorial tutorials example examples sample samples help readme changelog release releases version versions spec specs specification standard standards schema schemas reference references api apis endpoint endpoints library libraries package packages module modules dependency dependencies registry npm pypi crates maven nuget dockerhub template templates prompt prompts resource resources tool tools capability capabilities model models dataset datasets metadata plugin plugins extension extensions option options setting settings preference preferences config configuration type types format formats language languages locale tag tags category categories label labels enum enums icon icons font fonts color colors theme themes license licenses',
  ),
  // files and code of the workspace
  ...words(
    'file files filesystem fs dir dirs directory directories folder folders tree path paths text content contents line lines code source symbol symbols function functions class classes method methods variable variables usage usages caller callers implementation implementations import imports ast syntax lint diagnostic diagnostics error errors warning warnings problem problems test tests coverage diff diffs hunk git github gitlab bitbucket repo repos repository repositories branch branches commit commits blame pull pr prs merge issue issues milestone milestones gist gists tags notebook cell cells terminal output console stdout buffer editor ide workspace project projects process processes port ports table tables column columns row rows index indexes indices database databases db sheet sheets spreadsheet worksheet worksheets range key keys kv cache pdf docx csv json xml yaml markdown image images audio screenshot figure figures chart charts graph graphs diagram diagrams component components node nodes layer layers frame frames asset assets',
  ),
  // the agent's own page, device and memory
  ...words(
    'element elements dom selector selectors screen window windows tab tabs cursor clipboard viewport snapshot accessibility browser app apps agent agents memory memories observation observations thought thoughts todo todos task plan state context history session self environment env status health ping uptime capabilities help',
  ),
  // what is for sale, or is announced to everybody
  ...words(
    'product products item items sku skus catalog catalogue store stores shop shops cart listing listings price prices pricing deal deals offer offers discount discounts promotion promotions coupon coupons review reviews rating ratings brand brands menu menus dish dishes recipe recipes ingredient ingredients nutrition restaurant restaurants cafe cafes bar bars hotel hotels hostel room rooms amenity amenities flight flights airline airlines airport airports seatmap train trains bus buses ferry ferries station stations stop stops departure departures arrival arrivals timetable timetables fare fares car cars rental rentals movie movies film films show shows theater theatre cinema concert concerts artist artists album albums song songs lyrics track tracks playlist playlists music book books magazine author authors game games sport sports team teams league leagues match matches score scores standings player players university universities course courses job jobs vacancy vacancies property homes attraction attractions museum museums venue venues package parcel baggage luggage allowance tracking carrier carriers shipping postage',
  ),
  // the world
  ...words(
    'weather forecast forecasts temperature humidity wind rain snow pollen uv tide tides air pollution earthquake earthquakes sunrise sunset moon time date datetime timezone timezones clock holiday holidays country countries city cities place places poi pois map maps route routes direction directions distance distances elevation traffic parking coordinates geocode postcode postcodes zip zipcode currency currencies exchange rate rates fx conversion stock stocks ticker tickers market markets index commodity commodities crypto coin coins token gas bond bonds etf fund funds dividend dividends earnings filings company companies sec economic gdp inflation population statistics unit units number numbers token tokens character characters calculation formula paper papers article articles journal journals publication publications literature citation citations abstract arxiv pubmed patent patents trademark trademarks trial trials study studies gene genes protein proteins compound compounds chemical chemicals molecule molecules species drug drugs disease diseases symptom symptoms law laws statute statutes regulation regulations docket dockets opinion opinions court courts judgment judgments bill bills legislation election satellite satellites star stars planet planets public open research academic sequence sequences',
  ),
  // things of a house, a floor or a plant, and where they stand
  ...words(
    'device devices sensor sensors light lights thermostat door doors lock locks battery position positions arm robot drone camera cameras speaker speakers tv printer printers machine machines instrument instruments equipment tool level levels stocklevel inventory warehouse warehouses bin bins shelf pallet pallets bed beds desk desks locker lockers space spaces slot slots availability vendor vendors supplier suppliers distributor distributors manufacturer manufacturers channel channels service services server servers metric metrics trace traces span spans dashboard dashboards queue queues topic bucket buckets scene scenes mode modes speed fuel charger chargers pump valve signal signals map',
  ),
  ...words(
    'log logs build builds run runs job jobs deployment deployments namespace namespaces replica replicas artifact artifacts article stock language grammar spelling translation translations word words phrase sentence summary emoji joke jokes trivia horoscope color',
  ),
]);

/** Papers and persons that are an organisation's own, whatever else stands in the name: `search_customer_page`. */
export const OWN_WORDS: ReadonlySet<string> = new Set(
  words(
    'lease leases tenant tenants landlord resident residents permit permits volunteer volunteers donor donors donation donations pledge pledges parishioner household households case cases caseload matter matters siem alarm alarms incident incidents finding findings vulnerability vulnerabilities workorder workorders meter meters premise premises outage outages claim claims policyholder policyholders adjuster vehicle vehicles plate plates vin driver drivers fleet shift shifts roster rosters rota staffing timesheet timesheets badge badges visitor visitors lead leads opportunity opportunities account accounts subscription subscriptions partner partners contract contracts agreement agreements audit ledger journalentries payable payables receivable receivables settlement settlements disbursement disbursements arrears fine fines penalty penalties violation violations inspection inspections complaint complaints petition petitions applicant applicants beneficiary beneficiaries citizen citizens voter voters taxpayer taxpayers inmate inmates warrant warrants evidence suspect suspects witness witnesses animal animals herd enrolment enrollment enrollments attendance absence absences pupil pupils crew passenger passengers manifest manifests consignment consignments consignee shipper shippers customs specimen specimens pod pods',
  ),
);

/** Parts of a name that name no thing: how, which and of what. */
export const FILLING_WORDS: ReadonlySet<string> = new Set(
  words(
    'a an the all any by for from of in on at to with and or me my near nearby latest recent current active available open new next last first top best upcoming past id ids name names details detail info information data list lists count counts summary total full single one many v1 v2 v3 advanced quick simple basic raw async batch multi multiple semantic similar related where it this that tool is are has exists',
  ),
);

/** What is confided to a counsel, a doctor, a priest or an employer: looking at it is no trifle. */
export const CONFIDED_WORDS: readonly string[] = words(
  'pastoral confession counsel counseling counselling therapy psychotherapy psychiatric casenote casenotes clinicalnote clinicalnotes progressnotes ehr emr phr anamnesis disciplinary misconduct grievance grievances whistleblower whistleblowing safeguarding probation parole custody foster adoption asylum immigrationstatus hrfile hrcase hrcases personnelfile legalcase attorneyclient privileged settlementterms background backgroundcheck creditreport creditscore creditfile debtor debtors bankruptcy genetic genomic fertility pregnancy hiv addiction rehab disability sicknote sickleave absencereason',
);

/** Verbs by which something is looked up, and not worked out of what the call gives. */
export const LOOKING_WORDS: ReadonlySet<string> = new Set(
  words(
    'get read list search find show view fetch lookup look query count retrieve inspect load check track watch recall ls browse',
  ),
);

/** A row for what is looked up among an organisation's own records; it has no word of its own. */
export const READ_OWN: ToolRule = {
  id: 'tool.read_own',
  access: 'read',
  ...effect('read', 'reversible', 0.15, 'trivial'),
};
