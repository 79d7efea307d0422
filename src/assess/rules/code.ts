import { effect, type Rule, words } from './rule.ts';

/** Code that an interpreter runs, known by a call that stands in it. */
export interface CodeMarker extends Rule {
  /** Texts of which one must stand in the code, as written. */
  readonly texts: readonly string[];
}

/** Calls of the standard libraries of Python, Node, Ruby, Perl and PHP, and of the best-known packages. No grammar: a comment counts as well. */
// biome-ignore format: a table, one row a rule
export const CODE_MARKERS: readonly CodeMarker[] = [
  { id: 'code.drop', texts: words('dropDatabase( .drop( deleteMany( drop_all( drop_table( .drop_database('), ...effect('delete', 'irreversible', 0.75, 'severe'), shared: true },
  { id: 'code.delete_tree', texts: words('shutil.rmtree( rmtree( fs.rm( fs.rmSync( rimraf( FileUtils.rm_rf fs.rmdirSync(') , ...effect('delete', 'irreversible', 0.55, 'serious') },
  { id: 'code.delete', texts: words('os.remove( os.unlink( os.rmdir( .unlink( fs.unlink( fs.unlinkSync( File.delete( unlink('), ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'code.mail', texts: words('smtplib. sendmail( nodemailer SendGridAPIClient send_message('), ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },
  { id: 'code.send', texts: words('requests.post( requests.put( requests.patch( httpx.post( axios.post( paramiko. ftplib. urllib.request.Request('), ...effect('network', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'code.fetch', texts: words('requests.get( urlopen( urlretrieve( httpx.get( axios.get( fetch( http.get( https.get('), ...effect('network', 'reversible', 0.15, 'trivial'), fetches: true },
  { id: 'code.socket', texts: words('socket.socket( net.connect( pty.spawn('), ...effect('network', 'conditionally_reversible', 0.5, 'limited'), sends: true },
  { id: 'code.shell', texts: words('os.system( subprocess. child_process execSync( spawnSync( os.popen( shell_exec( system('), ...effect('execute', 'unknown', 0.4, 'limited') },
  { id: 'code.environment', texts: words("os.environ[ os.getenv( process.env"), ...effect('read', 'reversible', 0.15, 'trivial') },
  { id: 'code.write', texts: [...words(".write( .to_csv( .to_json( .to_excel( writeFileSync( writeFile( .write_text( json.dump( .savefig( os.rename( shutil.move( shutil.copy( os.makedirs("), "'w')", '"w")', "'a')", '"a")'], ...effect('write', 'reversible', 0.2, 'trivial') },
];
