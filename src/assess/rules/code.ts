import { type Access, effect, type Rule, words } from './rule.ts';

/** Code that an interpreter runs, known by a call that stands in it. */
export interface CodeMarker extends Rule {
  /** Texts of which one must stand in the code, as written. */
  readonly texts: readonly string[];
  /** Further lists; of each one text must stand there too. */
  readonly also?: readonly (readonly string[])[];
  /** How the path that the call is given as a text is touched. The path then decides instead of this row. */
  readonly access?: Access;
  /** The call runs a command that it is given as a text or as words. The command then decides instead of this row. */
  readonly runs?: boolean;
  /** The call is given a statement of SQL as a text. The statement then decides instead of this row. */
  readonly sql?: boolean;
  /** The call reads the environment variable that stands behind it. */
  readonly variable?: boolean;
  /** The method of the request that the call makes to a URL that it is given as a text. The request then decides instead of this row. */
  readonly method?: string;
}

/** Accounts that every system has: where one is typed in, what is typed in next is its password. */
const ACCOUNTS = words('root admin administrator superuser sysadmin');

/** Calls of the standard libraries of Python, Node, Ruby, Perl and PHP, and of the best-known packages. No grammar: a comment counts as well. */
// biome-ignore format: a table, one row a rule
export const CODE_MARKERS: readonly CodeMarker[] = [
  { id: 'code.drop', texts: words('dropDatabase( .drop() deleteMany( drop_all( drop_table( .drop_database('), ...effect('delete', 'irreversible', 0.75, 'severe'), shared: true },
  { id: 'code.delete_tree', texts: words('shutil.rmtree( rmtree( fs.rm( fs.rmSync( rmSync( rimraf( FileUtils.rm_rf fs.rmdirSync(') , access: 'tree', ...effect('delete', 'irreversible', 0.55, 'serious') },
  { id: 'code.delete', texts: words('os.remove( os.unlink( os.rmdir( .unlink( fs.unlink( fs.unlinkSync( unlinkSync( File.delete( unlink('), access: 'delete', ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'code.empty_trash', texts: ['empty trash', 'empty the trash'], ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'code.request_delete', texts: words('requests.delete( httpx.delete( axios.delete( session.delete( client.delete('), method: 'DELETE', ...effect('delete', 'irreversible', 0.6, 'serious'), shared: true },
  { id: 'code.mail', texts: words('smtplib. sendmail( nodemailer SendGridAPIClient send_message('), ...effect('communicate', 'irreversible', 0.4, 'limited'), sends: true },
  { id: 'code.send', texts: words('requests.post( requests.put( requests.patch( httpx.post( httpx.put( axios.post( axios.put( session.post( urllib.request.Request('), method: 'POST', ...effect('write', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'code.session', texts: words('paramiko. ftplib. pysftp fabric.Connection'), ...effect('network', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'code.fetch', texts: words('requests.get( urlopen( urlretrieve( httpx.get( axios.get( fetch( http.get( https.get( session.get( goto('), method: 'GET', ...effect('network', 'reversible', 0.05, 'none'), fetches: true },
  { id: 'code.fill_secret', texts: ["fill('password", "fill('user_password", "fill('pass", 'fill("password', 'fill("user_password', "type('password", "fill('token"], ...effect('credential', 'reversible', 0.4, 'limited') },
  { id: 'code.fill_secret', texts: ACCOUNTS.flatMap(name => [`'${name}')\nfill(`, `"${name}")\nfill(`]), also: [['fill(']], ...effect('credential', 'reversible', 0.4, 'limited') },
  { id: 'code.click', texts: words('click( press( dblclick( fill( select_option('), ...effect('network', 'reversible', 0.1, 'none') },
  { id: 'code.browse', texts: words('noop( go_back( go_forward( scroll( hover( tab_focus( new_tab('), ...effect('network', 'reversible', 0.05, 'none') },
  { id: 'code.socket', texts: words('socket.socket( socket.create_connection( net.connect( pty.spawn('), ...effect('network', 'conditionally_reversible', 0.5, 'limited'), sends: true },
  { id: 'code.shell', texts: words('os.system( subprocess.run( subprocess.Popen( subprocess.call( subprocess.check_ execSync( spawnSync( child_process os.popen( shell_exec( os.exec'), runs: true, ...effect('execute', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'code.sql', texts: words('.execute( .executescript( .executemany( .raw( read_sql( read_sql_query( .query('), sql: true, ...effect('execute', 'unknown', 0.2, 'trivial') },
  { id: 'code.cloud_delete', texts: words('delete_object( delete_objects( delete_bucket( delete_table( delete_db_instance( terminate_instances( delete_blob( delete_collection( .delete_many( .delete_one( .truncate('), ...effect('delete', 'irreversible', 0.6, 'serious'), shared: true },
  { id: 'code.cloud_write', texts: words('put_object( upload_file( upload_fileobj( upload_blob( insert_one( insert_many( update_one( update_many( put_item('), ...effect('write', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'code.kill', texts: words('os.kill( process.kill( .terminate() proc.kill() p.kill() killpg('), ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'code.environment', texts: words('os.environ os.environ[ os.environ.get( os.getenv( process.env.'), variable: true, ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'code.move', texts: words('os.rename( shutil.move( fs.renameSync( os.replace('), ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'code.write', texts: [...words('.write( .writerow .to_csv( .to_json( .to_excel( .to_parquet( .to_sql( writeFileSync( writeFile( appendFileSync( .write_text( .write_bytes( json.dump( pickle.dump( .savefig( .save( shutil.copy( os.makedirs( os.mkdir( mkdirSync( .mkdir('), "'w')", '"w")', "'a')", '"a")', "'wb')"], access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'code.read_personal', texts: words('salary salaries Salary payroll Payroll attendance Attendance employee employees Employee Employees ssn SSN patient patients Patient passport'), also: [[...words('read_csv( read_excel( read_json( DataFrame load_workbook( .groupby( .sort_values( .iloc .loc[ .head( .describe( .nsmallest( .nlargest( csv.reader( csv.DictReader( PdfReader('), 'SELECT ', 'select ']], ...effect('read', 'reversible', 0.45, 'limited') },
  { id: 'code.read', texts: words('read_csv( read_excel( read_json( read_parquet( readFileSync( readFile( json.load( load_workbook( PdfReader( os.listdir( os.walk( glob. .read_text( Image.open( sqlite3.connect( file_get_contents( File.read( open('), access: 'read', ...effect('read', 'reversible', 0.05, 'none') },
];

/** Modules whose calls that do anything stand in the table above, or that only compute. Code with any other may do what is not seen. */
export const KNOWN_MODULES: ReadonlySet<string> = new Set(
  words(
    'os sys re json csv math cmath random string time datetime calendar statistics decimal fractions itertools functools collections operator typing types dataclasses enum abc copy pprint textwrap io pathlib shutil glob fnmatch tempfile hashlib base64 struct zlib gzip zipfile tarfile pickle sqlite3 logging traceback warnings inspect ast contextlib uuid html urllib email smtplib socket subprocess argparse shlex platform getpass unittest pytest numpy pandas matplotlib seaborn scipy sklearn openpyxl xlrd PIL requests httpx bs4 lxml yaml toml tomllib PyPDF2 pypdf docx fs path util events stream crypto assert node:fs node:path node:os node:util node:crypto axios url querystring readline boto3 psycopg2 psycopg pymysql mysql sqlalchemy pymongo redis paramiko selenium playwright child_process reportlab pypdf pptx cv2 nltk xml ftplib queue threading multiprocessing concurrent asyncio secrets signal bisect heapq copyreg locale gc unicodedata difflib dateutil pytz tqdm tabulate plotly statsmodels networkx sympy torch tensorflow transformers joblib',
  ),
);
