import type { CommandRule } from './commands.ts';
import { effect, words } from './rule.ts';

const SERVICES = ['systemctl', 'service', 'launchctl', 'rc-service', 'supervisorctl', 'pm2'];
const SYSTEM_PM = words('apt apt-get yum dnf apk pacman snap zypper port');
const NO_EFFECT = words(
  'echo printf cd true false : test [ export unset set shopt alias unalias sleep exit return wait local declare typeset let shift getopts pushd popd jobs fg bg disown umask ulimit hash clear yes trap break continue function deactivate submit seq expr bc cal',
);
const INFORMING = words(
  'pwd date whoami which whereis type id uname hostname basename dirname read history man help info tput tr uptime free df ps top htop lsof env printenv nproc arch lscpu groups users who w tty dirs lsblk nvidia-smi exiftool cloc scc tokei clamscan ldd nm objdump readelf otool lsusb lspci dmidecode sensors iostat vmstat mpstat sar pidstat getconf locale pstree pgrep pidof blkid findmnt ncdu duf eza hexyl',
);

/** Services, processes, users, disks, networks, and what is harmless. */
// biome-ignore format: a table, one row a rule
export const SYSTEM_COMMANDS: readonly CommandRule[] = [
  { id: 'oversight.stop', programs: SERVICES, sub: words('stop disable mask kill'), operands: words('auditd rsyslog syslog systemd-journald osqueryd falcon-sensor wazuh-agent otelcol otel-collector datadog-agent auditbeat filebeat fluentd'), ...effect('execute', 'conditionally_reversible', 0.65, 'serious'), points: 'oversight' },
  { id: 'guard.stop', programs: SERVICES, sub: words('stop disable mask kill'), operands: words('ufw firewalld apparmor selinux clamav-daemon clamd fail2ban crowdsec nftables iptables'), ...effect('execute', 'conditionally_reversible', 0.65, 'serious'), points: 'weakening' },
  { id: 'service.start_at_boot', programs: SERVICES, sub: words('enable load bootstrap'), ...effect('write', 'reversible', 0.4, 'limited'), points: 'persistence' },
  { id: 'service.read', programs: SERVICES, operands: words('status list-units list-unit-files list-timers list-sockets list-jobs is-active is-enabled is-failed show cat list ls logs'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'service.stop', programs: SERVICES, operands: words('stop disable mask kill poweroff halt reboot unload bootout isolate delete'), ...effect('execute', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'service.change', programs: SERVICES, ...effect('execute', 'conditionally_reversible', 0.45, 'limited'), shared: true },
  { id: 'machine.shutdown', programs: words('shutdown reboot halt poweroff init telinit'), ...effect('execute', 'conditionally_reversible', 0.7, 'severe'), shared: true },
  { id: 'process.kill', programs: ['fuser'], flags: ['-k', '--kill'], ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'system.read', programs: ['fuser'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'process.kill', programs: ['tmux', 'screen'], sub: ['kill-server', 'kill-session'], ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'process.kill', programs: words('kill pkill killall xkill'), ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'schedule.read', programs: ['crontab'], flags: ['-l'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'schedule.delete', programs: ['crontab'], flags: ['-r'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'schedule.change', programs: words('crontab at batch systemd-run schtasks'), ...effect('write', 'reversible', 0.5, 'limited'), points: 'persistence' },
  { id: 'account.change', programs: words('useradd usermod userdel adduser deluser groupadd groupdel passwd chpasswd visudo gpasswd su chsh dscl'), ...effect('credential', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'key.read', programs: ['gpg', 'gpg2'], flags: ['--export-secret-keys', '--export-secret-subkeys', '--decrypt', '-d'], ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'key.inspect', programs: ['openssl'], sub: words('x509 version verify dgst crl req'), flags: words('-noout -text -a -sha256 -in'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'key.random', programs: ['openssl'], sub: ['rand'], ...effect('none', 'reversible', 0.05, 'none') },
  { id: 'net.probe', programs: ['openssl'], sub: ['s_client'], ...effect('network', 'reversible', 0.1, 'none') },
  { id: 'file.encrypt', programs: ['openssl'], sub: ['enc', 'smime', 'cms'], ...effect('write', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'key.grant', programs: ['ssh-copy-id'], ...effect('credential', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'key.use', programs: words('ssh-keygen ssh-add ssh-agent gpg gpg2 openssl keytool certbot acme.sh mkcert'), ...effect('credential', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'key.read', programs: words('pass op vault security bw lpass secret-tool'), ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'firewall.off', programs: ['ufw'], sub: words('disable reset'), ...effect('write', 'conditionally_reversible', 0.65, 'serious'), points: 'weakening' },
  { id: 'firewall.off', programs: ['setenforce'], operands: ['0', 'Permissive', 'permissive'], ...effect('write', 'conditionally_reversible', 0.65, 'serious'), points: 'weakening' },
  { id: 'firewall.off', programs: ['iptables', 'ip6tables', 'nft', 'pfctl'], flags: words('-F --flush -X -d'), ...effect('write', 'conditionally_reversible', 0.65, 'serious'), points: 'weakening' },
  { id: 'firewall.off', programs: ['nft'], sub: ['flush'], ...effect('write', 'conditionally_reversible', 0.65, 'serious'), points: 'weakening' },
  { id: 'firewall.read', programs: words('iptables ip6tables nft ufw firewall-cmd pfctl sysctl'), flags: words('-L --list -S --list-all -a -s'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'firewall.read', programs: ['ufw', 'nft'], sub: ['status', 'list'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'history.clear', programs: ['history'], flags: ['-c', '-d', '-w'], ...effect('delete', 'irreversible', 0.5, 'limited'), points: 'oversight' },
  { id: 'audit.off', programs: ['auditctl'], flags: ['-D', '-e'], ...effect('write', 'conditionally_reversible', 0.65, 'serious'), points: 'oversight' },
  { id: 'log.shrink', programs: ['journalctl'], flags: words('--vacuum-size --vacuum-time --vacuum-files --rotate'), ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'log.read', programs: words('journalctl dmesg last lastlog lastb ausearch aureport mailq'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'service.check', programs: words('nginx apachectl httpd sshd named-checkconf haproxy'), flags: ['-t', '-T', '-V', '-v', '-c'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'service.check', programs: ['apachectl', 'nginx'], sub: ['configtest', 'status'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'system.setting', programs: words('sysctl cpupower tuned-adm timedatectl hostnamectl localectl update-alternatives sysctl powercfg defaults'), ...effect('write', 'reversible', 0.45, 'limited') },
  { id: 'mail.queue_delete', programs: ['postsuper', 'exim'], flags: ['-d', '-Mrm'], ...effect('delete', 'irreversible', 0.65, 'serious') },
  { id: 'mail.queue', programs: ['postqueue', 'postsuper'], flags: ['-f', '-r', '-h', '-H'], ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },
  { id: 'firewall.change', programs: words('iptables ip6tables nft ufw firewall-cmd setenforce pfctl auditctl'), ...effect('write', 'conditionally_reversible', 0.6, 'serious') },

  { id: 'disk.read', programs: ['fdisk', 'parted', 'sgdisk', 'hdparm'], flags: ['-l', '--list', '-p', '-I'], ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'disk.erase', programs: words('mkfs mke2fs fdisk parted sgdisk wipefs blkdiscard hdparm diskpart cryptsetup'), ...effect('delete', 'irreversible', 0.95, 'catastrophic') },
  { id: 'file.shred', programs: ['shred', 'srm', 'wipe'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'disk.remove_volume', programs: words('lvremove vgremove pvremove zpool zfs'), flags: words('-f -y -r -R'), ...effect('delete', 'irreversible', 0.9, 'severe') },
  { id: 'disk.remove_volume', programs: ['zpool', 'zfs', 'btrfs'], sub: ['destroy', 'subvolume delete'], ...effect('delete', 'irreversible', 0.9, 'severe') },
  { id: 'disk.resize', programs: words('lvextend lvreduce lvresize resize2fs lvcreate vgextend growpart xfs_growfs mkswap swapon'), ...effect('write', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'disk.mount', programs: words('mount umount losetup swapoff'), ...effect('write', 'conditionally_reversible', 0.4, 'limited') },

  { id: 'package.cache', programs: SYSTEM_PM, sub: words('clean autoclean'), ...effect('delete', 'reversible', 0.2, 'trivial') },
  { id: 'package.read', programs: ['dpkg', 'rpm', 'dpkg-query'], flags: words('-l -L -s -S -q -qa --list --status'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'package.system_remove', programs: SYSTEM_PM, sub: words('remove purge autoremove erase uninstall del'), ...effect('delete', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'package.system_install', programs: [...SYSTEM_PM, 'dpkg', 'rpm'], ...effect('write', 'reversible', 0.4, 'limited') },

  { id: 'net.reverse_shell', programs: words('nc ncat netcat socat'), flags: words('-e -c --exec --sh-exec'), ...effect('execute', 'irreversible', 0.85, 'severe'), sends: true },
  { id: 'net.probe', programs: words('nc ncat netcat'), flags: ['-z'], ...effect('network', 'reversible', 0.1, 'none') },
  { id: 'net.raw', programs: words('nc ncat netcat socat ftp sftp lftp'), ...effect('network', 'conditionally_reversible', 0.45, 'limited'), sends: true },
  { id: 'net.scan', programs: words('nmap masscan nikto sqlmap hydra tcpdump tshark arpspoof'), ...effect('network', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'net.change', programs: ['ip', 'ifconfig', 'route', 'nmcli', 'netplan'], operands: words('add del delete set up down flush apply'), ...effect('write', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'net.local', programs: words('ip ifconfig netstat ss getent arp route nmcli resolvectl'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'net.probe', programs: words('ping dig nslookup host traceroute tracepath mtr whois telnet'), ...effect('network', 'reversible', 0.1, 'none') },
  { id: 'mail.send', programs: words('mail mailx sendmail mutt msmtp swaks'), ...effect('communicate', 'irreversible', 0.5, 'limited'), sends: true },

  { id: 'database.drop', programs: ['dropdb', 'dropuser'], ...effect('delete', 'irreversible', 0.8, 'severe'), shared: true },
  { id: 'database.flush', programs: ['redis-cli'], operands: words('flushall flushdb FLUSHALL FLUSHDB'), ...effect('delete', 'irreversible', 0.8, 'severe'), shared: true },
  { id: 'database.dump', programs: words('pg_dump pg_dumpall mysqldump mongodump mongoexport'), ...effect('read', 'reversible', 0.3, 'trivial') },
  { id: 'database.restore', programs: words('pg_restore mongorestore mongoimport'), ...effect('write', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'database.create', programs: words('createdb createuser'), ...effect('write', 'reversible', 0.3, 'trivial'), shared: true },
  { id: 'database.read', programs: ['redis-cli'], operands: words('get keys scan ttl type exists hgetall hget lrange smembers info ping dbsize mget zrange GET KEYS SCAN TTL TYPE EXISTS HGETALL HGET LRANGE SMEMBERS INFO PING DBSIZE MGET ZRANGE'), ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'database.delete', programs: ['redis-cli'], operands: words('del unlink hdel DEL UNLINK HDEL'), ...effect('delete', 'irreversible', 0.55, 'serious'), shared: true },
  { id: 'database.write', programs: ['redis-cli'], operands: words('set hset lpush rpush sadd expire SET HSET LPUSH RPUSH SADD EXPIRE'), ...effect('write', 'conditionally_reversible', 0.35, 'limited'), shared: true },
  { id: 'app.open', programs: ['xdg-open', 'open', 'start'], ...effect('execute', 'reversible', 0.15, 'trivial') },
  { id: 'job.submit', programs: words('sbatch srun qsub bsub condor_submit'), ...effect('execute', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'database.use', programs: words('redis-cli mongosh mongo psql mysql mariadb sqlite3 clickhouse-client cqlsh duckdb'), ...effect('execute', 'unknown', 0.3, 'trivial'), shared: true },

  { id: 'shell.harmless', programs: NO_EFFECT, ...effect('none', 'reversible', 0, 'none') },
  { id: 'system.read', programs: INFORMING, ...effect('read', 'reversible', 0.05, 'none') },
];
