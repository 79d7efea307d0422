/** What the argument of a tool call holds. `place` is a path only where the value looks like one. */
export type ArgumentRole =
  | 'command'
  | 'path'
  | 'place'
  | 'url'
  | 'method'
  | 'sql'
  | 'query'
  | 'patch'
  | 'code'
  | 'environment'
  | 'before'
  | 'operation'
  | 'content';

/** Keys are compared in lower case without `_` and `-`: `filePath`, `file_path` and `file-path` are one row. */
export const ARGUMENT_ROLES: ReadonlyMap<string, ArgumentRole> = new Map<string, ArgumentRole>([
  ['command', 'command'],
  ['commands', 'command'],
  ['cmd', 'command'],
  ['script', 'command'],
  ['fullcommand', 'command'],
  ['bashcommand', 'command'],
  ['shellcommand', 'command'],
  ['commandline', 'command'],
  ['path', 'path'],
  ['paths', 'path'],
  ['file', 'path'],
  ['files', 'path'],
  ['filename', 'path'],
  ['filenames', 'path'],
  ['filepath', 'path'],
  ['filepaths', 'path'],
  ['targetfile', 'path'],
  ['targetpath', 'path'],
  ['notebookpath', 'path'],
  ['absolutepath', 'path'],
  ['relativepath', 'path'],
  ['relativeworkspacepath', 'path'],
  ['oldpath', 'path'],
  ['newpath', 'path'],
  ['sourcepath', 'path'],
  ['destinationpath', 'path'],
  ['outputpath', 'path'],
  ['directory', 'path'],
  ['directorypath', 'path'],
  ['dirpath', 'path'],
  ['folder', 'place'],
  ['source', 'place'],
  ['src', 'place'],
  ['destination', 'place'],
  ['dest', 'place'],
  ['dst', 'place'],
  ['target', 'place'],
  ['attachment', 'place'],
  ['attachments', 'place'],
  ['uri', 'url'],
  ['url', 'url'],
  ['urls', 'url'],
  ['endpoint', 'url'],
  ['href', 'url'],
  ['website', 'url'],
  ['webhookurl', 'url'],
  ['method', 'method'],
  ['httpmethod', 'method'],
  ['requestmethod', 'method'],
  ['sql', 'sql'],
  ['sqlquery', 'sql'],
  ['statement', 'sql'],
  ['query', 'query'],
  ['code', 'code'],
  ['sourcecode', 'code'],
  ['javascript', 'code'],
  ['snippet', 'code'],
  ['cell', 'code'],
  ['cellsource', 'code'],
  ['environment', 'environment'],
  ['env', 'environment'],
  ['cluster', 'environment'],
  ['stage', 'environment'],
  ['namespace', 'environment'],
  ['inventory', 'environment'],
  ['targetenv', 'environment'],
  ['targetenvironment', 'environment'],
  ['environmentname', 'environment'],
  ['tier', 'environment'],
  ['database', 'environment'],
  ['oldstr', 'before'],
  ['oldstring', 'before'],
  ['oldcontent', 'before'],
  ['action', 'operation'],
  ['operation', 'operation'],
  ['op', 'operation'],
  ['service', 'operation'],
  ['filetext', 'content'],
  ['content', 'content'],
  ['contents', 'content'],
  ['newstr', 'content'],
  ['newstring', 'content'],
  ['newcontent', 'content'],
  ['newsource', 'content'],
  ['text', 'content'],
  ['browseractions', 'code'],
  ['patch', 'patch'],
  ['input', 'patch'],
]);

/** Arguments that say what something costs, in lower case. */
export const PRICE_KEYS: ReadonlySet<string> = new Set([
  'price',
  'amount',
  'budget',
  'cost',
  'total',
  'fee',
  'budgetusd',
  'budgeteur',
  'maxspend',
  'spendlimit',
  'spendinglimit',
  'amountusd',
  'amounteur',
  'totalamount',
  'total_price',
  'totalprice',
]);

/** Arguments that say how something is paid for, as `ARGUMENT_ROLES` writes keys. */
export const PAYING_KEYS: ReadonlySet<string> = new Set([
  'paymentid',
  'paymentmethod',
  'paymentmethods',
  'paymentmethodid',
  'paymentsource',
  'cardid',
  'creditcardid',
  'billingaccount',
]);

/** How a message to many begins, and addresses that stand for many, in lower case. */
export const MANY_GREETINGS: readonly string[] = [
  'hello everyone',
  'hi everyone',
  'hey everyone',
  'dear everyone',
  'hello all',
  'hi all',
  'dear all',
  'dear colleagues',
  'attention all',
  'everyone@',
  'everybody@',
  'all@',
  'all-staff@',
  'allstaff@',
  'staff@',
  '@everyone',
  '@channel',
  '@here',
  '@all',
];

/** What a text names that is one person's own business, in lower case. */
export const PRIVATE_PHRASES: readonly string[] = [
  'credit card number',
  'card number',
  'social security',
  'ssn',
  'iban',
  'passport number',
  'salary',
  'salaries',
  'medical record',
  'diagnosis',
  'performance review',
  'confidential',
];

/** Lines of a patch that name a file, and how the file is touched. */
export const PATCH_LINES: readonly { readonly prefix: string; readonly access: 'write' | 'delete' }[] = [
  { prefix: '*** Add File: ', access: 'write' },
  { prefix: '*** Update File: ', access: 'write' },
  { prefix: '*** Move to: ', access: 'write' },
  { prefix: '*** Delete File: ', access: 'delete' },
];

/** Arguments that say whom something goes to, in lower case. */
export const RECIPIENT_KEYS: ReadonlySet<string> = new Set([
  'to',
  'cc',
  'bcc',
  'recipient',
  'recipients',
  'email',
  'payee',
  'iban',
  'beneficiary',
  'attendees',
  'channel',
  'recipient_id',
  'recipientid',
  'to_user',
  'phone',
  'address',
  'with',
]);
