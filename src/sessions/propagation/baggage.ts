import { isSessionToken, SESSION_MEMBER } from './token.ts';

/** W3C Baggage: what every propagator must be able to carry, and so the most that is read or written. */
const MAX_BYTES = 8192;
const MAX_MEMBERS = 64;

const nameOf = (member: string): string => member.slice(0, Math.max(0, member.indexOf('='))).trim();

function membersOf(header: string): readonly string[] | undefined {
  if (header.length > MAX_BYTES) return undefined;
  const members = header
    .split(',')
    .map(member => member.trim())
    .filter(member => member !== '');
  return members.length > MAX_MEMBERS ? undefined : members;
}

/** The session token of a `baggage` header from outside. Two that differ are none. */
export function readSessionMember(header: unknown): string | undefined {
  if (typeof header !== 'string') return undefined;
  const found = (membersOf(header) ?? [])
    .filter(member => nameOf(member) === SESSION_MEMBER)
    .map(member =>
      member
        .slice(member.indexOf('=') + 1)
        .split(';', 1)[0]!
        .trim(),
    );
  const [token] = found;
  return isSessionToken(token) && found.every(one => one === token) ? token : undefined;
}

/** The header with the token as its member; `undefined` where it has no room for it. */
export function writeSessionMember(header: unknown, token: string): string | undefined {
  const members = typeof header === 'string' ? membersOf(header) : [];
  if (members === undefined) return undefined;
  const others = members.filter(member => nameOf(member) !== SESSION_MEMBER);
  const written = [...others, `${SESSION_MEMBER}=${token}`].join(',');
  return others.length < MAX_MEMBERS && written.length <= MAX_BYTES ? written : undefined;
}
