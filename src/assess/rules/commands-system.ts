import type { CommandRule } from './commands.ts';
import { effect, words } from './rule.ts';

const SERVICES = ['systemctl', 'service', 'launchctl', 'rc-service', 'supervisorctl', 'pm2'];
const SYSTEM_PM = words('apt apt-get yum dnf apk pacman snap zypper port');
const HARMLESS = words(
  'echo printf cd pwd true false : test [ export unset set shopt alias sleep date whoami which whereis type id uname hostname seq basename dirname exit return read wait local declare typeset let shift getopts pushd popd dirs jobs fg bg disown umask ulimit hash history man help info clear tput tr expr bc cal uptime free df ps top htop lsof env printenv nproc arch lscpu groups users who w tty yes xdg-open open pbcopy pbpaste trap break continue function submit',
);

/** Services, processes, users, disks, networks, and what is harmless. */
// biome-ignore format: a table, one row a rule
export const SYSTEM_COMMANDS: readonly CommandRule[] = [
  { id: 'service.read', programs: SERVICES, operands: words('status list-units list-unit-files is-active is-enabled show cat list ls logs'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'service.stop', programs: SERVICES, operands: words('stop disable mask kill poweroff halt reboot unload bootout isolate delete'), ...effect('execute', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'service.change', programs: SERVICES, ...effect('execute', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'machine.shutdown', programs: words('shutdown reboot halt poweroff init telinit'), ...effect('execute', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'process.kill', programs: words('kill pkill killall xkill'), ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'schedule.read', programs: ['crontab'], flags: ['-l'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'schedule.delete', programs: ['crontab'], flags: ['-r'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'schedule.change', programs: words('crontab at batch systemd-run schtasks'), ...effect('write', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'account.change', programs: words('useradd usermod userdel adduser deluser groupadd groupdel passwd chpasswd visudo gpasswd su chsh dscl'), ...effect('credential', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'key.use', programs: words('ssh-keygen ssh-add ssh-copy-id gpg openssl keytool certbot'), ...effect('credential', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'key.read', programs: words('pass op vault security bw lpass secret-tool'), ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'firewall.change', programs: words('iptables ip6tables nft ufw firewall-cmd setenforce pfctl auditctl sysctl'), ...effect('write', 'conditionally_reversible', 0.6, 'serious') },

  { id: 'disk.read', programs: ['fdisk', 'parted', 'sgdisk', 'hdparm'], flags: ['-l', '--list', '-p', '-I'], ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'disk.erase', programs: words('mkfs mke2fs mkswap fdisk parted sgdisk wipefs blkdiscard hdparm diskpart cryptsetup'), ...effect('delete', 'irreversible', 0.95, 'catastrophic') },
  { id: 'file.shred', programs: ['shred', 'srm', 'wipe'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'disk.mount', programs: words('mount umount losetup swapoff'), ...effect('write', 'conditionally_reversible', 0.4, 'limited') },

  { id: 'package.system_remove', programs: SYSTEM_PM, sub: words('remove purge autoremove erase uninstall del'), ...effect('delete', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'package.system_install', programs: [...SYSTEM_PM, 'dpkg', 'rpm'], ...effect('write', 'conditionally_reversible', 0.4, 'limited') },

  { id: 'net.reverse_shell', programs: words('nc ncat netcat socat'), flags: words('-e -c --exec --sh-exec'), ...effect('execute', 'irreversible', 0.85, 'severe'), sends: true },
  { id: 'net.raw', programs: words('nc ncat netcat socat telnet ftp sftp lftp'), ...effect('network', 'conditionally_reversible', 0.45, 'limited'), sends: true },
  { id: 'net.scan', programs: words('nmap masscan nikto sqlmap hydra tcpdump tshark arpspoof'), ...effect('network', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'net.probe', programs: words('ping dig nslookup host traceroute whois ip ifconfig netstat ss getent arp'), ...effect('network', 'reversible', 0.1, 'none') },
  { id: 'mail.send', programs: words('mail mailx sendmail mutt msmtp swaks'), ...effect('communicate', 'irreversible', 0.5, 'limited'), sends: true },

  { id: 'database.drop', programs: ['dropdb', 'dropuser'], ...effect('delete', 'irreversible', 0.8, 'severe') },
  { id: 'database.flush', programs: ['redis-cli'], operands: words('flushall flushdb FLUSHALL FLUSHDB'), ...effect('delete', 'irreversible', 0.8, 'severe') },
  { id: 'database.use', programs: words('redis-cli mongosh mongo createdb pg_dump pg_restore mysqldump mongodump psql mysql mariadb sqlite3'), ...effect('execute', 'unknown', 0.3, 'trivial') },

  { id: 'shell.harmless', programs: HARMLESS, ...effect('read', 'reversible', 0, 'none') },
];
