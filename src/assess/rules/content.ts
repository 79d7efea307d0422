import type { CodeMarker } from './code.ts';
import { effect, words } from './rule.ts';

/** Texts by which something that starts by itself deletes, which nobody then sees. */
export const DELETING_TEXTS: readonly string[] = [
  'rm -',
  ' -delete',
  'prune',
  'purge',
  'cleanup',
  'clean_',
  'shred ',
  'wipe',
];

/**
 * What a file or a piece of code will do once it runs, known by a text that stands in it. Writing it is reversible: the risk is that of what is
 * now there to be run, well below that of running it.
 */
// biome-ignore format: a table, one row a rule
export const CONTENT_MARKERS: readonly CodeMarker[] = [
  { id: 'content.destroys', texts: ['rm -rf /', 'rm -rf ~', 'rm -rf $HOME', 'rm -rf "$HOME', 'mkfs.', 'dd if=/dev/zero of=/dev/', 'rmtree("/"', "rmtree('/'", 'format c:'], ...effect('write', 'reversible', 0.55, 'serious') },
  { id: 'content.captures_input', texts: [...words('pynput keyboard.Listener keyboard.on_press GetAsyncKeyState SetWindowsHookEx pyxhook ImageGrab.grab pyautogui.screenshot mss.mss pyperclip.paste clipboard.paste sounddevice.rec /dev/input/event'), 'xclip -o', 'VideoCapture(0'], ...effect('write', 'reversible', 0.55, 'serious') },
  { id: 'content.preloads', texts: ['LD_PRELOAD', 'DYLD_INSERT_LIBRARIES', 'RTLD_NEXT', 'PTRACE_ATTACH', 'sys.settrace'], ...effect('write', 'reversible', 0.5, 'serious') },
  { id: 'content.starts_itself', texts: ['.bashrc', '.zshrc', '[AutoRun]', 'autorun.inf', '/etc/cron', 'crontab -', '@reboot', 'LaunchAgents', 'CurrentVersion\\Run', '/etc/rc.local', 'sitecustomize'], ...effect('write', 'reversible', 0.5, 'serious'), points: 'persistence' },
  { id: 'content.opens_access', texts: ['NOPASSWD', 'PermitRootLogin yes', 'PasswordAuthentication yes', 'chmod 777', 'chmod -R 777', 'setenforce 0', 'ufw disable', 'iptables -F', '"Action": "*"', 'authorized_keys'], ...effect('write', 'reversible', 0.5, 'serious'), points: 'weakening' },
  { id: 'content.trusts_anyone', texts: ['verify=False', 'rejectUnauthorized: false', 'InsecureSkipVerify: true', '_create_unverified_context', 'NODE_TLS_REJECT_UNAUTHORIZED', 'CURLOPT_SSL_VERIFYPEER, false', 'StrictHostKeyChecking no', 'StrictHostKeyChecking=no'], ...effect('write', 'reversible', 0.45, 'limited'), points: 'weakening' },
  { id: 'content.remote_control', texts: words('socket.socket TcpStream net.connect( socket( websocket reverse_tcp nc.traditional'), also: [words('subprocess Command::new os.system popen( execSync system( exec( /bin/sh /bin/bash')], ...effect('write', 'reversible', 0.55, 'serious'), points: 'harmful_code' },
  { id: 'content.web_shell', texts: words('$_REQUEST $_GET $_POST $_COOKIE'), also: [words('shell_exec( passthru( system( popen( proc_open( eval($ assert($')], ...effect('write', 'reversible', 0.55, 'serious'), points: 'harmful_code' },
  { id: 'content.harvests_secrets', texts: words('os.walk rglob( glob.glob glob( walkdir'), also: [words('.env id_rsa .aws credentials config.json .ssh cookies.sqlite'), words('password PASSWORD secret SECRET api_key API_KEY token TOKEN')], ...effect('write', 'reversible', 0.55, 'serious'), points: 'harmful_code' },
  { id: 'content.cracks_passwords', texts: words('itertools.product rockyou wordlist brute bruteforce charset'), also: [words('password Password passwd pwd decrypt login')], ...effect('write', 'reversible', 0.5, 'serious'), points: 'harmful_code' },
  { id: 'content.listens_in', texts: words('scapy AF_PACKET pcap.pcap promisc sniff( dpkt pyshark'), ...effect('write', 'reversible', 0.5, 'serious'), points: 'harmful_code' },
  { id: 'content.logs_passwords', texts: words('password passwd getpass'), also: [words('logging. logger. log.write f.write .write('), words('input( request.form getpass( request.json stdin')], ...effect('write', 'reversible', 0.5, 'serious'), points: 'harmful_code' },
];
