import { describe, expect, it } from 'vitest';
import { normalisePath, placeOf, zoneOf } from './paths.ts';

const place = placeOf('/home/ada/shop/');
const nowhere = placeOf(undefined);

describe('normalisePath', () => {
  it.each([
    ['a/./b/../c', '/home/ada/shop/a/c'],
    ['../../..', '/'],
    ['/../../etc//passwd', '/etc/passwd'],
    ['~/x', '/home/ada/x'],
    ['$HOME/x', '/home/ada/x'],
    [`$\{HOME}/x`, '/home/ada/x'],
    ['file:///etc/hosts', '/etc/hosts'],
    ['dist/*', '/home/ada/shop/dist'],
    ['*', '/home/ada/shop'],
    ['/*', '/'],
    ['*.log', '/home/ada/shop/*.log'],
    ['C:\\Windows\\system.ini', 'C:/Windows/system.ini'],
    ['', '/home/ada/shop'],
  ])('%j is %j', (raw, expected) => {
    expect(normalisePath(raw, place)).toBe(expected);
  });

  it('leaves relative paths relative where the working folder is not known', () => {
    expect(normalisePath('./a/../b', nowhere)).toBe('b');
    expect(normalisePath('../b', nowhere)).toBe('../b');
    expect(normalisePath('~/..', nowhere)).toBe('~');
  });
});

describe('zoneOf', () => {
  it.each([
    ['/home/ada/shop/src/a.ts', 'inside', 'unknown'],
    ['/home/ada/shop', 'worktree', 'unknown'],
    ['/home/ada/shop2/a.ts', 'outside', 'unknown'],
    ['/home/ada/shop/.git/hooks/pre-commit', 'vcs', 'vcs'],
    ['/home/ada/shop/node_modules/a', 'rebuildable', 'rebuildable'],
    ['/home/ada/other/dist', 'outside', 'rebuildable'],
    ['/home/ada', 'home', 'home'],
    ['/', 'root', 'root'],
    ['C:', 'root', 'root'],
    ['/tmp/a', 'temporary', 'temporary'],
    ['/dev/null', 'temporary', 'temporary'],
    ['/dev/sda1', 'device', 'device'],
    ['/dev/tcp/203.0.113.9/80', 'socket', 'socket'],
    ['/usr/lib/a', 'system', 'system'],
    ['C:/Windows/a', 'system', 'system'],
    ['/etc/sudoers.d/ada', 'access', 'access'],
    ['/home/ada/.zshrc', 'control', 'control'],
    ['/home/ada/.ssh/authorized_keys', 'access', 'access'],
    ['/home/ada/.ssh/id_rsa', 'key', 'key'],
    ['/home/ada/shop/.env.production', 'secret', 'secret'],
    ['/home/ada/shop/.env.example', 'inside', 'unknown'],
    ['/home/ada/shop/server.key', 'key', 'key'],
    ['/home/ada/.kube/config', 'secret', 'secret'],
    ['/home/ada/.git/config', 'outside', 'vcs'],
    ['src/a.ts', 'outside', 'inside'],
    ['../a.ts', 'outside', 'unknown'],
    ['.', 'outside', 'worktree'],
    ['$DIR/a', 'unknown', 'unknown'],
    ['/proc/self/environ', 'secret', 'secret'],
  ])('%s is %s in a known workspace and %s in none', (path, inWorkspace, alone) => {
    expect(zoneOf(path, place)).toBe(inWorkspace);
    expect(zoneOf(path, nowhere)).toBe(alone);
  });

  it('takes a workspace in a system folder for what it is', () => {
    const opt = placeOf('/opt/app');
    expect(zoneOf('/opt/app/a.ts', opt)).toBe('inside');
    expect(zoneOf('/opt/other/a.ts', opt)).toBe('service');
    expect(zoneOf('/usr/lib/a.so', opt)).toBe('system');
  });
});
